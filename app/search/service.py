"""The rules of a search over HTTP."""

from __future__ import annotations

from app.domain.passages import Passage
from app.search.filters import EVERYWHERE, Restriction
from app.search.profile import HYBRID, SearchProfile
from app.search.retriever import Retriever


class SearchService:
    """Searches the passages of all tenants; every call names its tenant."""

    def __init__(self, retriever: Retriever) -> None:
        self._retriever = retriever

    def search(
        self,
        tenant_id: str,
        query: str,
        *,
        k: int,
        profile: SearchProfile = HYBRID,
        restriction: Restriction = EVERYWHERE,
    ) -> list[Passage]:
        """Find the best `k` passages, best first.

        Raises NotFound for an unknown collection, InvalidRequest for a filter on a field that no document has, or for
        word vectors where there are none.
        """
        found = self._retriever.search(tenant_id, query, k=k, profile=profile, restriction=restriction)
        return found.passages
