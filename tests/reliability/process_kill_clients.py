"""A tenant that works while processes are killed: what it was told is done, and what it found wrong."""

from __future__ import annotations

import json
import random
import secrets
import threading
import time
from pathlib import Path
from typing import Any

import httpx

from tests.support.files import adapter_upload

WHY = {"override": "a test of something else"}
PATIENCE_S = 60.0
DELETE_EVERY, EVALUATE_EVERY, ACTIVATE_EVERY = 4, 8, 3  # rounds
LEAST_ROUNDS = 3  # however soon it is told to stop: each kind of work is done, but for deleting
ENDED = {"succeeded", "failed"}


class TenantClient:
    """One tenant, which does one thing after the other at the servers in turn. Its documents bear its name."""

    def __init__(self, name: str, key: str, urls: list[str], folder: Path, *, shows_adapter: bool) -> None:
        """`shows_adapter`: an answer begins with the version of the adapter that the generator applied."""
        self.name = name
        self.shows_adapter = shows_adapter
        self.documents: dict[str, str] = {}  # id -> the sentence that it holds; of those that were acknowledged
        self.deleted: set[str] = set()
        self.evaluations: set[str] = set()
        self.wrong: list[str] = []
        self.answers = self.shown = self.activations = self.sent_again = 0
        self.at_work = threading.Event()  # the first round is done: there is something to lose
        self.stopping = threading.Event()
        self._headers = {"Authorization": f"Bearer {key}", "Connection": "close"}
        self._urls = urls
        self._turn = 0
        self._folder = folder
        self._random = random.Random(name)
        self._versions: list[str] = []
        self._active: str | None = None

    def run(self) -> None:
        """Work until told to stop, and for `LEAST_ROUNDS` at least."""
        self._folder.mkdir()
        for _ in range(2):
            files = adapter_upload(self._folder, seed=self._random.randrange(1_000_000))  # no other tenant's
            made = self._sent("POST", "/api/v1/adapters", files=files, data={"name": "style"})
            self._versions.append(made.json()["version"])
        for number in range(1_000_000):
            if self.stopping.is_set() and number >= LEAST_ROUNDS:
                return
            self._add(number)
            if number % ACTIVATE_EVERY == 0:
                self._activate()
            self._ask()
            if number % DELETE_EVERY == DELETE_EVERY - 1:
                self._delete()
            if number % EVALUATE_EVERY == 1:
                self._evaluate()
            self.at_work.set()

    def wait_at_rest(self, timeout_s: float) -> None:
        """Wait until every document and evaluation has ended. What has not is wrong."""
        until = time.monotonic() + timeout_s
        for document_id in self.documents.keys() - self.deleted:
            if self._ended(f"/api/v1/documents/{document_id}", {"ready", "failed"}, until) != "ready":
                self.wrong.append(f"{document_id} was accepted and is not ready")
        for evaluation_id in self.evaluations:
            if self._ended(f"/api/v1/evaluations/{evaluation_id}", ENDED, until) != "succeeded":
                self.wrong.append(f"{evaluation_id} was accepted and has not succeeded")

    def found(self, sentence: str) -> list[str]:
        """The passages that a search for the sentence finds, best first."""
        answer = self._sent("POST", "/api/v1/search", json={"query": sentence, "k": 10})
        return [passage["text"] for passage in answer.json()["data"]]

    def file_of(self, document_id: str) -> str:
        """What is in the document's file."""
        return self._sent("GET", f"/api/v1/documents/{document_id}/file").text

    def status_of(self, document_id: str) -> int:
        """The HTTP status of a request for the document."""
        return self._sent("GET", f"/api/v1/documents/{document_id}", accepted={404}).status_code

    def _add(self, number: int) -> None:
        sentence = f"The {self.name} code of item {number} is {secrets.token_hex(4)}."
        files = {"file": (f"item-{number}.txt", sentence.encode())}
        self.documents[self._sent("POST", "/api/v1/documents", files=files).json()["id"]] = sentence

    def _delete(self) -> None:
        document_id = self._random.choice(sorted(self.documents.keys() - self.deleted))
        self._sent("DELETE", f"/api/v1/documents/{document_id}", accepted={404})  # by the request that was cut
        self.deleted.add(document_id)

    def _activate(self) -> None:
        version = self._versions[self.activations % 2]
        self._sent("POST", "/api/v1/adapters/style/activate", json={"version": version, **WHY})
        self.activations += 1
        self._active = version

    def _ask(self) -> None:
        answer = self._sent("POST", "/api/v1/chat", json={"message": "What is the code of the newest item?"}).json()
        self.answers += 1
        if answer["route"] == "question":
            self._check_adapter(answer)
        if foreign := [text for text in _texts(answer) if "code of item" in text and self.name not in text]:
            self.wrong.append(f"{self.name} was shown {foreign[0]!r}")

    def _check_adapter(self, answer: dict[str, Any]) -> None:
        used = (answer["adapter"] or {}).get("version")
        if used != self._active:
            self.wrong.append(f"{used} answered where {self._active} is active")
        if self.shows_adapter and not answer["refused"]:
            self.shown += 1
            if not answer["answer"].startswith(str(self._active)):
                self.wrong.append(f"{self._active} is active, and the answer is {answer['answer'][:80]!r}")

    def _evaluate(self) -> None:
        case = {"turns": ["What is the code of item 0?"], "answerable": True, "must": [["code"]]}
        files = {"cases": ("mine.jsonl", (json.dumps(case) + "\n").encode())}
        self.evaluations.add(self._sent("POST", "/api/v1/evaluations", files=files).json()["id"])

    def _ended(self, path: str, ends: set[str], until: float) -> str:
        while True:
            status = str(self._sent("GET", path).json()["status"])
            if status in ends or time.monotonic() > until:
                return status
            time.sleep(0.1)

    def _sent(
        self,
        method: str,
        path: str,
        *,
        accepted: set[int] = frozenset(),
        **content: Any,  # type: ignore[assignment]
    ) -> httpx.Response:
        """The answer to a request, which is sent again, elsewhere, while servers are killed. Raises RuntimeError."""
        key = {"Idempotency-Key": secrets.token_hex(8)} if method == "POST" else {}
        until, last = time.monotonic() + PATIENCE_S, ""
        while time.monotonic() < until:
            self._turn += 1
            url = self._urls[self._turn % len(self._urls)]
            try:
                answer = httpx.request(method, url + path, headers={**self._headers, **key}, timeout=30, **content)
            except httpx.TransportError as fault:
                last = type(fault).__name__
            else:
                if answer.is_success or answer.status_code in accepted:
                    return answer
                last = answer.text
                in_progress = answer.status_code == 409 and "idempotency_in_progress" in last
                if answer.status_code not in {429, 503} and not in_progress:
                    break
            self.sent_again += 1
            time.sleep(0.1)
        raise RuntimeError(f"{method} {path}: {last}")


def _texts(answer: Any) -> list[str]:
    """Every text anywhere in a JSON answer."""
    if isinstance(answer, str):
        return [answer]
    parts = answer.values() if isinstance(answer, dict) else answer if isinstance(answer, list) else []
    return [text for part in parts for text in _texts(part)]
