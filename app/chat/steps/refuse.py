"""The refuse step: refuse to answer if the passages are judged not to hold the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.chat.steps.judge import Judgement
from app.domain.conversations import RefusalPolicy, RefusalReason
from app.domain.passages import Passage
from app.text.language import Language
from app.text.locales import get_locale
from app.text.refusals import refusal_text


@dataclass(frozen=True, slots=True)
class RefusalDecision:
    """Whether to refuse, before anything is generated."""

    reason: RefusalReason | None  # None: answer
    doubtful: bool = False  # answer, but show the answer only if a passage supports it, or the model's review


def refusal_answer(reason: RefusalReason, language: Language, passages: Sequence[Passage]) -> str:
    """What the user reads: the refusal and, if there are passages (best first), where the closest one is.

    Passages that an evaluation gives have no file, and so no place to name.
    """
    text = refusal_text(reason, language)
    if not passages or not passages[0].filename:
        return text
    best = passages[0]
    heading = best.heading.rpartition(" > ")[2]
    place = f"{best.filename} ({heading})" if heading else best.filename
    return f"{text} {get_locale(language).nearest.format(place=place)}"


def refuse(judgement: Judgement, policy: RefusalPolicy) -> RefusalDecision:
    """Decide by the judgement; the threshold belongs to who judged, the model or the retrieval's scores."""
    if not judgement.passages:
        return RefusalDecision(RefusalReason.NO_DOCUMENTS)
    if judgement.version == "model":
        threshold, sure = policy.answerable, policy.sure
    else:
        threshold, sure = policy.threshold, policy.threshold + policy.doubt
    if judgement.answerable < threshold:
        return RefusalDecision(RefusalReason.NOTHING_RELEVANT)
    return RefusalDecision(None, doubtful=judgement.answerable < sure)
