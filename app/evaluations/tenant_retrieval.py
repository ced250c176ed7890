"""The passages that chat would retrieve for a case, from the documents of a tenant."""

from __future__ import annotations

from dataclasses import dataclass

from app.chat.settings.service import AnsweringProfile, ChatSettingsService
from app.chat.steps.retrieve import retrieve
from app.chat.steps.rewrite import rewrite
from app.evaluations.cases import Case
from app.search.retriever import Retrieval, Retriever


@dataclass(frozen=True, slots=True)
class TenantRetrieval:
    """Retrieves as chat does: with the ranking of the tenant's profile, `top_k` passages for an answer."""

    retriever: Retriever
    chat_settings: ChatSettingsService
    top_k: int

    def retrieve(self, profile: AnsweringProfile, case: Case) -> Retrieval:
        question = rewrite(case.question, case.earlier)
        return retrieve(self.retriever, profile, question, k=self.top_k, original=case.question)
