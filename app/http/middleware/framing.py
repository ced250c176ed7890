"""ASGI middleware for what a request says about itself: its target, where its body ends, how that is coded."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import AppError, InvalidRequest, UnsupportedMedia
from app.http.errors import error_response
from app.http.middleware.body_limit import has_body

SCHEMES = (b"http://", b"https://")


class AmbiguousLength(InvalidRequest):
    """Two ends of one body: another server on the way may have chosen the other one."""

    status, code = 400, "ambiguous_length"


HEADERS: dict[type[AppError], dict[str, str]] = {
    AmbiguousLength: {"Connection": "close"},  # RFC 9112, 6.3
    UnsupportedMedia: {"Accept-Encoding": "identity"},  # RFC 9110, 15.5.16
}


class Framing:
    """Reads a target with a host as its path alone, and refuses a body whose end or coding is in doubt.

    Keys, routes and limits are found by the path that stands within it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        _to_origin_form(scope)
        try:
            _check_body(scope)
        except AppError as fault:
            response = error_response(fault)
            response.headers.update(HEADERS[type(fault)])
            await response(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _to_origin_form(scope: Scope) -> None:
    """`GET http://host/path` is `GET /path` (RFC 9112, 3.2.2)."""
    root: str = scope.get("root_path", "")
    raw: bytes = scope.get("raw_path", b"").removeprefix(root.encode())
    scheme = next((scheme for scheme in SCHEMES if raw.lower().startswith(scheme)), None)
    if scheme is None:
        return
    _, slash, rest = raw[len(scheme) :].partition(b"/")
    path: str = scope["path"].removeprefix(root)[len(scheme) :]
    scope["raw_path"] = root.encode() + (slash + rest or b"/")
    scope["path"] = f"{root}/{path.partition('/')[2]}"


def _check_body(scope: Scope) -> None:
    """Raises AmbiguousLength and UnsupportedMedia."""
    headers = Headers(scope=scope)
    if "transfer-encoding" in headers and "content-length" in headers:
        raise AmbiguousLength("The request has both Content-Length and Transfer-Encoding; send one of them.")
    coding = headers.get("content-encoding", "identity")
    if has_body(scope) and coding.strip().lower() not in {"", "identity"}:
        message = f"The body has the content encoding {coding[:40]!r}; send it without one."
        raise UnsupportedMedia(message, param="Content-Encoding", code="unsupported_content_encoding")
