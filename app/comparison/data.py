"""The data of a comparison: rows and cases are sampled once and passages retrieved once, for all arms."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from app.comparison.plan import Plan, RowFormat
from app.embeddings.base import Embedder
from app.errors import InvalidRequest
from app.evaluations.cases import Case, read_cases
from app.text.locales import get_locale

UNANSWERABLE = 0.2  # share of cases, and of RAFT rows, whose gold passage is left out


def prepare(plan: Plan, embedder: Embedder) -> dict[str, Any]:
    """{"train": [...], "test": [...]}: cases with their retrieved passages in `found`, the best first.

    The passages are the contexts of the same file, ranked by `embedder`. Raises InvalidRequest if a file has too few
    cases, or if both files share contexts.
    """
    train = _sample_cases(read_cases(Path(plan.train)), plan.rows)
    test = _sample_cases(read_cases(Path(plan.test)), plan.cases)
    shared = {case.passages[0] for case in train} & {case.passages[0] for case in test}
    if shared:
        raise InvalidRequest(f"{len(shared)} contexts are in both files: test on documents that are not trained on.")
    return {"train": _add_passages(train, embedder, plan), "test": _add_passages(test, embedder, plan)}


def training_rows(train: Sequence[dict[str, Any]], row_format: RowFormat) -> list[str]:
    """Training rows as JSONL lines: the question alone, or RAFT-style with the passages found and refusals."""
    return [json.dumps(_row(case, row_format), ensure_ascii=False) for case in train]


def _row(case: dict[str, Any], row_format: RowFormat) -> dict[str, Any]:
    if row_format == "passages":
        answer = case["answers"][0] if case["answerable"] else None
        return {"question": case["question"], "context": case["found"], "answer": answer, "document": case["group"]}
    locale = get_locale(case["language"])
    turns = [
        {"role": "system", "content": locale.instructions},
        {"role": "user", "content": f"{locale.question_label}: {case['question']}"},
        {"role": "assistant", "content": case["answers"][0]},
    ]
    return {"messages": turns, "document": case["group"]}


def _sample_cases(cases: Sequence[Case], count: int) -> list[Case]:
    """`count` cases that have a context and an answer, always the same."""
    usable = [case for case in cases if case.answerable and case.answers and case.passages]
    if len(usable) < min(count, 10):
        raise InvalidRequest(f"{len(usable)} cases have a context and an answer; 10 are the fewest to compare with.")
    return random.Random(0).sample(usable, min(count, len(usable)))  # noqa: S311 - a sample, not a secret


def _add_passages(cases: Sequence[Case], embedder: Embedder, plan: Plan) -> list[dict[str, Any]]:
    """Each case with its retrieved passages. Every fifth case loses its gold passage: the right answer is a refusal."""
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
