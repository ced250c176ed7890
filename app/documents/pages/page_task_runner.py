"""The tasks of the process that reads pages, by media type. Runs in the sandboxed process only."""

from __future__ import annotations

import io

from app.documents.pages.page_task import PageTask, PageTaskKind
from app.documents.pages.page_words import encode_sizes, encode_words
from app.documents.pages.pdf_pages import PdfPages
from app.documents.pages.picture_pages import PicturePages
from app.documents.pages.recognised_words import recognise_words
from app.documents.parsing.document_builder import ParserLimits
from app.documents.parsing.media_types import PDF

MAX_PIXELS = 8_000_000  # of a page's picture
OCR_DPI = 300
SHARP_WIDTH = 1600  # pixels; a picture narrower than that is enlarged before it is read
POINTS_PER_INCH = 72


def perform(path: str, media_type: str, task: PageTask, limits: ParserLimits) -> bytes:
    """The result of a task. Raises DocumentFailure. A hostile file may do anything here: see `run_page_task`."""
    pages = PdfPages(path) if media_type == PDF else PicturePages(path, limits.max_pixels)
    match task.kind:
        case PageTaskKind.SIZES:
            return encode_sizes(list(pages.sizes()))
        case PageTaskKind.IMAGE:
            out = io.BytesIO()
            pages.image(task.page, task.width, MAX_PIXELS).save(out, "PNG")
            return out.getvalue()
        case PageTaskKind.WORDS:
            return encode_words(list(pages.words(task.page)), pictured=pages.has_pictures(task.page))
        case PageTaskKind.RECOGNISED_WORDS:
            return _recognised_words(pages, task.page, limits)


def _recognised_words(pages: PdfPages | PicturePages, page: int, limits: ParserLimits) -> bytes:
    size = pages.size(page)
    dots = size.width * OCR_DPI / POINTS_PER_INCH
    if isinstance(pages, PicturePages):
        dots = size.width * (2 if size.width < SHARP_WIDTH else 1)
    picture = pages.image(page, max(round(dots), 1), limits.max_pixels)
    return encode_words(list(recognise_words(picture, limits, size.width / picture.width)), pictured=True)
