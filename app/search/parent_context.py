"""Parent context: the section around each chunk that was found, which the model reads in place of the chunk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain.documents import PageSpan, SectionText
from app.domain.offsets import utf16_length
from app.domain.passages import Passage


def expand(passages: Sequence[Passage], sections: Mapping[int, SectionText]) -> list[Passage]:
    """Replace the text of each passage by its section; id and scores stay. `sections` are by chunk id.

    A chunk within an earlier passage's section is dropped: the model would read it twice.
    """
    expanded: list[Passage] = []
    for passage in passages:
        chunk = passage.live.chunk
        section = sections.get(chunk.id)
        if any(is_within(passage, earlier) for earlier in expanded):
            continue
        if section is None:
            expanded.append(passage)
            continue
        end = section.char_start + len(section.text)
        pages = PageSpan.touching(section.pages, section.char_start, end)
        before = section.text[: chunk.char_start - section.char_start]
        parent = replace(
            chunk,
            text=section.text,
            char_start=section.char_start,
            char_end=end,
            utf16_shift=chunk.utf16_shift - (utf16_length(before) - len(before)),
            page_start=pages[0].page if pages else chunk.page_start,
            page_end=pages[-1].page if pages else chunk.page_end,
        )
        expanded.append(replace(passage, live=replace(passage.live, chunk=parent), pages=pages))
    return expanded


def is_within(passage: Passage, other: Passage) -> bool:
    """Whether the text of `passage` lies within the text of `other`, in the same version of a document."""
    return (
        (passage.document_id, passage.version) == (other.document_id, other.version)
        and other.char_start <= passage.char_start
        and passage.char_end <= other.char_end
    )
