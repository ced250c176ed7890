"""Prompt budget, markers, follow-ups, attribution: what stands between retrieval and the answer."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.chat.steps.cite import Attribution
from app.chat.steps.markers import CitationMarkerFilter
from app.chat.steps.prompt import build_prompt
from app.chat.steps.rewrite import rewrite
from app.domain.documents import Chunk, LiveChunk, PageSpan
from app.domain.passages import Passage
from app.embeddings.hashing import HashingEmbedder
from app.errors import PromptTooLong
from app.llm.fake import CodePointTokenizer


def passage(text: str, number: int = 1, start: int = 0, score: float = 0.8) -> Passage:
    chunk = Chunk(
        0, text, "", 3, 3, start, start + len(text), len(text.split()), id=number, document_id="doc_1", version=1
    )
    return Passage(LiveChunk(chunk, "a.txt", "default", {}), score, 0.9, 1.0)


def prompt(question: str, texts: list[str], budget: int):
    passages = [passage(text, i + 1) for i, text in enumerate(texts)]
    return build_prompt(question, passages, language="en", tokenizer=CodePointTokenizer(), budget=budget)


@settings(max_examples=200, deadline=None)
@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=50),
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=300), max_size=6),
    st.integers(0, 1500),
)
def test_prompt_never_exceeds_its_budget_and_accounts_for_every_passage(
    question: str, texts: list[str], budget: int
) -> None:
    try:
        built = prompt(question, texts, budget)
    except PromptTooLong:
        assert budget < len(question) + 150
        return
    assert len(built.token_ids) <= budget
    assert built.context.retrieved == len(texts)
    assert built.context.used + built.context.dropped == len(texts)
    assert built.context.used == len(built.passages)


def test_prompt_goes_from_stable_to_volatile() -> None:
    text = CodePointTokenizer().decode(prompt("Why?", ["First.", "Second."], 2000).token_ids)
    places = [text.index(piece) for piece in ("from the passages", "[1] a.txt\nFirst.", "[2] a.txt\nSecond.", "Why?")]
    assert places == sorted(places)


def test_last_passage_is_cut_to_fit_rather_than_dropped() -> None:
    whole = prompt("Why?", ["x" * 100, "y" * 1000], 5000)
    cut = prompt("Why?", ["x" * 100, "y" * 1000], len(whole.token_ids) - 500)
    assert cut.context.used == 2


def test_passages_far_behind_the_best_are_left_out_and_counted() -> None:
    passages = [passage("near", 1, score=0.7), passage("nearly", 2, score=0.56), passage("far", 3, score=0.5)]
    built = build_prompt("Why?", passages, language="en", tokenizer=CodePointTokenizer(), budget=2000)
    assert [used.live.chunk.text for used in built.passages] == ["near", "nearly"]
    assert (built.context.retrieved, built.context.used, built.context.dropped) == (3, 2, 1)


@given(st.lists(st.sampled_from(["a", " ", "[", "]", "1", "12", "[1]", " [2]", ".", "x[3]y"]), max_size=30))
def test_markers_are_taken_out_however_the_text_is_cut(pieces: list[str]) -> None:
    whole = CitationMarkerFilter()
    at_once = whole.push("".join(pieces)) + whole.finish()
    piecewise = CitationMarkerFilter()
    streamed = "".join(piecewise.push(piece) for piece in pieces) + piecewise.finish()
    assert streamed.rstrip() == at_once.rstrip()
    assert re.search(r"\[\d{1,3}\]", streamed) is None
    assert re.sub(r"[^axy.]", "", streamed) == re.sub(r"[^axy.]", "", "".join(pieces))


@pytest.mark.parametrize(
    ("question", "earlier", "expected"),
    [
        ("When does it close?", ["When does the museum open?"], "When does the museum open? When does it close?"),
        (
            "What does a ticket cost?",
            ["When does the museum open?"],
            "When does the museum open? What does a ticket cost?",
        ),
        ("What does a ticket to the Louvre cost?", ["When does the museum open?"], None),
        ("Which rivers flow through old walled towns with stone bridges and towers?", ["When does it open?"], None),
        (
            "And on Sundays?",
            ["When does the museum open?", "Who built it?"],
            "When does the museum open? Who built it? And on Sundays?",
        ),
        ("Posso dividi-las?", ["Quantas férias tenho?"], "Quantas férias tenho? Posso dividi-las?"),
        ("E quanto custa?", ["Quando abre o museu?"], "Quando abre o museu? E quanto custa?"),
        ("When does it close?", [], "When does it close?"),
    ],
)
def test_follow_up_is_searched_behind_the_question_that_it_goes_on_from(
    question: str, earlier: list[str], expected: str | None
) -> None:
    """None: it stands alone already."""
    assert rewrite(question, earlier) == (question if expected is None else expected)


TEXT = "The museum opens at ten in the morning. It closes at six. A ticket costs twelve euros for adults."


def attribution(question: str = "What does a ticket cost?") -> Attribution:
    return Attribution(HashingEmbedder(), question, [passage(TEXT, start=100)])


def test_quote_is_verbatim_and_lies_where_it_says() -> None:
    answer = "A ticket for adults costs twelve euros. The museum opens at ten in the morning."
    citations, unsupported = attribution().attribute(answer)
    assert unsupported == []
    assert [citation.index for citation in citations] == [1, 2]
    for citation in citations:
        assert TEXT[citation.char_start - 100 : citation.char_end - 100] == citation.quote
        assert answer[citation.start : citation.end].endswith(".")
        assert citation.page_start == 3
    assert "twelve euros" in citations[0].quote
    assert "ten in the morning" in citations[1].quote


def test_citation_names_the_pages_of_its_quote_and_not_those_of_the_passage() -> None:
    begin = TEXT.index("A ticket")
    pages = (PageSpan(3, 0, 100 + begin), PageSpan(4, 100 + begin, 300, "iv"))
    found = replace(passage(TEXT, start=100), pages=pages)
    answer = "A ticket for adults costs twelve euros. The museum opens at ten in the morning."
    (ticket, hours), _ = Attribution(HashingEmbedder(), "What does a ticket cost?", [found]).attribute(answer)
    assert (ticket.page_start, ticket.page_end, ticket.page_label) == (4, 4, "iv")
    assert (hours.page_start, hours.page_end, hours.page_label) == (3, 3, None)


def test_question_that_the_model_repeats_is_not_cited() -> None:
    citations, unsupported = attribution().attribute("Does a ticket cost twelve euros for adults?")
    assert citations == []
    assert len(unsupported) == 1


def test_what_nothing_supports_is_marked_and_not_cited() -> None:
    answer = "Penguins live in Antarctica."
    citations, unsupported = attribution().attribute(answer)
    assert citations == []
    assert [answer[span.start : span.end] for span in unsupported] == [answer]


def test_repeating_the_question_proves_nothing() -> None:
    citations, unsupported = attribution().attribute("What does a ticket cost?")
    assert citations == []
    assert len(unsupported) == 1


def test_best_quote_is_the_one_asked_about() -> None:
    source = attribution("What does a ticket cost for adults?").best_quote()
    assert source is not None
    assert source.text.startswith("A ticket costs")


def test_no_passages_support_nothing() -> None:
    empty = Attribution(HashingEmbedder(), "Why?", [])
    assert empty.attribute("Because.")[0] == []
    assert empty.best_quote() is None


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_every_sentence_is_either_cited_or_marked(answer: str, text: str) -> None:
    from app.text.sentences import sentence_spans

    citations, unsupported = Attribution(HashingEmbedder(), "q", [passage(text)]).attribute(answer)
    spans = sorted([(c.start, c.end) for c in citations] + [(s.start, s.end) for s in unsupported])
    assert spans == list(sentence_spans(answer))
    assert all(c.quote == text[c.char_start : c.char_end] for c in citations)


def test_quote_in_place_of_an_answer_is_whole() -> None:
    text = (
        "Opening hours\n\nThe museum opens at ten. It closes at six.\n\nNot allowed in the rooms\n\n"
        "Leave the following things at the desk:\n- umbrellas\n- large bags\n- food\n\nDogs wait outside."
    )

    def quoted(question: str) -> str:
        found = Attribution(HashingEmbedder(), question, [passage(text)]).best_quote()
        assert found is not None
        return found.text

    assert quoted("What are the opening hours?") == "The museum opens at ten. It closes at six."
    whole_list = "Leave the following things at the desk:\n- umbrellas\n- large bags\n- food"
    assert quoted("umbrellas") == whole_list
    assert quoted("What is not allowed in the rooms?").startswith(whole_list)
    assert quoted("Which things do I leave at the desk?") == whole_list
    assert quoted("Where do dogs wait?") == "Dogs wait outside."


def test_answer_that_repeats_one_item_is_completed_by_its_list() -> None:
    whole_list = "Leave the following things at the desk:\n- wet umbrellas\n- large bags\n- food and drinks"
    text = f"{whole_list}\n\nDogs wait outside."
    found = Attribution(HashingEmbedder(), "What do I have to leave at the desk?", [passage(text)])

    def completed(answer: str) -> str | None:
        whole = found.rest_of_list(answer, found.attribute(answer)[0])
        return whole and whole.text

    assert completed("Wet umbrellas.") == whole_list
    assert completed("Wet umbrellas. Large bags.") is None  # more than one: the model went on by itself
    assert completed("Dogs wait outside.") is None
