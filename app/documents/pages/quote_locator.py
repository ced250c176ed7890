"""Places of a quote on the pages of its file: from the file's own text, else from the words that OCR recognises."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.documents.pages.page_reader import PageReader, StoredFile
from app.documents.pages.page_text import PageText, search_key
from app.documents.pages.page_words import PageWords
from app.documents.pages.quote_boxes import boxes_of
from app.documents.pages.quote_matching import Match, Quote, find_quote
from app.domain.documents import DocumentText, PageSpan
from app.domain.pages import PageSize, QuoteBox
from app.errors import DocumentFailure

FEWEST_CARRIED = 8  # letters of a quote's end that may stand on the next page


@dataclass(frozen=True, slots=True)
class _PageQuote:
    """The part of a quote that is looked for on a page. `carried`: all of it comes from the page before."""

    quote: Quote
    carried: bool


class QuoteLocator:
    """Finds quotes on pages. Blocks for the time that reading a page takes: seconds with OCR."""

    def __init__(self, reader: PageReader) -> None:
        self._reader = reader

    def boxes(self, file: StoredFile, text: DocumentText, start: int, end: int) -> list[QuoteBox]:
        """Boxes of text[start:end], page by page; none where it is not found. Raises DocumentFailure."""
        sizes = self._reader.sizes(file)
        boxes: list[QuoteBox] = []
        rest = ""
        for span in text.pages[: len(sizes)]:
            wanted = _on_page(text, span, start, end, rest)
            rest = ""
            if wanted is not None:
                found, rest = self._on_page(file, span.page, sizes[span.page - 1], wanted)
                boxes += found
        return boxes

    def _on_page(
        self, file: StoredFile, page: int, size: PageSize, wanted: _PageQuote
    ) -> tuple[Sequence[QuoteBox], str]:
        """Boxes on one page, and the end of the quote that may stand on the next one."""
        for words in self._readings(file, page, carried=wanted.carried):
            match = find_quote(PageText(words.words), wanted.quote)
            if match is not None:
                return boxes_of(words.words, match.parts, page, size), _rest(match)
        return (), ""

    def _readings(self, file: StoredFile, page: int, *, carried: bool) -> Iterator[PageWords]:
        """The words that the file has, then those that OCR recognises if the page has pictures."""
        words = self._reader.words(file, page)
        if words.words:
            yield words
        if words.pictured and not carried:
            try:
                yield self._reader.recognised_words(file, page)
            except DocumentFailure:  # OCR is not installed, or too slow: the page stays without boxes
                return


def _on_page(text: DocumentText, span: PageSpan, start: int, end: int, rest: str) -> _PageQuote | None:
    """What to look for on the page of a span: its part of the range behind the `rest` of the page before."""
    page_text = text.text[span.char_start : span.char_end]
    first, last = max(start, span.char_start) - span.char_start, min(end, span.char_end) - span.char_start
    has_part = first < last
    if not rest:
        return _PageQuote(Quote(page_text, first, last), carried=False) if has_part else None
    lead = f"{rest} "
    return _PageQuote(Quote(lead + page_text, 0, len(lead) + (last if has_part else 0)), carried=not has_part)


def _rest(match: Match) -> str:
    return match.rest if len(search_key(match.rest)) >= FEWEST_CARRIED else ""
