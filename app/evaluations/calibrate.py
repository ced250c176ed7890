"""Fitting where to refuse: the threshold on retrieval's confidence, for one tenant's index, on held-out questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from app.chat.settings.service import AnsweringProfile, ChatSettingsService
from app.chat.steps.refuse import RefusalPolicy
from app.chat.steps.retrieve import retrieve
from app.chat.steps.rewrite import rewrite
from app.domain.passages import Passage
from app.errors import InvalidRequest
from app.evaluations.cases import Case
from app.evaluations.metrics import balanced_accuracy, contains
from app.search.parent_context import is_within
from app.search.retriever import Retriever
from app.search.scores import confidence
from app.storage.sqlite.database import Database

FOLDS = 5
FEWEST = 20  # of each kind: below that a threshold says more about the sample than about the index
TOP_K = 4  # passages of an answer
SPARE = 2  # times as many are looked at: those that hold an answer are taken away for the unanswerable twin


@dataclass(frozen=True, slots=True)
class Calibration:
    """A threshold, and how it did on questions it was not fitted on."""

    threshold: float
    balanced_accuracy: float  # cross-validated
    false_refusals: float  # cross-validated
    answerable: int
    unanswerable: int

    def figures(self) -> dict[str, Any]:
        return {name: round(value, 4) for name, value in asdict(self).items()}


def calibrate_tenant(
    db: Database,
    retriever: Retriever,
    tenant_id: str,
    cases: Sequence[Case],
    false_refusals: float,
    *,
    top_k: int = TOP_K,
) -> Calibration:
    """Ask the tenant's index, fit, keep the threshold as the tenant's. Raises InvalidRequest (too few questions).

    `top_k` passages, ranked as the tenant's chat ranks them, decide whether a question is refused.
    """
    leg = retriever.dense.get(tenant_id, "embeddings")
    profile = ChatSettingsService(db, retriever.dense, RefusalPolicy()).profile(tenant_id)
    sure, answerable = asked(retriever, profile, cases, top_k)
    fitted = calibrate(sure, answerable, false_refusals)
    with db.write_tenant(tenant_id) as store:
        store.chat_settings.set_calibration(fitted.threshold, fitted.figures(), leg.fingerprint)
    return fitted


def asked(
    retriever: Retriever, profile: AnsweringProfile, cases: Sequence[Case], top_k: int = TOP_K
) -> tuple[list[float], list[bool]]:
    """Confidences of all questions; answerable ones also without the passages that hold an answer."""
    similarity_floor = retriever.dense.get(profile.tenant_id, profile.search.space).similarity_floor
    sure: list[float] = []
    answerable: list[bool] = []
    for case in cases:
        question = rewrite(case.question, case.earlier)
        found = retrieve(retriever, profile, question, k=SPARE * top_k, original=case.question)
        holding = [_holds(passage, found.passages, case) for passage in found.matched]
        if case.answerable and not any(holding[:top_k]):
            continue  # retrieval did not find it: refusing would be right
        sure.append(confidence(question, found.matched[:top_k], similarity_floor))
        answerable.append(case.answerable)
        if case.answerable:
            rest = [passage for passage, holds in zip(found.matched, holding, strict=True) if not holds][:top_k]
            sure.append(confidence(question, rest, similarity_floor))
            answerable.append(False)
    return sure, answerable


def _holds(matched: Passage, widened: Sequence[Passage], case: Case) -> bool:
    """Whether the section that a model is given for a chunk holds an answer."""
    sections = [one.live.chunk.text for one in widened if is_within(matched, one)]
    return any(contains(text, case.answers, case.language) for text in sections)


def calibrate(sure: Sequence[float], answerable: Sequence[bool], false_refusals: float) -> Calibration:
    """The threshold fitted on all, judged by cross-validation. Raises InvalidRequest if a kind is too rare."""
    kinds = {kind: sum(flag is kind for flag in answerable) for kind in (True, False)}
    if min(kinds.values()) < FEWEST:
        raise InvalidRequest(
            f"{kinds[True]} answerable and {kinds[False]} other questions reached the index; at least {FEWEST} of each "
            "are needed. Give more questions whose answers stand in the tenant's documents."
        )
    scores, labels = np.asarray(sure), np.asarray(answerable)
    fold = np.arange(len(scores)) // 2 % FOLDS  # a question and its twin stay together
    refused = np.zeros(len(scores), bool)
    for number in range(FOLDS):
        kept = fold != number
        refused[~kept] = scores[~kept] < best_threshold(scores[kept], labels[kept], false_refusals)
    return Calibration(
        threshold=best_threshold(scores, labels, false_refusals),
        balanced_accuracy=balanced_accuracy(refused.tolist(), labels.tolist()),
        false_refusals=float(refused[labels].mean()),
        answerable=kinds[True],
        unanswerable=kinds[False],
    )


def best_threshold(scores: Any, answerable: Any, false_refusals: float) -> float:
    """The threshold of highest balanced accuracy that refuses at most that share of answerable questions."""
    edges = np.unique(scores)
    candidates = [0.0, *((edges[1:] + edges[:-1]) / 2)]
    bearable = [t for t in candidates if (scores[answerable] < t).mean() <= false_refusals]
    return float(max(bearable, key=lambda t: balanced_accuracy((scores < t).tolist(), answerable.tolist())))
