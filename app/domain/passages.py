"""Passages: chunks that a search finds, with their scores."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.documents import LiveChunk, PageSpan


@dataclass(frozen=True, slots=True)
class Passage:
    """A live chunk that answers a query. The properties are its fields over HTTP."""

    live: LiveChunk
    score: float  # fused, 0 to 1; orders the passages
    dense: float | None  # cosine similarity, if the chunk has a vector
    lexical: float | None  # full-text score as a share of the best that a chunk can reach, 0 to 1
    pages: tuple[PageSpan, ...] = ()  # that hold its text, where it was expanded to its section

    @property
    def chunk_id(self) -> str:
        return self.live.chunk.public_id

    @property
    def document_id(self) -> str:
        return self.live.chunk.document_id

    @property
    def filename(self) -> str:
        return self.live.filename

    @property
    def version(self) -> int:
        return self.live.chunk.version

    @property
    def text(self) -> str:
        return self.live.chunk.text

    @property
    def page_start(self) -> int | None:
        return self.live.chunk.page_start

    @property
    def page_end(self) -> int | None:
        return self.live.chunk.page_end

    def pages_between(self, start: int, end: int) -> tuple[int | None, int | None, str | None]:
        """First page, last page and the file's own name of the first, of `start` to `end` in the document's text.

        The passage's pages where it does not know them closer; no name where that is the page's number.
        """
        touched = PageSpan.touching(self.pages, start, end)
        if not touched:
            return self.page_start, self.page_end, None
        return touched[0].page, touched[-1].page, touched[0].label or None

    @property
    def char_start(self) -> int:
        return self.live.chunk.char_start

    @property
    def char_end(self) -> int:
        return self.live.chunk.char_end

    @property
    def char_start_utf16(self) -> int:
        return self.live.chunk.char_start_utf16

    @property
    def char_end_utf16(self) -> int:
        return self.live.chunk.char_end_utf16

    @property
    def heading(self) -> str:
        return self.live.chunk.heading
