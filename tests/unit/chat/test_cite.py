"""The cite step: which unit is cited, at which of the three levels, and under which number."""

from __future__ import annotations

import pytest

from app.chat.steps.cite import Attribution
from app.domain.conversations import Citation, Doubt, Support, TextSpan
from app.domain.passages import Passage
from app.embeddings.hashing import HashingEmbedder
from tests.unit.chat.passages import passage

NOTICE = "The officer is Ilse Varga. Requests are answered within 30 days. The garden opens at nine."


def attributed(question: str, answer: str, *passages: Passage) -> tuple[list[Citation], list[TextSpan]]:
    return Attribution(HashingEmbedder(), question, passages or [passage(NOTICE)]).attribute(answer)


def test_sentence_that_its_quote_says_is_verified() -> None:
    ([citation], unsupported) = attributed("How soon are requests answered?", "Requests are answered within 30 days.")
    assert (citation.support, citation.reason, citation.verified) == (Support.VERIFIED, None, True)
    assert citation.quote == "Requests are answered within 30 days."
    assert unsupported == []


def test_changed_figure_is_cited_with_what_is_not_confirmed() -> None:
    ([citation], _) = attributed("How soon are requests answered?", "Requests are answered within 13 days.")
    assert (citation.support, citation.reason, citation.verified) == (Support.SUPPORTED, Doubt.NUMBER, False)


def test_sentence_with_the_figure_is_cited_rather_than_the_one_beside_it() -> None:
    ([citation], _) = attributed("How soon are requests answered?", "The officer answers them within 30 days.")
    assert "30 days" in citation.quote


def test_sentence_drawn_from_two_neighbours_is_cited_by_both() -> None:
    text = "The hut opens at nine in the morning. It closes at six in the evening."
    ([citation], _) = attributed("When is the hut open?", "The hut opens at nine and closes at six.", passage(text))
    assert citation.verified
    assert citation.quote == text
    assert text[citation.char_start : citation.char_end] == text


def test_right_row_is_cited_alone() -> None:
    rows = "item: rope | price_eur: 16.30 | left: 76\nitem: lamp | price_eur: 24.90 | left: 25"
    ([citation], _) = attributed("How many lamps are left?", "25 lamps are left.", passage(rows))
    assert (citation.quote, citation.verified) == ("item: lamp | price_eur: 24.90 | left: 25", True)
    (cited, _) = attributed("How many lamps are left?", "76 lamps are left.", passage(rows))
    assert not any(citation.verified for citation in cited)


def test_currency_in_a_header_supports_its_word_in_the_answer() -> None:
    rows = "item: rope | price_eur: 16.30 | left: 76\nitem: lamp | price_eur: 24.90 | left: 25"
    ([citation], _) = attributed(
        "What is the price of the rope?", "The price of the rope is 16.30 euros.", passage(rows)
    )
    assert citation.verified


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("Whales sing under water.", Doubt.NOTHING),
        ("Are requests answered within 30 days?", Doubt.QUESTION),
    ],
)
def test_unsupported_sentence_says_why(answer: str, reason: Doubt) -> None:
    (citations, [span]) = attributed("How soon are requests answered?", answer)
    assert citations == []
    assert span == TextSpan(0, len(answer), reason)


def test_without_passages_every_sentence_is_without_source() -> None:
    (_, [span]) = Attribution(HashingEmbedder(), "Why?", []).attribute("Because.")
    assert span.reason is Doubt.NOTHING


def test_sentences_that_rest_on_one_quote_share_its_number() -> None:
    text = "Requests are answered within 30 days by the officer Ilse Varga. The garden opens at nine."
    answer = "Requests are answered within 30 days. The garden opens at nine. The officer is Ilse Varga."
    (citations, _) = attributed("Who answers requests and how soon?", answer, passage(text))
    assert [citation.index for citation in citations] == [1, 2, 1]
    assert len({(citation.start, citation.end) for citation in citations}) == 3


def test_other_figure_of_another_document_is_told() -> None:
    old = passage("A night in a hotel is paid up to 110 euros.", filename="trips-2022.md", number=1)
    new = passage("A night in a hotel is paid up to 140 euros.", filename="trips-2025.md", number=2)
    answer = "A night in a hotel is paid up to 110 euros."
    ([citation], _) = attributed("What is paid for a night in a hotel?", answer, old, new)
    assert (citation.support, citation.reason) == (Support.SUPPORTED, Doubt.CONFLICT)
    assert [(one.filename, one.quote) for one in citation.conflicts] == [("trips-2025.md", new.text)]


def test_question_for_a_year_is_answered_by_its_document() -> None:
    old = passage("A night in a hotel is paid up to 110 euros.", filename="trips-2022.md", number=1)
    new = passage("A night in a hotel is paid up to 140 euros.", filename="trips-2025.md", number=2)
    question = "What is paid for a night in a hotel in 2025?"
    ([citation], _) = attributed(question, "A night in a hotel is paid up to 140 euros.", old, new)
    assert (citation.verified, citation.filename) == (True, "trips-2025.md")
    ([citation], _) = attributed(question, "A night in a hotel is paid up to 110 euros.", old, new)
    assert (citation.verified, citation.reason) == (False, Doubt.YEAR)


def test_offsets_of_citations_are_also_in_utf16() -> None:
    notice = f"\U0001f600\U0001f600 {NOTICE}"
    answer = "\U0001f600 Yes. Requests are answered within 30 days."
    (citations, unsupported) = attributed("How soon are requests answered?", answer, passage(notice))
    for citation in citations:
        found = notice.encode("utf-16-le")[2 * citation.char_start_utf16 : 2 * citation.char_end_utf16]
        assert found.decode("utf-16-le") == citation.quote
    assert "30 days" in citations[-1].quote
    for span in [*citations, *unsupported]:
        found = answer.encode("utf-16-le")[2 * span.start_utf16 : 2 * span.end_utf16]
        assert found.decode("utf-16-le") == answer[span.start : span.end]
