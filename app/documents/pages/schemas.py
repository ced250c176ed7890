"""Response bodies of pages."""

from __future__ import annotations

from pydantic import Field

from app.http.schemas import QuoteBoxOut, ResponseBody

MAX_WIDTH = 2000


class PageOverviewOut(ResponseBody):
    page: int = Field(description="From 1.")
    label: str = Field(description='What the file calls the page, for example "iv"; else its number.')
    width: float | None = Field(
        description="As the page is shown, in points; of a picture, in its pixels. Null if there is no page image."
    )
    height: float | None
    char_start: int = Field(description="Offset of the page in the document's text, in Unicode code points.")
    char_end: int
    char_start_utf16: int = Field(description="`char_start` in UTF-16 code units, as JavaScript and Java count.")
    char_end_utf16: int


class PagesOut(ResponseBody):
    document_id: str
    version: int
    images: bool = Field(description="Whether the pages have images: PDFs and pictures do.")
    total: int
    pages: list[PageOverviewOut] = Field(
        description="All pages. A document without pages is divided into parts of about 4,000 characters."
    )


class PageContentOut(PageOverviewOut):
    document_id: str
    version: int
    images: bool
    text: str = Field(description="The document's text[char_start:char_end].")
    html: str = Field(
        description="The text as paragraphs, escaped, with `data-start` and `data-end`; `<mark>` for the range asked."
    )


class QuotePlaceOut(ResponseBody):
    document_id: str
    version: int
    start: int
    end: int
    boxes: list[QuoteBoxOut] = Field(description="One for each line. Empty if the quote was not found on the page.")
