"""The page at / and the widget at /widget.js: what the front end in `web/` was built to.

The page has a policy that lets nothing else run or load. The widget is a script that pages of other sites load.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse, HTMLResponse, Response
from starlette.datastructures import MutableHeaders
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from app.web.compression import CompressedFiles
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
FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}  # the name of an asset has a hash of its content
WIDGET = "/widget.js"
WIDGET_HEADERS = {  # its address stays the same, so a browser asks whether it has changed
    "Access-Control-Allow-Origin": "*",
    "Cache-Control": "public, no-cache",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
}


def install(app: FastAPI, built: Path = BUILT) -> None:
    """Add / with its icon and assets, and the widget. Without a built front end / says how to build it."""
    if not (built / "index.html").is_file():
        app.add_api_route("/", _not_built, include_in_schema=False)
        return
    mimetypes.add_type("text/javascript", ".js")  # some systems have it as plain text, which browsers refuse
    app.mount(ASSETS, _Files(built / "assets", FOREVER), name="assets")
    app.router.routes.append(Route(WIDGET, _Files(built, WIDGET_HEADERS), name="widget"))

    @app.get("/", include_in_schema=False)
    def page() -> Response:
        return FileResponse(built / "index.html", headers=HEADERS)

    @app.get("/favicon.svg", include_in_schema=False)
    def icon() -> Response:
        return FileResponse(built / "favicon.svg", headers={"Cache-Control": "public, max-age=86400"})


def _not_built() -> HTMLResponse:
    return HTMLResponse(render_template("not_built.html"), headers=HEADERS)


class _Files(CompressedFiles):
    """Static files with further headers, by which browsers keep and use them."""

    def __init__(self, directory: Path, headers: Mapping[str, str]) -> None:
        super().__init__(directory)
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_headed(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in {200, 304}:
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        await super().__call__(scope, receive, send_headed)
