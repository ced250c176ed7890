"""Sends stored files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from fastapi import Request
from fastapi.responses import FileResponse, RedirectResponse, Response
from starlette.types import Message, Receive, Scope, Send

from app.http.errors import envelope
from app.storage.blobs.base import HeldFile
from app.storage.blobs.download import Download

BYTES = "application/octet-stream"
REDIRECT: dict[int | str, dict[str, Any]] = {
    302: {"description": "Files lie in object storage: `Location` is a URL that works for a few minutes."}
}
BAD_RANGE = {400, 416}  # how Starlette answers one, as plain text
HEADERS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}


class HeldFileResponse(FileResponse):
    """Sends a held file or ranges of it, and lets go of it at the end."""

    def __init__(
        self,
        file: HeldFile,
        *,
        filename: str,
        media_type: str,
        headers: Mapping[str, str],
        disposition: Literal["attachment", "inline"],
    ) -> None:
        super().__init__(
            file.path, media_type=media_type, filename=filename, headers=headers, content_disposition_type=disposition
        )
        self._held = file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = False

        async def send_file(message: Message) -> None:
            nonlocal refused
            refused = refused or (message["type"] == "http.response.start" and message["status"] in BAD_RANGE)
            if not refused:
                await send(message)

        try:
            await super().__call__(scope, receive, send_file)
            if refused:
                size = self._held.path.stat().st_size
                await _no_such_range(size)(scope, receive, send)
        finally:
            self._held.close()


def _no_such_range(size: int) -> Response:
    message = f"The header Range names no bytes of the file, which has {size:,}; leave it out to get all of them."
    headers = {"Content-Range": f"bytes */{size}"}
    return envelope(416, message, "invalid_request_error", "range_not_satisfiable", "Range", headers)


def follows_redirects(request: Request) -> bool:
    """Whether a client may be sent to another host for a file: any but a page's script, whose policy forbids it."""
    return request.headers.get("sec-fetch-mode", "navigate") == "navigate"


def download_response(
    download: Download,
    *,
    media_type: str = BYTES,
    headers: Mapping[str, str] = HEADERS,
    disposition: Literal["attachment", "inline"] = "attachment",
) -> Response:
    """The file itself, or a redirect to its URL."""
    if download.file is None:
        return RedirectResponse(download.url or "", status_code=302, headers={"Cache-Control": "no-store"})
    return HeldFileResponse(
        download.file, filename=download.filename, media_type=media_type, headers=headers, disposition=disposition
    )
