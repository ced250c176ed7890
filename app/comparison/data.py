"""The data of a comparison: rows and cases drawn once, passages found once, the same for every arm."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from app.comparison.plan import Lesson, Plan
from app.embeddings.base import Embedder
from app.errors import InvalidRequest
from app.evaluations.cases import Case, read_cases
from app.text.language import answer_language
from app.text.locales import get_locale

UNANSWERABLE = 0.2  # of the cases, and of the RAFT rows: the right passage is taken away


def prepare(plan: Plan, embedder: Embedder) -> dict[str, Any]:
    """{"train": [...], "test": [...]}: cases with `found` passages, best first. Raises InvalidRequest.

    Passages come from the contexts of the same file by the service's encoder. Train and test may share no context.
    """
    train, test = (_drawn(read_cases(Path(path)), count) for path, count in _wanted(plan))
    shared = {case.passages[0] for case in train} & {case.passages[0] for case in test}
    if shared:
        raise InvalidRequest(f"{len(shared)} contexts are in both files: test on documents that are not trained on.")
    return {"train": _with_passages(train, embedder, plan), "test": _with_passages(test, embedder, plan)}


def rows_of(train: Sequence[dict[str, Any]], lesson: Lesson) -> list[str]:
    """Training rows as JSONL lines: the question alone, or RAFT-style with the passages found and refusals."""
    return [json.dumps(_row(case, lesson), ensure_ascii=False) for case in train]


def _row(case: dict[str, Any], lesson: Lesson) -> dict[str, Any]:
    if lesson == "passages":
        answer = case["answers"][0] if case["answerable"] else None
        return {"question": case["question"], "context": case["found"], "answer": answer, "document": case["group"]}
    locale = get_locale(answer_language(case["language"]))
    turns = [
        {"role": "system", "content": locale.instructions},
        {"role": "user", "content": f"{locale.question_label}: {case['question']}"},
        {"role": "assistant", "content": case["answers"][0]},
    ]
    return {"messages": turns, "document": case["group"]}


def _wanted(plan: Plan) -> tuple[tuple[str, int], tuple[str, int]]:
    return (plan.train, plan.rows), (plan.test, plan.cases)


def _drawn(cases: Sequence[Case], count: int) -> list[Case]:
    """`count` cases that have a context and an answer, the same every time."""
    usable = [case for case in cases if case.answerable and case.answers and case.passages]
    if len(usable) < min(count, 10):
        raise InvalidRequest(f"{len(usable)} cases have a context and an answer; 10 are the fewest to compare with.")
    return random.Random(0).sample(usable, min(count, len(usable)))  # noqa: S311 - a draw to repeat


def _with_passages(cases: Sequence[Case], embedder: Embedder, plan: Plan) -> list[dict[str, Any]]:
    """Each case with what retrieval finds; for every fifth the right passage is left out, and it is to be refused."""
    texts = list(dict.fromkeys(case.passages[0] for case in cases))
    vectors = embedder.embed_passages(texts)  # (texts, dimension)
    questions = embedder.embed_queries([case.question for case in cases])
    order = np.argsort(-(questions @ vectors.T), axis=1)  # (cases, texts)
    prepared = []
    for number, (case, ranked) in enumerate(zip(cases, order, strict=True)):
        answerable = number % round(1 / UNANSWERABLE) != 0
        found = [texts[i] for i in ranked if answerable or texts[i] != case.passages[0]][: plan.passages]
        prepared.append({**asdict(case), "answerable": answerable, "found": found, "passages": []})
    return prepared
