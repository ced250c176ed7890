"""From the chunks that were found to the sections that a model is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain.documents import PageSpan, SectionText
from app.search.passage import Passage


def widened(passages: Sequence[Passage], sections: Mapping[int, SectionText]) -> list[Passage]:
    """Each passage with the text of its section in place of its chunk's, its id and score as they were.

    A chunk that lies within an earlier passage's section is left out: the model would read it twice.
    """
    wide: list[Passage] = []
    for passage in passages:
        chunk = passage.live.chunk
        section = sections.get(chunk.id)
        if any(is_within(passage, earlier) for earlier in wide):
            continue
        if section is None:
            wide.append(passage)
            continue
        end = section.char_start + len(section.text)
        first, last = _pages(section.pages, section.char_start, end)
        widened_chunk = replace(
            chunk,
            text=section.text,
            char_start=section.char_start,
            char_end=end,
            page_start=first or chunk.page_start,
            page_end=last or chunk.page_end,
        )
        wide.append(replace(passage, live=replace(passage.live, chunk=widened_chunk)))
    return wide


def is_within(passage: Passage, other: Passage) -> bool:
    """Whether the text of `passage` lies within the text of `other`, in the same version of a document."""
    inner, outer = passage.live.chunk, other.live.chunk
    return (
        (inner.document_id, inner.version) == (outer.document_id, outer.version)
        and outer.char_start <= inner.char_start
        and inner.char_end <= outer.char_end
    )


def _pages(pages: Sequence[PageSpan], start: int, end: int) -> tuple[int | None, int | None]:
    """First and last page that hold some of start..end."""
    touched = [span.page for span in pages if span.char_start < end and span.char_end > start]
    return (touched[0], touched[-1]) if touched else (None, None)
