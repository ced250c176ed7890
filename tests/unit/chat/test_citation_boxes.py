"""Boxes of citations: each quote is looked for once, and a document that cannot be read costs no answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.chat import citation_boxes
from app.chat.citation_boxes import CitationBoxes
from app.domain.conversations import Citation
from app.domain.pages import QuoteBox
from app.errors import NotFound

CITATION = Citation(1, "chk_1", "doc_1", "a.pdf", 1, "ten", 0, 3, 1, 1, 5, 8, 1.0, verified=True)
BOX = QuoteBox(1, 0, 0, 10, 10)


async def test_a_quote_that_is_cited_twice_is_looked_for_once() -> None:
    asked: list[tuple[str, int]] = []

    def locate(tenant_id: str, citation: Citation) -> tuple[QuoteBox, ...]:
        asked.append((tenant_id, citation.char_start))
        return (BOX,)

    boxes = CitationBoxes(locate).of_answer("ten_1")
    found = await boxes.add_all([CITATION, replace(CITATION, index=2), replace(CITATION, char_start=6)])
    assert [citation.boxes for citation in found] == [(BOX,)] * 3
    assert asked == [("ten_1", 5), ("ten_1", 6)]


async def test_a_document_that_is_gone_has_no_boxes() -> None:
    def locate(_tenant_id: str, _citation: Citation) -> tuple[QuoteBox, ...]:
        raise NotFound("No such document.")

    assert (await CitationBoxes(locate).of_answer("ten_1").add(CITATION)).boxes is None


async def test_what_comes_after_the_time_of_an_answer_is_not_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(citation_boxes, "MAX_SECONDS", 0.0)
    boxes = CitationBoxes(lambda _tenant_id, _citation: (BOX,)).of_answer("ten_1")
    assert (await boxes.add(CITATION)).boxes is None
