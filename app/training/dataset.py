"""A dataset as training takes it: every row checked and rendered, split by document."""

from __future__ import annotations

import hashlib
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import quantiles
from typing import Any

from app.generation.generator import PromptTokenizer
from app.training.examples import Example, histogram, preview, render
from app.training.recipe import Recipe
from app.training.rows import Problem, Row, read_rows
from app.training.trees import grow_trees

SHINGLE_WORDS = 5
SKETCH = 16  # smallest shingle hashes kept per document
ALIKE = 0.5  # of the sketch: documents that share as much are near-duplicates
PREVIEWS = 3
MOST_PROBLEMS = 100  # listed; all are counted
MOST_TOLD = 20  # of them in one message
OVER = 1.5  # times the rows wanted may be held out, as documents stay whole
FAR_OVER = 2.0  # if the documents would be too few else
USUAL_TOKENS = Recipe().max_tokens  # what rows that are computed together may have


@dataclass(frozen=True, slots=True)
class Dataset:
    """Rows ready to train on."""

    train: tuple[Example, ...]
    validation: tuple[Example, ...]
    digest: str  # sha256 of the rows as rendered

    @property
    def tokens(self) -> int:
        return sum(example.tokens for example in self.train)


@dataclass(frozen=True, slots=True)
class Report:
    """What validation found; good only if `problems` is empty."""

    rows: int
    refusals: int
    tokens: int
    computed: int  # tokens, where rows that begin alike are computed together
    together: tuple[tuple[int, int], ...]  # (rows that are, how many times so many)
    longest: int
    median: int
    histogram: tuple[tuple[int, int], ...]  # (upper bound in tokens, rows)
    documents: int
    problems: tuple[Problem, ...]
    problem_count: int
    previews: tuple[str, ...]

    def complaint(self) -> str:
        """What is wrong, by line, in one sentence for whoever made the file."""
        listed = "; ".join(f"line {p.line}: {p.message}" if p.line else p.message for p in self.problems[:MOST_TOLD])
        more = self.problem_count - min(len(self.problems), MOST_TOLD)
        return f"{listed}{f' And {more} more.' if more else ''}"

    def describe(self) -> dict[str, Any]:
        return {
            "rows": self.rows,
            "refusals": self.refusals,
            "documents": self.documents,
            "tokens": self.tokens,
            "computed_tokens": self.computed,
            "together": [list(one) for one in self.together],
            "longest_row_tokens": self.longest,
            "median_row_tokens": self.median,
            "histogram": [{"up_to_tokens": bound, "rows": count} for bound, count in self.histogram],
            "problem_count": self.problem_count,
            "problems": [{"line": p.line, "code": p.code, "message": p.message} for p in self.problems],
            "previews": list(self.previews),
        }


def validate(
    lines: Iterable[str], tokenizer: PromptTokenizer, *, end_id: int, max_tokens: int, more: Iterable[Problem] = ()
) -> tuple[Report, list[Example]]:
    """Check every line. The examples are those without a problem; train on them only if there is none.

    `more`: problems that were found elsewhere.
    """
    rows, problems = _read(lines)
    problems += more
    examples: list[Example] = []
    for row in rows:
        example = render(row, tokenizer, end_id=end_id, max_tokens=max_tokens)
        if isinstance(example, Problem):
            problems.append(example)
        else:
            examples.append(example)
    if not rows and not problems:
        problems.append(Problem(0, "empty", "The file holds no rows."))
    problems.sort(key=lambda problem: problem.line)
    lengths = [example.tokens for example in examples]
    trees = grow_trees(examples, most_tokens=USUAL_TOKENS)
    report = Report(
        rows=len(examples),
        refusals=sum(row.answer is None for row in rows),
        tokens=sum(lengths),
        computed=sum(tree.tokens for tree in trees),
        together=tuple(sorted(Counter(len(tree.examples) for tree in trees).items())),
        longest=max(lengths, default=0),
        median=int(quantiles(lengths, n=2)[0]) if len(lengths) > 1 else sum(lengths),
        histogram=tuple(histogram(lengths)),
        documents=len({example.document for example in examples}),
        problems=tuple(problems[:MOST_PROBLEMS]),
        problem_count=len(problems),
        previews=tuple(preview(row, tokenizer) for row in rows[:PREVIEWS]),
    )
    return report, examples


