"""Calibrates a tenant's refusal threshold on held-out questions: of the model that judges, or of the retrieval."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from app.chat.settings.service import AnsweringProfile, ChatSettingsService
from app.chat.steps.retrieve import retrieve
from app.chat.steps.rewrite import rewrite
from app.domain.conversations import RefusalPolicy
from app.domain.passages import Passage
from app.errors import InvalidRequest
from app.evaluations.cases import Case
from app.evaluations.metrics import balanced_accuracy, contains
from app.search.parent_context import is_within
from app.search.retriever import Retrieval, Retriever
from app.search.scores import confidence
from app.storage.database import Database

FOLDS = 5
FEWEST = 20  # of each kind: with fewer, a threshold overfits the sample
TOP_K = 4  # passages of an answer
Sure = Callable[[str, Retrieval], float]  # how sure a judge is, 0 to 1, that passages answer a question
SPARE = 2  # times as many are retrieved: the unanswerable twin of a question leaves out those with an answer


@dataclass(frozen=True, slots=True)
class Calibration:
    """A threshold with its scores on questions that it was not fitted on."""

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
    judge: tuple[str, Sure] | None = None,
) -> Calibration:
    """Fit the threshold on the tenant's index and store it for the tenant. Raises InvalidRequest (too few questions).

    The first `top_k` passages in the ranking of the tenant's chat decide whether a question is refused. `judge` is the
    label of the adapter that judges the tenant's passages, and its judgement; without it the retrieval's threshold is
    fitted.
    """
    leg = retriever.dense.get(tenant_id, "embeddings")
    profile = ChatSettingsService(db, retriever.dense, RefusalPolicy()).profile(tenant_id)
    sure = None if judge is None else judge[1]
    confidences, answerable = measure_confidences(retriever, profile, cases, top_k, sure)
    fitted = calibrate(confidences, answerable, false_refusals)
    with db.write_tenant(tenant_id) as store:
        if judge is None:
            store.chat_settings.set_calibration(fitted.threshold, fitted.figures(), leg.fingerprint)
        else:
            store.chat_settings.set_judge_calibration(fitted.threshold, fitted.figures(), judge[0])
    return fitted


def measure_confidences(
    retriever: Retriever,
    profile: AnsweringProfile,
    cases: Sequence[Case],
    top_k: int = TOP_K,
    sure: Sure | None = None,
) -> tuple[list[float], list[bool]]:
    """(confidence, answerable) of all questions, and of answerable ones also without the passages with an answer.

    `sure` gives the confidence; the retrieval's own if it is left out.
    """
    similarity_floor = retriever.dense.get(profile.tenant_id, profile.search.space).similarity_floor
    sure = sure or (lambda question, found: confidence(question, found.matched, similarity_floor))
    confidences: list[float] = []
    answerable: list[bool] = []
    for case in cases:
        question = rewrite(case.question, case.earlier)
        found = retrieve(retriever, profile, question, k=SPARE * top_k, original=case.question)
        holding = [_holds(passage, found.passages, case) for passage in found.matched]
        if case.answerable and not any(holding[:top_k]):
            continue  # retrieval did not find it: a refusal is correct
        confidences.append(sure(question, replace(found, matched=found.matched[:top_k])))
        answerable.append(case.answerable)
        if case.answerable:
            rest = [passage for passage, holds in zip(found.matched, holding, strict=True) if not holds][:top_k]
            confidences.append(sure(question, replace(found, matched=rest)))
            answerable.append(False)
    return confidences, answerable


def _holds(matched: Passage, widened: Sequence[Passage], case: Case) -> bool:
    """Whether the section around a chunk, which the model reads, contains an answer."""
    sections = [one.live.chunk.text for one in widened if is_within(matched, one)]
    return any(contains(text, case.answers, case.language) for text in sections)


def calibrate(confidences: Sequence[float], answerable: Sequence[bool], false_refusals: float) -> Calibration:
    """Fit on all questions; the scores are cross-validated. Raises InvalidRequest if a kind is too rare."""
    kinds = {kind: sum(flag is kind for flag in answerable) for kind in (True, False)}
    if min(kinds.values()) < FEWEST:
        raise InvalidRequest(
            f"{kinds[True]} answerable and {kinds[False]} other questions reached the index; at least {FEWEST} of each "
            "are needed. Give more questions whose answers stand in the tenant's documents."
        )
    scores, labels = np.asarray(confidences), np.asarray(answerable)
    fold = np.arange(len(scores)) // 2 % FOLDS  # a question and its twin are in the same fold
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
    acceptable = [t for t in candidates if (scores[answerable] < t).mean() <= false_refusals]
    return float(max(acceptable, key=lambda t: balanced_accuracy((scores < t).tolist(), answerable.tolist())))
