"""The retrieve step: the search for the passages of an answer, for chat and for everything that measures chat."""

from __future__ import annotations

from app.chat.settings.service import AnsweringProfile
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
