"""Static bytes in the form that a client takes: gzip if it says so. They are compressed once."""

from __future__ import annotations

import gzip
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from anyio.to_thread import run_sync
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

LEVEL = 9
LEAST_BYTES = 1000  # of a file: a shorter one gains nothing
COMPRESSED_TYPES = ("text/", "application/javascript", "application/json", "image/svg+xml")
VARY = {"Vary": "Accept-Encoding"}


def accepts_gzip(headers: Mapping[str, str]) -> bool:
    """Whether the header Accept-Encoding names gzip, or all codings, and does not refuse it (`q=0`)."""
    weights: dict[str, float] = {}
    for part in headers.get("accept-encoding", "").split(","):
        coding, _, parameter = part.partition(";")
        name, _, value = parameter.strip().partition("=")
        weights[coding.strip().lower()] = _weight(value) if name.strip() == "q" else 1.0
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0))) > 0


def _weight(text: str) -> float:
    try:
        return float(text)
    except ValueError:  # nobody knows what is meant: the plain form is always right
        return 0.0


def compress(content: bytes) -> bytes:
    """The bytes as gzip, the same each time."""
    return gzip.compress(content, LEVEL, mtime=0)


def is_current(headers: Mapping[str, str], etag: str) -> bool:
    """Whether the client has what `etag` names already."""
    known = [one.strip().removeprefix("W/") for one in headers.get("if-none-match", "").split(",")]
    return etag in known or known == ["*"]


@dataclass(frozen=True, slots=True)
class _Compressed:
    """A file as gzip."""

    modified: tuple[float, int]  # time and size of the file that it is of
    content: bytes
    media_type: str
    etag: str


class CompressedFiles(StaticFiles):
    """Static files that are sent as gzip to clients that take it; ranges of them are sent as they are."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory=directory)
        self._compressed: dict[str, _Compressed] = {}  # by path

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Raises HTTPException if there is no such file."""
        headers = Headers(scope=scope)
        if scope["method"] == "GET" and accepts_gzip(headers) and "range" not in headers:
            found = await run_sync(self._find, path)
            if found is not None:
                sent = {"ETag": found.etag, "Content-Encoding": "gzip", **VARY}
                if is_current(headers, found.etag):
                    del sent["Content-Encoding"]
                    return Response(status_code=304, headers=sent)
                return Response(found.content, media_type=found.media_type, headers=sent)
        response = await super().get_response(path, scope)
        response.headers["Vary"] = VARY["Vary"]
        return response

    def _find(self, path: str) -> _Compressed | None:
        """The file as gzip; None if there is none or if it is better sent as it is."""
        full_path, status = self.lookup_path(path)
        media_type = mimetypes.guess_type(full_path)[0] or ""
        if status is None or not Path(full_path).is_file() or status.st_size < LEAST_BYTES:
            return None
        if not media_type.startswith(COMPRESSED_TYPES):
            return None
        modified = status.st_mtime, status.st_size
        kept = self._compressed.get(full_path)
        if kept is None or kept.modified != modified:
            content = compress(Path(full_path).read_bytes())
            etag = f'"{status.st_mtime_ns:x}-{status.st_size:x}-gzip"'
            kept = self._compressed[full_path] = _Compressed(modified, content, media_type, etag)
        return kept
