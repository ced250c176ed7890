"""Sends stored files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from fastapi import Request
from fastapi.responses import FileResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from app.storage.blobs.base import HeldFile
from app.storage.blobs.download import Download

BYTES = "application/octet-stream"
REDIRECT: dict[int | str, dict[str, Any]] = {
    302: {"description": "Files lie in object storage: `Location` is a URL that works for a few minutes."}
}
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
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._held.close()


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
