"""The OpenAPI page at /docs: Swagger UI out of our own static files, under a strict policy."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import HTMLResponse

from app.web.compression import CompressedFiles
from app.web.templates import PAGE_HEADERS, render_template

STATIC = Path(__file__).parent / "static"


def install(app: FastAPI) -> None:
    """Add /docs and /static."""
    app.mount("/static", CompressedFiles(STATIC), name="static")

    @app.get("/docs", include_in_schema=False)
    async def docs() -> HTMLResponse:
        return HTMLResponse(render_template("docs.html"), headers=PAGE_HEADERS)
