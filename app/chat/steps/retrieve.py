"""The passages that an answer is written over: one search, for chat and for everything that measures chat."""

from __future__ import annotations

from app.chat.answering_profile import AnsweringProfile
from app.search.retriever import Restriction, Retrieval, Retriever


def passages_for_answer(
    retriever: Retriever,
    profile: AnsweringProfile,
    question: str,
    *,
    k: int,
    original: str | None = None,
    restriction: Restriction | None = None,
) -> Retrieval:
    """The best `k` passages for a tenant's question, each widened to the section around it.

    `question` stands alone; `original` is its wording before that. Raises NotFound for an unknown collection,
    InvalidRequest for a filter on a field that no document has, or for word vectors where there are none.
    """
    return retriever.search(
        profile.tenant_id,
        question,
        k=k,
        restriction=restriction,
        ranking=profile.ranking,
        original=original,
        sections=True,
    )
