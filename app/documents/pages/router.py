"""HTTP operations on the pages of documents."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Query, Response

from app.documents.pages.schemas import MAX_WIDTH, PageContentOut, PagesOut, QuotePlaceOut
from app.documents.pages.service import DocumentPages, PageContent, PageService, QuotePlace
from app.http.api_route import ApiRoute
from app.http.dependencies import Reader
from app.http.errors import responses
from app.http.openapi import file_content
from app.http.services import provide

router = APIRouter(prefix="/api/v1/documents", tags=["documents"], route_class=ApiRoute)
Pages = Annotated[PageService, provide(PageService)]
PageNumber = Annotated[int, Path(ge=1, le=2**31, description="From 1.")]
Version = Annotated[int | None, Query(ge=1, le=2**31, description="The live version if left out.")]
Offset = Annotated[int, Query(ge=0, le=2**31, description="Offset into the document's text, in Unicode code points.")]
VERSION_CACHED = "private, max-age=3600"  # the image of a version never changes
REVALIDATED = "private, no-cache"  # another version may be live next time
IMAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Vary": "Authorization",
    "X-Content-Type-Options": "nosniff",
}
IMAGE_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"description": "The page.", **file_content("image/png")},
    304: {"description": "The page has not changed since the image with the `If-None-Match` was sent."},
}


@router.get("/{document_id}/pages", response_model=PagesOut, summary="List pages", responses=responses(404, 429))
def list_pages(
    principal: Reader, pages: Pages, response: Response, document_id: str, version: Version = None
) -> DocumentPages:
    """The document's pages with their labels, sizes and offsets in its text."""
    response.headers["Cache-Control"] = REVALIDATED
    return pages.list(principal.tenant_id, document_id, version)


@router.get(
    "/{document_id}/pages/{page}", response_model=PageContentOut, summary="Get a page", responses=responses(404, 429)
)
def get_page(
    principal: Reader,
    pages: Pages,
    response: Response,
    document_id: str,
    page: PageNumber,
    version: Version = None,
    start: Offset = 0,
    end: Offset = 0,
) -> PageContent:
    """The text of a page, also as HTML that is safe to insert, in which the range from `start` to `end` is marked."""
    response.headers["Cache-Control"] = REVALIDATED
    return pages.get(principal.tenant_id, document_id, page, version, (start, end))


@router.get(
    "/{document_id}/pages/{page}/image",
    response_class=Response,
    summary="Get a page as an image",
    responses={**IMAGE_RESPONSES, **responses(404, 409, 429, 504)},
)
def get_page_image(
    principal: Reader,
    pages: Pages,
    document_id: str,
    page: PageNumber,
    width: Annotated[
        int, Query(ge=16, le=MAX_WIDTH, description="In pixels. A very long page is drawn narrower.")
    ] = 1000,
    version: Version = None,
    if_none_match: Annotated[str | None, Header(max_length=1000)] = None,
) -> Response:
    """A PNG image of a page of a PDF or picture, as a reader sees it: rotated and cropped. 409 for other documents."""
    found = pages.image(principal.tenant_id, document_id, page, width, version, _known(if_none_match))
    cached = REVALIDATED if version is None else VERSION_CACHED
    headers = {**IMAGE_HEADERS, "ETag": f'"{found.etag}"', "Cache-Control": cached}
    if found.png is None:
        return Response(status_code=304, headers=headers)
    return Response(found.png, media_type="image/png", headers=headers)


@router.get(
    "/{document_id}/quote-boxes",
    response_model=QuotePlaceOut,
    summary="Find a quote on the pages",
    responses=responses(404, 409, 429, 504),
)
def locate_quote(
    principal: Reader,
    pages: Pages,
    response: Response,
    document_id: str,
    start: Offset,
    end: Offset,
    version: Version = None,
) -> QuotePlace:
    """Boxes around a range of the document's text, such as `char_start` to `char_end` of a citation.

    They are in points of the page as it is shown, from its upper left corner, as the sizes of pages are: multiply by
    the image's width over the page's width. PDFs and pictures have boxes; the first quote on a scanned page takes the
    seconds of recognising its text.
    """
    response.headers["Cache-Control"] = REVALIDATED
    return pages.locate(principal.tenant_id, document_id, start, end, version)


def _known(if_none_match: str | None) -> frozenset[str]:
    """The ETags of an If-None-Match header, weak ones too."""
    tags = (tag.strip().removeprefix("W/").strip('"') for tag in (if_none_match or "").split(","))
    return frozenset(tag for tag in tags if tag)
