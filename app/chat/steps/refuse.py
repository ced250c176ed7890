"""The refuse step: refuse to answer if the passages are judged not to hold the answer."""

from __future__ import annotations

from dataclasses import dataclass

from app.chat.steps.judge import Judgement
from app.domain.conversations import RefusalPolicy, RefusalReason


@dataclass(frozen=True, slots=True)
class RefusalDecision:
    """Whether to refuse, before anything is generated."""

    reason: RefusalReason | None  # None: answer
    doubtful: bool = False  # answer, but show the answer only if a passage supports it


def refuse(judgement: Judgement, policy: RefusalPolicy) -> RefusalDecision:
    """Decide by the judgement; the threshold belongs to who judged, the model or the retrieval's scores."""
    if not judgement.passages:
        return RefusalDecision(RefusalReason.NO_DOCUMENTS)
    threshold = policy.answerable if judgement.version == "model" else policy.threshold
    if judgement.answerable < threshold:
        return RefusalDecision(RefusalReason.NOTHING_RELEVANT)
    doubtful = judgement.version == "rule" and judgement.answerable < threshold + policy.doubt
    return RefusalDecision(None, doubtful)
