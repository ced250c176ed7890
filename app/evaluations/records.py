"""The records that evaluations store as JSON: the result of one case, the scores of a part and of a run.

Keys are written only where the case, or the part, has such a figure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Required, TypedDict, cast

from app.evaluations.metrics import Interval

# Figures of a case whose mean is scored, and figures that are a share of a whole part.
MeanScore = Literal[
    "em", "f1", "contains", "language_match", "forbidden", "found", "kept", "whole", "ndcg_10", "dense_ndcg_10",
    "lexical_ndcg_10", "alone_ndcg_10", "recall_5", "alone_recall_5", "recall_100", "mrr", "useful", "wrong_refusal",
    "right_refusal", "right_citation",
]  # fmt: skip
ShareScore = Literal[
    "refused", "false_refusals", "balanced_accuracy", "citation_validity", "citation_precision", "citation_recall",
]  # fmt: skip


class CitationFigures(TypedDict, total=False):
    """Counts of one answer's citations; the gold passage is counted where the case names one."""

    citations: int
    verified: int
    valid: int  # verbatim at their offsets
    gold_citations: int
    verified_gold: int


class EverydayFigures(TypedDict, total=False):
    """The verdict on the answer to an everyday question; each figure is there if the question asks for it."""

    useful: float
    wrong_refusal: float
    right_refusal: float
    right_citation: float  # of useful answers: the quotes hold every group of `cite`
    verified_checked: int  # verified citations of a useful answer whose question has `cite`
    verified_right: int  # those of them whose quote holds a group of `cite`
    reasons: list[str]  # why it is wrong


class TurnRecord(TypedDict, total=False):
    """One turn of a conversation; a turn that failed has its question only."""

    question: Required[str]
    searched: str  # the question as it was searched for
    seconds: float
    sent: dict[str, Any]  # the chat answer: text, citations, route, trace, timings


class CaseError(TypedDict):
    """Why a case failed."""

    code: str
    message: str


class CaseResult(CitationFigures, EverydayFigures, total=False):
    """The figures of one case: what runs store, resume from and compare. A case that failed has an `error`."""

    id: Required[str]
    group: Required[str]
    language: Required[str]
    error: CaseError
    question: str
    kind: str  # of an everyday question
    expects: str
    turns: list[TurnRecord]
    answerable: bool
    refused: bool
    reason: str | None  # of the refusal
    confidence: float
    answer: str
    total_s: float
    ttft_s: float
    unsupported: int  # sentences without a citation
    searched: str  # the stand-alone form of a follow-up
    fault: str  # code of the parser's failure
    em: float
    f1: float
    contains: float
    language_match: float
    forbidden: float
    found: float
    kept: float
    whole: float
    ndcg_10: float
    dense_ndcg_10: float
    lexical_ndcg_10: float
    alone_ndcg_10: float
    recall_5: float
    alone_recall_5: float
    recall_100: float
    mrr: float


class IntervalFigures(TypedDict):
    """A mean over `n` items with its 95 % bootstrap interval."""

    mean: float
    low: float
    high: float
    n: int


class Percentiles(TypedDict):
    """Seconds."""

    p50: float
    p95: float


class PartScores(TypedDict, total=False):
    """The scores of one part, of a layer, of a kind, or of all generated answers; `n` is the number of cases."""

    n: int
    failed: int  # cases without a result, of the `n`
    kinds: dict[str, PartScores]  # of everyday questions
    useful: IntervalFigures
    wrong_refusal: IntervalFigures
    right_refusal: IntervalFigures
    right_citation: IntervalFigures
    verified_right: IntervalFigures  # over citations
    refused: float
    em: IntervalFigures
    f1: IntervalFigures
    contains: IntervalFigures
    language_match: IntervalFigures
    forbidden: IntervalFigures
    found: IntervalFigures
    kept: IntervalFigures
    whole: IntervalFigures
    ndcg_10: IntervalFigures
    dense_ndcg_10: IntervalFigures
    lexical_ndcg_10: IntervalFigures
    alone_ndcg_10: IntervalFigures
    recall_5: IntervalFigures
    alone_recall_5: IntervalFigures
    recall_100: IntervalFigures
    mrr: IntervalFigures
    false_refusals: float
    balanced_accuracy: float
    risk_coverage: list[list[float]]  # [coverage, risk]
    aurc: float
    citation_validity: float
    citation_precision: float
    citation_recall: float
    verified_share: float
    verified_precision: float
    total_s: Percentiles
    ttft_s: Percentiles


class RunScores(TypedDict):
    """The scores of a run: by part ("layer/set"), by layer, and over all generated answers (may be empty)."""

    parts: dict[str, PartScores]
    layers: dict[str, PartScores]
    overall: PartScores


Differences = dict[str, dict[str, IntervalFigures]]  # by part, then by score: second minus first


def interval_figures(interval: Interval) -> IntervalFigures:
    return {"mean": interval.mean, "low": interval.low, "high": interval.high, "n": interval.n}


def stored_results(found: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, list[CaseResult]]:
    """Type stored JSON, by part, as results."""
    return {part: [cast("CaseResult", result) for result in results] for part, results in found.items()}
