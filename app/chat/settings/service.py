"""A tenant's chat settings: preamble, refusal threshold and search profile, for chat and for what measures chat."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from app.domain.conversations import Judging, RefusalPolicy, TenantChatSettings
from app.llm.base import Judge
from app.search.dense_retriever import DenseRetrievers
from app.search.profile import HYBRID, PROFILES, SearchProfile
from app.storage.database import Database


@dataclass(frozen=True, slots=True)
class AnsweringProfile:
    """The settings in force for one tenant's questions."""

    tenant_id: str
    preamble: str = ""  # role and tone, in every prompt
    policy: RefusalPolicy = field(default_factory=RefusalPolicy)
    search: SearchProfile = HYBRID
    judge: Judge | None = None  # who judges passages and answers; None: rules alone


class ChatSettingsService:
    """Reads and changes the chat settings of all tenants. Thread-safe."""

    def __init__(
        self,
        db: Database,
        retrievers: DenseRetrievers,
        policy: RefusalPolicy,
        judge: Callable[[str], Judge | None] = lambda _: None,
    ) -> None:
        """`policy` is in force for tenants whose threshold was not calibrated on the embeddings in use.

        `judge` says who judges a tenant's passages.
        """
        self._judge = judge
        self._db = db
        self._retrievers = retrievers
        self._policy = policy

    def get(self, tenant_id: str) -> TenantChatSettings:
        with self._db.read_tenant(tenant_id) as store:
            return store.chat_settings.get()

    def update(
        self,
        tenant_id: str,
        *,
        preamble: str | None = None,
        representation: str | None = None,
        judging: Judging | None = None,
        questions: Sequence[str] | None = None,
    ) -> TenantChatSettings:
        """Change what is not None; in force from the next question on.

        `representation` is a name in PROFILES. Raises InvalidRequest for word vectors if the service has none.
        """
        if representation is not None:
            self._retrievers.get(tenant_id, PROFILES[representation].space)
        with self._db.write_tenant(tenant_id) as store:
            if preamble is not None:
                store.chat_settings.set_preamble(preamble)
            if representation is not None:
                store.chat_settings.set_representation(representation)
            if judging is not None:
                store.chat_settings.set_judging(judging)
            if questions is not None:
                store.chat_settings.set_questions(questions)
            return store.chat_settings.get()

    def profile(self, tenant_id: str) -> AnsweringProfile:
        """The settings in force for the tenant's next question."""
        own = self.get(tenant_id)
        judge = self._judge(tenant_id) if own.judging == "model" else None
        policy = self._policy_of(tenant_id, own)
        if judge is not None:
            fitted = own.answerable_threshold if own.judged_by == judge.label else None
            threshold = judge.threshold if fitted is None else fitted
            policy = replace(policy, answerable=threshold, sure=judge.sure)
        return AnsweringProfile(tenant_id, own.preamble, policy, PROFILES[own.representation], judge)

    def _policy_of(self, tenant_id: str, own: TenantChatSettings) -> RefusalPolicy:
        """The tenant's calibrated policy, if it was fitted on the embeddings in use."""
        if own.refusal_threshold is None:
            return self._policy
        if own.fingerprint != self._retrievers.get(tenant_id, "embeddings").fingerprint:
            return self._policy
        return replace(self._policy, threshold=own.refusal_threshold)
