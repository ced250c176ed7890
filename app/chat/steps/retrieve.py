"""The retrieve step: the search for the passages of an answer, for chat and for everything that measures chat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.chat.settings.service import AnsweringProfile
from app.chat.steps.rewrite import refers_back, rewrite
from app.search.filters import EVERYWHERE, Restriction
from app.search.retriever import Retrieval, Retriever


def retrieve(
    retriever: Retriever,
    profile: AnsweringProfile,
    question: str,
    *,
    k: int,
    original: str | None = None,
    restriction: Restriction = EVERYWHERE,
) -> Retrieval:
    """Find the best `k` passages for a tenant's question, each expanded to the section around it.

    `question` stands alone; `original` is its wording before the rewrite. Raises NotFound for an unknown collection,
    InvalidRequest for a filter on a field that no document has, or for word vectors where there are none.
    """
    return retriever.search(
        profile.tenant_id,
        question,
        k=k,
        profile=profile.search,
        restriction=restriction,
        original=original,
        parent_context=True,
    )


@dataclass(frozen=True, slots=True)
class Found:
    """What a question of a conversation found, and whether it was searched for as one that goes on from the last."""

    retrieval: Retrieval
    searched: str
    goes_on: bool


def retrieve_in_conversation(
    retriever: Retriever,
    profile: AnsweringProfile,
    question: str,
    earlier: Sequence[str],
    *,
    k: int,
    restriction: Restriction = EVERYWHERE,
) -> Found:
    """Find passages for a question after the `earlier` ones. Raises as `retrieve` does.

    A question that may go on from an earlier one is searched for behind that one and alone; the wording that finds
    better leads. Unless it certainly refers back, that also tells whether it goes on.
    """
    standalone = rewrite(question, earlier)
    if standalone == question:
        return Found(retrieve(retriever, profile, question, k=k, restriction=restriction), question, goes_on=False)
    retrieval = retrieve(retriever, profile, standalone, k=k, original=question, restriction=restriction)
    goes_on = refers_back(question) or retrieval.wording != question
    return Found(retrieval, standalone if goes_on else question, goes_on)
