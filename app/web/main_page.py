"""The page at /: what the front end in `web/` was built to, under a policy that lets nothing else run or load."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse, HTMLResponse, Response
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles
from starlette.types import Message, Receive, Scope, Send

from app.web.templates import render_template

BUILT = Path(__file__).parent / "page"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
ASSETS = "/assets"
FOREVER = "public, max-age=31536000, immutable"  # the name of an asset has a hash of its content
COMPRESSED_FROM = 1000  # bytes


def install(app: FastAPI, built: Path = BUILT) -> None:
    """Add / with its icon and assets. Without a built front end / says how to build it."""
    if not (built / "index.html").is_file():
        app.add_api_route("/", _not_built, include_in_schema=False)
        return
    mimetypes.add_type("text/javascript", ".js")  # some systems have it as plain text, which browsers refuse
    app.mount(ASSETS, GZipMiddleware(_Assets(directory=built / "assets"), minimum_size=COMPRESSED_FROM), name="assets")

    @app.get("/", include_in_schema=False)
    def page() -> Response:
        return FileResponse(built / "index.html", headers=HEADERS)

    @app.get("/favicon.svg", include_in_schema=False)
    def icon() -> Response:
        return FileResponse(built / "favicon.svg", headers={"Cache-Control": "public, max-age=86400"})


def _not_built() -> HTMLResponse:
    return HTMLResponse(render_template("not_built.html"), headers=HEADERS)


class _Assets(StaticFiles):
    """Static files that a browser keeps for good."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_kept(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in {200, 304}:
                message["headers"] = [*message["headers"], (b"cache-control", FOREVER.encode())]
            await send(message)

        await super().__call__(scope, receive, send_kept)
