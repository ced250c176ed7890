"""Pairwise differences of arms over the same questions, so that the difficulty of questions cancels out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from app.evaluations.metrics import Interval, paired_bootstrap

COMPARED_PAIRS = (
    ("What do passages add?", "base", "base + RAG"),
    ("What does LoRA know by itself?", "base", "LoRA"),
    ("Does LoRA learn to read passages from questions alone?", "base + RAG", "LoRA + RAG"),
    ("What does RAFT add to LoRA?", "LoRA + RAG", "LoRA (RAFT) + RAG"),
    ("What does RAFT add to full fine-tuning?", "full + RAG", "full (RAFT) + RAG"),
    ("What do four bits cost?", "LoRA (RAFT) + RAG", "QLoRA (RAFT) + RAG"),
    ("Is LoRA behind full fine-tuning, by questions?", "full + RAG", "LoRA + RAG"),
    ("Is LoRA behind full fine-tuning, by RAFT?", "full (RAFT) + RAG", "LoRA (RAFT) + RAG"),
    ("Is QLoRA behind full fine-tuning, by RAFT?", "full (RAFT) + RAG", "QLoRA (RAFT) + RAG"),
    ("What does pruning of ranks add?", "QLoRA (RAFT) + RAG", "AdaLoRA (RAFT) + RAG"),
    ("What are passages worth to an adapter?", "LoRA", "LoRA (RAFT) + RAG"),
)


@dataclass(frozen=True, slots=True)
class PairwiseDifference:
    """F1 of `second` minus F1 of `first`, over questions that have an answer."""

    question: str
    first: str
    second: str
    f1: Interval


def compare_pairs(asked: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[PairwiseDifference]:
    """The differences of COMPARED_PAIRS whose arms were both run. `asked` has one result per seed, by arm.

    The score of a question is its mean over seeds. Questions about one document form a cluster.
    """
    scores = {arm: _by_question(results) for arm, results in asked.items()}
    groups = {case["id"]: case["group"] for results in asked.values() for one in results for case in one["cases"]}
    return [
        PairwiseDifference(question, first, second, _difference(scores[first], scores[second], groups))
        for question, first, second in COMPARED_PAIRS
        if first in scores and second in scores
    ]


def _difference(first: Mapping[str, float], second: Mapping[str, float], groups: Mapping[str, str]) -> Interval:
    both = [one for one in first if one in second]
    return paired_bootstrap([first[i] for i in both], [second[i] for i in both], groups=[groups[i] for i in both])


def _by_question(results: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    scores: dict[str, list[float]] = defaultdict(list)
    for result in results:
        for case in result["cases"]:
            if case["answerable"]:
                scores[case["id"]].append(case["f1"])
    return {one: fmean(values) for one, values in scores.items()}
