"""The shipped pack of everyday questions: what it asks to cite stands in its documents, and it has every kind."""

from __future__ import annotations

import pytest

from app.evaluations.everyday.packs import pack_documents, read_packs
from app.evaluations.everyday.patterns import fold, held
from app.evaluations.everyday.questions import EverydayQuestion
from tests.support.paths import ROOT

PACK = ROOT / "samples" / "evaluation" / "tool-library"
QUESTIONS = [one for _, found in read_packs(PACK) for one in found if isinstance(one, EverydayQuestion)]
KINDS = {
    "direct", "paraphrase", "followup", "table", "list", "yesno", "typos", "otherlang", "summary", "near", "far",
    "smalltalk",
}  # fmt: skip


def test_every_kind_is_there() -> None:
    assert {question.kind for question in QUESTIONS} == KINDS


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_what_is_to_be_cited_stands_in_the_documents(question: EverydayQuestion) -> None:
    texts = fold(" ".join(path.read_text(encoding="utf-8") for path in pack_documents(PACK)))
    assert all(held((text,), texts) for group in question.cite for text in group)
