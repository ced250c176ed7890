"""Origins of web pages, and which of them browsers let read the answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from app.http.named_origins import NamedOrigins
from app.http.services import registered_services

EXPOSED_HEADERS = (  # that scripts of pages of other origins may read
    "Accept-Ranges",
    "Allow",
    "Content-Disposition",
    "Content-Range",
    "ETag",
    "Idempotent-Replayed",
    "Retry-After",
    "X-Request-Id",
)
USUAL_PORTS = {"http": 80, "https": 443}  # which browsers leave out


def normal_origin(text: str) -> str:
    """An origin as browsers write it in the header `Origin`. Raises ValueError if the text is none."""
    parts = urlsplit(text.strip())
    extra = parts.path.strip("/") or parts.query or parts.fragment or parts.username is not None
    if parts.scheme not in USUAL_PORTS or not parts.hostname or "*" in text or extra:
        raise ValueError('must be an origin such as "https://www.example.org", without a path')
    host = parts.hostname if parts.hostname.isascii() else parts.hostname.encode("idna").decode()
    bracketed = f"[{host}]" if ":" in host else host
    usual = parts.port in {None, USUAL_PORTS[parts.scheme]}
    return f"{parts.scheme}://{bracketed}" if usual else f"{parts.scheme}://{bracketed}:{parts.port}"


class CrossOrigin:
    """Lets pages of the configured origins, and of those that live tokens name, read the answers.

    `options` are those of Starlette's CORSMiddleware.
    """

    def __init__(self, app: ASGIApp, /, *, origins: Sequence[str], **options: Any) -> None:
        self._app = app
        self._options = options
        self._configured = CORSMiddleware(app, allow_origins=origins, **options)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        handler = self._configured
        headers = Headers(scope=scope) if scope["type"] == "http" else Headers()
        origin = headers.get("origin")
        if origin is not None and not self._needs_no_leave(headers, origin) and await _is_of_token(scope, origin):
            handler = CORSMiddleware(self._app, allow_origins=[origin], **self._options)
        await handler(scope, receive, send)

    def _needs_no_leave(self, headers: Headers, origin: str) -> bool:
        """Whether the origin is configured, or the service's own: for that one browsers ask nobody."""
        return self._configured.is_allowed_origin(origin) or origin.partition("://")[2] == headers.get("host")


async def _is_of_token(scope: Scope, origin: str) -> bool:
    return await registered_services(scope["app"]).get(NamedOrigins).names(origin)
