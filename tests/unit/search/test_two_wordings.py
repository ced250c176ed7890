"""A question of a conversation is searched as it was typed and as it was rewritten; what finds better comes first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.bootstrap.retrieval import temporary_retriever
from app.embeddings.hashing import HashingEmbedder
from app.evaluations.beir import Entry, RetrievalSet
from app.evaluations.corpus import indexed
from app.search.retriever import Retrieval, Retriever
from app.search.scores import relatedness

TEXTS = {
    "orchard": "The orchard opens at seven in the morning. The orchard is shut in winter.",
    "lathe": "The heavy lathe needs oil every week. A worn lathe belt costs thirty euros.",
    "staff parking": "Parking costs staff four euros a day in the yard.",
    "visitor parking": "Parking costs visitors nine euros a day in the yard.",
    "visitor badge": "Visitors wear a yellow badge.",
    "choir": "The choir sings on Thursdays.",
}


@pytest.fixture
def corpus() -> Iterator[tuple[Retriever, str]]:
    entries = {key: Entry("", text) for key, text in TEXTS.items()}
    with indexed(temporary_retriever, RetrievalSet("invented", entries, {}, {}), HashingEmbedder()) as made:
        yield made


def names(retrieval: Retrieval) -> list[str]:
    return [str(passage.live.metadata["id"]) for passage in retrieval.passages]


def test_rewrite_that_drags_in_an_earlier_topic_does_not_win(corpus: tuple[Retriever, str]) -> None:
    retriever, tenant_id = corpus
    typed, mixed = "When is the orchard open?", "When is the orchard open? (heavy lathe oil worn belt)"
    alone = retriever.search(tenant_id, typed, k=3)
    found = retriever.search(tenant_id, mixed, k=3, original=typed)
    assert names(retriever.search(tenant_id, mixed, k=1)) == ["lathe"], "the rewrite alone finds the earlier topic"
    assert names(found)[0] == "orchard"
    assert found.wording == typed
    assert found.confidence == pytest.approx(alone.confidence)


def test_rewrite_that_a_follow_up_needs_wins(corpus: tuple[Retriever, str]) -> None:
    retriever, tenant_id = corpus
    typed, rewritten = "And for visitors?", "How much does parking a day cost visitors in the yard?"
    found = retriever.search(tenant_id, rewritten, k=4, original=typed)
    assert names(found)[0] == "visitor parking"
    assert found.wording == rewritten
    assert found.confidence == pytest.approx(retriever.search(tenant_id, rewritten, k=4).confidence)


def test_what_only_the_other_wording_finds_follows(corpus: tuple[Retriever, str]) -> None:
    retriever, tenant_id = corpus
    found = retriever.search(tenant_id, "orchard winter morning choir?", k=2, original="lathe belt")
    assert set(names(found)) == {"orchard", "lathe"}


def test_question_without_a_rewrite_is_its_own_wording(corpus: tuple[Retriever, str]) -> None:
    retriever, tenant_id = corpus
    alone = retriever.search(tenant_id, "choir", k=2)
    same = retriever.search(tenant_id, "choir", k=2, original="choir")
    assert alone.wording == same.wording == "choir"
    assert names(alone) == names(same)
    assert [passage.score for passage in alone.passages] == [passage.score for passage in same.passages]


def test_words_found_by_chance_count_less_in_the_language_of_the_text_only(corpus: tuple[Retriever, str]) -> None:
    retriever, tenant_id = corpus
    floor = HashingEmbedder().similarity_floor

    def best(question: str) -> tuple[float, float]:
        """(score, mean of its two halves) of the best passage that has words of the question."""
        passages = retriever.search(tenant_id, question, k=6).passages
        one = next(passage for passage in passages if passage.lexical)
        return one.score, (relatedness(one.dense or 0.0, floor) + (one.lexical or 0.0)) / 2

    english, mean = best("who would ever tell me what those tall machines beside the orchard were meant for")
    assert english != pytest.approx(mean)
    portuguese, mean = best("quem é que me diz para que servem as máquinas altas que estão ao lado do orchard")
    assert portuguese == pytest.approx(mean)
