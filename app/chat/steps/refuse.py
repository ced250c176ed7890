"""The refuse step: refuse to answer if the confidence of the retrieval is below a calibrated threshold."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.conversations import RefusalPolicy, RefusalReason
from app.search.retriever import Retrieval


@dataclass(frozen=True, slots=True)
class RefusalDecision:
    """Whether to refuse, before anything is generated."""

    reason: RefusalReason | None  # None: answer
    doubtful: bool = False  # answer, but show the answer only if a passage supports it


def refuse(retrieval: Retrieval, policy: RefusalPolicy) -> RefusalDecision:
    """Decide by the confidence of the retrieval."""
    if not retrieval.passages:
        return RefusalDecision(RefusalReason.NO_DOCUMENTS)
    if retrieval.confidence < policy.threshold:
        return RefusalDecision(RefusalReason.NOTHING_RELEVANT)
    return RefusalDecision(None, doubtful=retrieval.confidence < policy.threshold + policy.doubt)
