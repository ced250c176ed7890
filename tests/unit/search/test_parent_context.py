"""Sections: what the model is given around a chunk that was found."""

from __future__ import annotations

from dataclasses import replace

from app.domain.documents import Chunk, LiveChunk, PageSpan, SectionText
from app.domain.passages import Passage
from app.search.parent_context import expand

TEXT = "Alpha beta. Gamma delta. Epsilon zeta. Eta theta."
PAGES = (PageSpan(1, 0, 24), PageSpan(2, 24, 49))


def passage(chunk_id: int, start: int, end: int, document: str = "doc") -> Passage:
    chunk = Chunk(0, TEXT[start:end], "A", 1, 1, start, end, 4, id=chunk_id, document_id=document, version=1)
    return Passage(LiveChunk(chunk, "a.txt", "default", {}), 0.5, None, None)


def test_passage_gets_its_sections_text_offsets_and_pages() -> None:
    (wide,) = expand([passage(1, 12, 24)], {1: SectionText(TEXT[12:38], 12, PAGES)})
    chunk = wide.live.chunk
    assert (chunk.id, wide.score) == (1, 0.5)
    assert chunk.text == TEXT[chunk.char_start : chunk.char_end] == "Gamma delta. Epsilon zeta."
    assert (chunk.page_start, chunk.page_end) == (1, 2)
    assert wide.pages_between(12, 24) == (1, 1, None)
    assert wide.pages_between(20, 30) == (1, 2, None)
    (wide,) = expand([passage(1, 12, 24)], {1: SectionText(TEXT[12:38], 12, (PAGES[0], PageSpan(2, 24, 49, "A-1")))})
    assert wide.pages_between(25, 38) == (2, 2, "A-1")
    assert passage(1, 12, 24).pages_between(12, 24) == (1, 1, None)


def test_chunk_within_an_earlier_section_is_not_given_twice() -> None:
    sections = {1: SectionText(TEXT[0:38], 0, ()), 2: SectionText(TEXT[12:49], 12, ())}
    assert [p.live.chunk.id for p in expand([passage(1, 0, 11), passage(2, 25, 38)], sections)] == [1]
    elsewhere = passage(2, 25, 38, document="other")
    assert [p.live.chunk.id for p in expand([passage(1, 0, 11), elsewhere], sections)] == [1, 2]


def test_chunk_without_a_section_stays_as_it_is() -> None:
    found = passage(1, 0, 11)
    assert expand([found], {}) == [found]


def test_section_of_a_chunk_keeps_its_utf16_offsets() -> None:
    text = "\U0001f600 one. \U0001f600 two. \U0001f600 three."
    start, end = text.index("\U0001f600 three"), len(text)
    found = passage(1, 0, 1)
    chunk = replace(found.live.chunk, text=text[start:], char_start=start, char_end=end, utf16_shift=2)
    found = replace(found, live=replace(found.live, chunk=chunk))
    begin = text.index("\U0001f600 two")
    (wide,) = expand([found], {1: SectionText(text[begin:], begin, ())})
    code_units = text.encode("utf-16-le")[2 * wide.char_start_utf16 : 2 * wide.char_end_utf16]
    assert code_units.decode("utf-16-le") == wide.text == text[begin:]
