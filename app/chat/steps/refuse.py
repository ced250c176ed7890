"""The refuse step: refuse to answer if the confidence of the retrieval is below a calibrated threshold."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.conversations import RefusalReason
from app.search.retriever import Retrieval

THRESHOLD = 0.32
DOUBT = 0.08  # this far above the threshold an answer is shown only if a passage supports it


@dataclass(frozen=True, slots=True)
class RefusalPolicy:
    """A tenant's threshold: fitted by `loracle calibrate`, else the service's setting."""

    threshold: float = THRESHOLD
    doubt: float = DOUBT


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
