"""HTTP operations on links: make one with a key; open it without."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from app.documents.links.schemas import LinkIn, LinkOut
from app.documents.links.service import LinkService, Opened, Wanted
from app.http.dependencies import Reader
from app.http.downloads import REDIRECT, download_response, follows_redirects
from app.http.errors import public_responses, responses
from app.http.idempotent_route import IdempotentRoute
from app.http.openapi import file_content
from app.http.services import provide

PREFIX = "/links/"
router = APIRouter(tags=["documents"], route_class=IdempotentRoute)
Links = Annotated[LinkService, provide(LinkService)]
HEADERS = {
    "Cache-Control": "private, no-cache",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
# A sandbox would keep Chromium from showing a PDF, which runs no script of its own in a browser.
PDF_POLICY = "frame-ancestors *"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; sandbox; frame-ancestors *"
CONTENT = file_content("application/octet-stream", "application/pdf", "image/png", "text/plain", "text/html")


@router.post(
    "/api/v1/documents/{document_id}/links",
    status_code=201,
    response_model=LinkOut,
    summary="Make a link to a file or page",
    responses=responses(400, 404, 413, 429, 507),
)
def create_link(principal: Reader, links: Links, request: Request, document_id: str, body: LinkIn) -> dict[str, Any]:
    """A URL for a frame, an image or a new tab, where no key can be sent. It opens one version of one document, for a
    short time, and nothing once the document is deleted.
    """
    fields = body.model_dump()
    ttl_s = fields.pop("ttl_s")
    link = links.create(principal.tenant_id, document_id, Wanted(**fields), ttl_s)
    fragment = f"#{link.fragment}" if link.fragment else ""
    return {**asdict(link), "url": f"{request.scope.get('root_path', '')}{PREFIX}{link.token}{fragment}"}


@router.get(
    PREFIX + "{token}",
    response_class=Response,
    summary="Open a link",
    responses={
        200: {"description": "The file or the page.", **CONTENT},
        **REDIRECT,
        **public_responses(404, 409, 416, 429, 504),
    },
)
def open_link(links: Links, request: Request, token: Annotated[str, Path(max_length=1000)]) -> Response:
    """Needs no key. PDFs, pictures and text are shown in the browser, all other files are saved; an HTML file is shown
    as its source. May be framed by any page.
    """
    return _response(links.open(token, redirect=follows_redirects(request)))


def _response(opened: Opened) -> Response:
    policy = PDF_POLICY if opened.media_type == "application/pdf" else POLICY
    headers = {**HEADERS, "Content-Security-Policy": policy}
    if opened.download is None:
        return Response(opened.content, media_type=opened.media_type, headers=headers)
    return download_response(
        opened.download,
        media_type=opened.media_type,
        headers=headers,
        disposition="inline" if opened.inline else "attachment",
    )
