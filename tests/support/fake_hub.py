"""A model hub without a network: huggingface_hub's own code over a transport that answers from memory."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx2
import huggingface_hub
from huggingface_hub.utils import _http

COMMIT = "c0ffee" + "0" * 34
CHUNK = 64 * 1024


class _Cut(httpx2.SyncByteStream):
    """A body that ends with the user's Ctrl-C."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def __iter__(self) -> Iterator[bytes]:
        yield self._content
        raise KeyboardInterrupt


@dataclass
class FakeHub:
    """Repositories by name, each with files by name; `requests` records what was asked."""

    repositories: dict[str, dict[str, bytes]] = field(default_factory=dict)
    cut_after: int | None = None  # bytes of the next download, before the user interrupts it
    status: int = 200  # of every answer
    silent: bool = False  # requests time out
    requests: list[tuple[str, str, str | None]] = field(default_factory=list)  # (method, path, range)

    def answer(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append((request.method, request.url.path, request.headers.get("range")))
        if self.silent:
            raise httpx2.ConnectTimeout("timed out", request=request)
        if self.status != 200:
            return httpx2.Response(self.status, request=request)
        if request.url.path.startswith("/api/models/"):
            return self._describe("/".join(request.url.path.split("/")[3:5]))
        owner, name, _, _, file = request.url.path.lstrip("/").split("/", 4)
        content = self.repositories.get(f"{owner}/{name}", {}).get(file)
        if content is None:
            return httpx2.Response(404, headers={"X-Error-Code": "EntryNotFound"}, request=request)
        return self._file(request, content)

    def _file(self, request: httpx2.Request, content: bytes) -> httpx2.Response:
        headers = {"X-Repo-Commit": COMMIT, "ETag": f'"{hashlib.sha256(content).hexdigest()}"'}
        asked = request.headers.get("range")
        first = int(asked.removeprefix("bytes=").split("-")[0]) if asked else 0
        headers["Content-Length"] = str(len(content) - first)
        if request.method == "HEAD":
            return httpx2.Response(200, headers=headers, request=request)
        status = 206 if asked else 200
        if self.cut_after is not None:
            body, self.cut_after = _Cut(content[first : first + self.cut_after]), None
            return httpx2.Response(status, headers=headers, stream=body, request=request)
        return httpx2.Response(status, headers=headers, content=content[first:], request=request)

    def _describe(self, repository: str) -> httpx2.Response:
        if repository not in self.repositories:
            return httpx2.Response(404, headers={"X-Error-Code": "RepoNotFound"})
        siblings: list[dict[str, Any]] = [
            {
                "rfilename": name,
                "size": len(content),
                "lfs": {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content), "pointerSize": 1},
            }
            for name, content in self.repositories[repository].items()
        ]
        return httpx2.Response(200, json={"id": repository, "sha": COMMIT, "siblings": siblings})


@contextmanager
def served(hub: FakeHub) -> Iterator[FakeHub]:
    """Let huggingface_hub talk to `hub` until the block ends."""
    former = _http._GLOBAL_CLIENT_FACTORY
    huggingface_hub.set_client_factory(lambda: httpx2.Client(transport=httpx2.MockTransport(hub.answer)))
    try:
        yield hub
    finally:
        huggingface_hub.set_client_factory(former)
