"""How a tenant is answered: preamble, refusal policy and ranking, for chat and for everything that measures chat."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from app.chat.steps.refuse import RefusalPolicy
from app.domain.conversations import Answering
from app.search.profile import RANKINGS
from app.search.retriever import Ranking
from app.search.retrievers import DenseLegs
from app.storage.sqlite.database import Database


@dataclass(frozen=True, slots=True)
class AnsweringProfile:
    """The settings in force for one tenant's questions."""

    tenant_id: str
    preamble: str = ""  # role and tone, in every prompt
    policy: RefusalPolicy = field(default_factory=RefusalPolicy)
    ranking: Ranking = field(default_factory=Ranking)


class AnsweringProfiles:
    """Reads the profiles of all tenants. Thread-safe."""

    def __init__(self, db: Database, legs: DenseLegs, policy: RefusalPolicy) -> None:
        """`policy` is in force for tenants whose index was not calibrated on the embeddings they are searched by."""
        self._db = db
        self._legs = legs
        self._policy = policy

    def get(self, tenant_id: str) -> AnsweringProfile:
        with self._db.read_tenant(tenant_id) as store:
            own = store.chat_settings.get()
        return AnsweringProfile(tenant_id, own.preamble, self._policy_of(tenant_id, own), RANKINGS[own.representation])

    def _policy_of(self, tenant_id: str, own: Answering) -> RefusalPolicy:
        """The tenant's calibrated policy, if it was fitted on the embeddings in use."""
        if own.refusal_threshold is None:
            return self._policy
        if own.fingerprint != self._legs.of(tenant_id, "embeddings").fingerprint:
            return self._policy
        return replace(self._policy, threshold=own.refusal_threshold)
