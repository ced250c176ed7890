"""The calls that most programs need. `request` does all others."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Any, TypedDict, Unpack
from urllib.parse import quote

import httpx

from loracle_client import types
from loracle_client.chat_stream import ChatStream
from loracle_client.errors import error_of, raise_for_error
from loracle_client.server_sent_events import read_events
from loracle_client.version import __version__

Content = bytes | IO[bytes] | Path


class AskOptions(TypedDict, total=False):
    """What a question may say beside its message; see `POST /api/v1/chat`."""

    conversation_id: str | None
    adapter: str | None
    collections: list[str]
    filters: dict[str, Any]
    k: int | None
    language: str | None
    max_tokens: int | None
    temperature: float
    top_p: float
    seed: int | None
    boxes: bool
    stop: list[str]
    user: str | None


class Loracle:
    """A client for one key; a context manager. Thread-safe.

    Every method raises LoracleError where the service refuses, and httpx.TransportError where it is not reached.
    """

    def __init__(self, url: str, key: str, *, timeout_s: float = 120, http: httpx.Client | None = None) -> None:
        """`url` is where the service is, with its path if it has one. `http` replaces the connection pool."""
        self._url = url.rstrip("/")
        self._http = http or httpx.Client(timeout=timeout_s)
        self._headers = {"Authorization": f"Bearer {key}", "User-Agent": f"loracle-client/{__version__}"}

    def __enter__(self) -> Loracle:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def request(self, method: str, path: str, **options: Any) -> Any:
        """Any call: `options` are those of httpx (json, data, files, params). Returns the JSON, or bytes of a file."""
        response = self._http.request(method, self._url + path, headers=self._headers, **options)
        raise_for_error(response)
        is_json = response.headers.get("content-type", "").startswith("application/json")
        return response.json() if is_json else response.content

    def upload(
        self,
        file: Content,
        *,
        filename: str | None = None,
        collection: str = "default",
        metadata: Mapping[str, str | int | float | bool] | None = None,
    ) -> types.DocumentOut:
        """Upload a document: a path, an open file or bytes, which need a `filename`. It answers once it is ready."""
        form = {"collection": collection, "metadata": json.dumps(metadata or {})}
        document: types.DocumentOut = self._upload("/api/v1/documents", file, filename, form)
        return document

    def document(self, document_id: str) -> types.DocumentOut:
        found: types.DocumentOut = self.request("GET", f"/api/v1/documents/{quote(document_id, safe='')}")
        return found

    def follow_document(self, document_id: str) -> Iterator[types.DocumentOut]:
        """A document each time that it changes, the last time when it is ready, failed or cancelled."""
        return self._follow(f"/api/v1/documents/{quote(document_id, safe='')}/events")

    def ready(self, document_id: str) -> types.DocumentOut:
        """Wait until a document is ready, failed or cancelled."""
        *_, last = self.follow_document(document_id)
        return last

    def delete_document(self, document_id: str) -> None:
        self.request("DELETE", f"/api/v1/documents/{quote(document_id, safe='')}")

    def search(self, query: str, **options: Any) -> list[types.PassageOut]:
        """Passages, without an answer; `options` are those of `POST /api/v1/search`."""
        found: types.SearchOut = self.request("POST", "/api/v1/search", json={**options, "query": query})
        return found["data"]

    def ask(self, message: str, **options: Unpack[AskOptions]) -> ChatStream:
        """Ask and read the answer while it is written."""
        body = {**options, "message": message, "stream": True}
        return ChatStream(self._stream("POST", "/api/v1/chat", {}, json=body), self._stream)

    def answer(self, message: str, **options: Unpack[AskOptions]) -> types.ChatOut:
        """Ask and wait for the whole answer."""
        answer: types.ChatOut = self.request("POST", "/api/v1/chat", json={**options, "message": message})
        return answer

    def upload_dataset(self, rows: Content, name: str, *, filename: str | None = "rows.jsonl") -> types.DatasetOut:
        """Upload rows to train on, as JSONL."""
        dataset: types.DatasetOut = self._upload("/api/v1/training/datasets", rows, filename, {"name": name})
        return dataset

    def train(self, adapter: str, dataset: str, **options: Any) -> types.TrainingOut:
        """Train an adapter; `options` are those of `POST /api/v1/training/jobs`."""
        body = {**options, "adapter": adapter, "dataset": dataset}
        training: types.TrainingOut = self.request("POST", "/api/v1/training/jobs", json=body)
        return training

    def follow_training(self, training_id: str) -> Iterator[types.TrainingOut]:
        """A training each time that it changes, the last time when it has ended."""
        return self._follow(f"/api/v1/training/jobs/{quote(training_id, safe='')}/events")

    def follow_evaluation(self, evaluation_id: str) -> Iterator[types.EvaluationOut]:
        """An evaluation of answers each time that it changes, the last time when it has ended."""
        return self._follow(f"/api/v1/evaluations/{quote(evaluation_id, safe='')}/events")

    def create_token(self, user: str, **options: Any) -> types.NewAccessTokenOut:
        """A short-lived token for a browser; `options` are those of `POST /api/v1/tokens`."""
        token: types.NewAccessTokenOut = self.request("POST", "/api/v1/tokens", json={**options, "user": user})
        return token

    def _upload(self, path: str, file: Content, filename: str | None, form: Mapping[str, str]) -> Any:
        if isinstance(file, Path):
            with file.open("rb") as opened:
                return self._upload(path, opened, filename or file.name, form)
        name = filename or Path(str(getattr(file, "name", ""))).name
        if not name:
            raise ValueError("bytes need a filename")
        return self.request("POST", path, files={"file": (name, file)}, data=form)

    def _follow(self, path: str) -> Iterator[Any]:
        with self._stream("GET", path, {}) as response:
            for sent in read_events(response.iter_bytes()):
                data = json.loads(sent.data)
                if sent.event == "error":
                    raise error_of(data)
                if sent.event in {"progress", "done"}:
                    yield data

    @contextmanager
    def _stream(self, method: str, path: str, headers: Mapping[str, str], **options: Any) -> Iterator[httpx.Response]:
        sent = {**self._headers, **headers}
        with self._http.stream(method, self._url + path, headers=sent, **options) as response:
            if response.status_code >= 400:
                response.read()
            raise_for_error(response)
            yield response