def _read(lines: Iterable[str]) -> tuple[list[Row], list[Problem]]:
    """Rows without duplicates, and what is wrong with the rest."""
    rows: list[Row] = []
    problems: list[Problem] = []
    seen: dict[tuple[Any, ...], int] = {}
    for item in read_rows(lines):
        if isinstance(item, Problem):
            problems.append(item)
            continue
        key = (item.messages, item.contexts, item.answer)
        if key in seen:
            problems.append(Problem(item.line, "duplicate", f"The row repeats line {seen[key]}."))
            continue
        seen[key] = item.line
        rows.append(item)
    return rows, problems


def split(examples: Sequence[Example], *, validation_share: float, seed: int, documents: int = 0) -> Dataset:
    """Hold out whole documents, near-duplicates together, until the share of rows is reached.

    If these are fewer than `documents`, more of them, up to twice the share and a third of all documents.
    """
    groups = _groups(examples)
    order = sorted(groups)
    random.Random(seed).shuffle(order)  # noqa: S311 - a split, not a secret
    sizes = {name: len(groups[name]) for name in order}
    chosen = _chosen(sizes, validation_share * len(examples), min(documents, len(order) // 3))
    if len(chosen) == len(order):  # never all: a set of one document is for training
        chosen = set()
    held = [example for name in order if name in chosen for example in groups[name]]
    train = [example for name in order if name not in chosen for example in groups[name]]
    digest = hashlib.sha256(repr([(e.prompt, e.completion) for e in examples]).encode()).hexdigest()
    by_line = lambda example: example.line  # noqa: E731
    return Dataset(tuple(sorted(train, key=by_line)), tuple(sorted(held, key=by_line)), digest)


def _chosen(sizes: Mapping[str, int], wanted: float, documents: int) -> set[str]:
    """Documents of so many rows, in their order, until the rows and documents wanted are there, or little more."""
    chosen: set[str] = set()
    rows = 0
    for name, size in sizes.items():
        few_rows = rows < wanted and rows + size <= max(OVER * wanted, 1)
        few_documents = len(chosen) < documents and rows + size <= FAR_OVER * wanted
        if few_rows or few_documents:
            chosen.add(name)
            rows += size
    return chosen


def _groups(examples: Sequence[Example]) -> dict[str, list[Example]]:
    """Examples by document, near-duplicate documents joined under one name."""
    by_document: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        by_document[example.document].append(example)
    leader = {name: name for name in by_document}

    def find(name: str) -> str:
        while leader[name] != name:
            name = leader[name]
        return name

    holders: dict[int, list[str]] = defaultdict(list)
    sketches = {name: sketch(found[0].about) for name, found in by_document.items()}
    for name, hashes in sketches.items():
        others: dict[str, int] = defaultdict(int)
        for value in hashes:
            for other in holders[value]:
                others[other] += 1
            holders[value].append(name)
        for other, common in others.items():
            if common >= ALIKE * len(hashes):
                leader[find(name)] = find(other)
    joined: dict[str, list[Example]] = defaultdict(list)
    for name, found in by_document.items():
        joined[find(name)] += found
    return joined


def sketch(text: str) -> frozenset[int]:
    """The smallest hashes of a text's word shingles; near-duplicates share most of them (Broder 1997)."""
    words = re.findall(r"\w+", text.lower())
    shingles = {" ".join(words[i : i + SHINGLE_WORDS]) for i in range(max(1, len(words) - SHINGLE_WORDS + 1))}
    hashes = sorted(int.from_bytes(hashlib.blake2b(s.encode(), digest_size=8).digest()) for s in shingles)
    return frozenset(hashes[:SKETCH])
