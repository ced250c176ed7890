"""Tenants that list, search, ask, upload and delete; what they were told is done, and which answers were wrong."""

from __future__ import annotations

import asyncio
import random
import secrets
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

KEPT = 25  # documents of a tenant; beyond, one is deleted for each new one
READY_S = 120.0
ACTIONS = {"list": 30, "search": 25, "chat": 10, "stream": 8, "upload": 10, "file": 5, "me": 2}  # and how often


class Tenant:
    """One tenant. Each of its documents holds its name and a secret sentence."""

    def __init__(self, name: str, http: httpx.AsyncClient, key: str) -> None:
        self.name = name
        self.documents: dict[str, str] = {}  # id -> its text; of those that were acknowledged
        self.gone: set[str] = set()  # deletion was acknowledged
        self.doubtful: set[str] = set()  # a deletion was asked for and not answered
        self._http = http
        self._headers = {"Authorization": f"Bearer {key}"}
        self._random = random.Random(name)

    async def request(self, action: str) -> tuple[str, httpx.Response]:
        """Do it. Returns what was done, and the answer. Raises httpx.TransportError."""
        here = sorted(self.documents.keys() - self.gone - self.doubtful)
        if action == "upload" and len(here) >= KEPT:
            return "delete", await self._delete(self._random.choice(here))
        if action == "upload":
            return action, await self._upload()
        if action == "file" and here:
            return action, await self._send("GET", f"/api/v1/documents/{here[0]}/file")
        if action in {"chat", "stream"}:
            asked = {"message": "What is the code of the newest item?", "stream": action == "stream"}
            return action, await self._send("POST", "/api/v1/chat", json=asked)
        if action == "search":
            return action, await self._send(
                "POST", "/api/v1/search", json={"query": "code of the newest item", "k": 10}
            )
        return "list", await self._send("GET", "/api/v1/me" if action == "me" else "/api/v1/documents")

    async def violations(self) -> list[str]:
        """Acknowledged documents that are not there at the end, and deleted ones that are."""
        wrong = list[str]()
        until = time.monotonic() + READY_S
        for document_id, text in self.documents.items():
            path = f"/api/v1/documents/{document_id}"
            answer = await self._send("GET", path)
            if document_id in self.gone or document_id in self.doubtful:
                if document_id in self.gone and answer.status_code != 404:
                    wrong.append(f"{document_id} was deleted and is there")
                continue
            while answer.is_success and answer.json()["status"] != "ready" and time.monotonic() < until:
                await asyncio.sleep(0.2)
                answer = await self._send("GET", path)
            if not answer.is_success or answer.json()["status"] != "ready":
                wrong.append(f"{document_id} was accepted and is not ready: {answer.text[:200]}")
            elif (await self._send("GET", f"{path}/file")).text != text:
                wrong.append(f"{document_id} has lost its file")
        return wrong

    async def _upload(self) -> httpx.Response:
        text = f"The {self.name} code of an item is {secrets.token_hex(4)}. " * self._random.randrange(1, 200)
        answer = await self._send("POST", "/api/v1/documents", files={"file": (f"{secrets.token_hex(4)}.txt", text)})
        if answer.is_success:
            self.documents[answer.json()["id"]] = text
        return answer

    async def _delete(self, document_id: str) -> httpx.Response:
        self.doubtful.add(document_id)
        answer = await self._send("DELETE", f"/api/v1/documents/{document_id}")
        if answer.is_success:
            self.gone.add(document_id)
        if answer.status_code == 503:
            self.doubtful.discard(document_id)
        return answer

    async def _send(self, method: str, path: str, **content: Any) -> httpx.Response:
        return await self._http.request(method, path, headers=self._headers, **content)


class Load:
    """Starts requests of the tenants in turn and judges their answers."""

    def __init__(self, tenants: list[Tenant]) -> None:
        self._tenants = tenants
        self._random = random.Random(1)
        self._kill_ends: list[float] = []
        self._down = self._full = False
        self._full_ended = 0.0
        self.answers: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.sent = self.faults = 0

    @property
    def kills(self) -> int:
        return len(self._kill_ends)

    @contextmanager
    def killed(self) -> Iterator[None]:
        """The service is down meanwhile: connections may break."""
        self._down = True
        yield
        self._down = False
        self._kill_ends.append(time.monotonic())

    @contextmanager
    def disk_full(self) -> Iterator[None]:
        """507 is the right answer meanwhile."""
        self._full = True
        yield
        self._full = False
        self._full_ended = time.monotonic()

    async def act(self, number: int) -> None:
        """One request of the tenant whose turn it is."""
        tenant = self._tenants[number % len(self._tenants)]
        (action,) = self._random.choices([*ACTIONS], [*ACTIONS.values()])
        began, down = time.monotonic(), self._down
        self.sent += 1
        try:
            done, answer = await tenant.request(action)
        except httpx.TransportError as fault:
            cut = down or self._down or any(end >= began for end in self._kill_ends)
            self.answers["cut by a kill" if cut else "broken"] += 1
            if not cut:
                self.wrong.append(f"{action} of {tenant.name}: {type(fault).__name__} {fault}")
            return
        code = "" if answer.is_success else f" {answer.json()['error']['code']}"
        self.answers[f"{done} {answer.status_code}{code}"] += 1
        if not self._is_right(answer, began):
            self.wrong.append(f"{done} of {tenant.name}: {answer.status_code} {answer.text[:200]}")
        if "code of an item" in answer.text.replace(f"{tenant.name} code of an item", ""):
            self.wrong.append(f"{tenant.name} was shown what is another tenant's")

    def _is_right(self, answer: httpx.Response, began: float) -> bool:
        if answer.status_code in {429, 503}:
            return "retry-after" in answer.headers
        full = self._full or self._full_ended >= began
        return answer.is_success or (full and answer.status_code == 507)
