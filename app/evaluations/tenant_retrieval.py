"""The passages that chat would retrieve for a case, from the documents of a tenant."""

from __future__ import annotations

from dataclasses import dataclass

from app.chat.answering_profile import AnsweringProfile, AnsweringProfiles
from app.chat.steps.retrieve import passages_for_answer
from app.chat.steps.rewrite import stand_alone
from app.evaluations.cases import Case
from app.search.retriever import Retrieval, Retriever


@dataclass(frozen=True, slots=True)
class TenantRetrieval:
    """Retrieves as chat does: with the ranking of the tenant's profile, `top_k` passages for an answer."""

    retriever: Retriever
    profiles: AnsweringProfiles
    top_k: int

    def retrieve(self, profile: AnsweringProfile, case: Case) -> Retrieval:
        question = stand_alone(case.question, case.earlier)
        return passages_for_answer(self.retriever, profile, question, k=self.top_k, original=case.question)
