"""Datasets for training: every row is checked and rendered, and rows are split by document."""

from __future__ import annotations

import hashlib
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import quantiles
from typing import Any

from app.llm.base import PromptTokenizer
from app.training.examples import Example, HistogramBin, histogram, preview, render
from app.training.prefix_sharing import group_by_prefix
from app.training.recipe import Recipe
from app.training.rows import Problem, Row, read_rows

SHINGLE_WORDS = 5
SKETCH_SIZE = 16  # number of smallest shingle hashes for each document
NEAR_DUPLICATE_SHARE = 0.5  # documents that share this part of their sketches are near-duplicates
PREVIEW_COUNT = 3
MAX_LISTED_PROBLEMS = 100  # problems listed in a report; all are counted
MAX_LISTED_IN_MESSAGE = 20  # problems listed in one error message
ROW_OVERSHOOT = 1.5  # factor by which held-out rows may exceed the target, because documents are not split
MAX_ROW_OVERSHOOT = 2.0  # the same, if there would be too few documents otherwise
DEFAULT_MAX_TOKENS = Recipe().max_tokens  # token limit of a prefix group in the report


@dataclass(frozen=True, slots=True)
class Dataset:
    """Encoded rows, split for training and validation."""

    train: tuple[Example, ...]
    validation: tuple[Example, ...]
    digest: str  # sha256 of the rows as rendered

    @property
    def tokens(self) -> int:
        return sum(example.tokens for example in self.train)


@dataclass(frozen=True, slots=True)
class DatasetReport:
    """The result of validation. The dataset is valid only if `problems` is empty."""

    rows: int
    refusals: int
    tokens: int
    computed_tokens: int  # tokens to compute when rows with a common prefix share it
    group_sizes: tuple[tuple[int, int], ...]  # (rows in a group, number of such groups)
    longest_row_tokens: int
    median_row_tokens: int
    histogram: tuple[HistogramBin, ...]
    documents: int
    problems: tuple[Problem, ...]
    problem_count: int
    previews: tuple[str, ...]
    stopped_at: int | None = None  # the line at which the check stopped for its problems; None: all were checked

    def error_summary(self) -> str:
        """The problems by line, in one message for the author of the file."""
        first = self.problems[:MAX_LISTED_IN_MESSAGE]
        listed = "; ".join(f"line {p.line}: {p.message}" if p.line else p.message for p in first)
        unlisted = self.problem_count - len(first)
        more = f" And {unlisted} more." if unlisted else ""
        return (
            listed
            + more
            + (f" The check stopped at line {self.stopped_at}; more may follow." if self.stopped_at else "")
        )

    def describe(self) -> dict[str, Any]:
        """The report as it is stored."""
        fields = asdict(self)
        fields["together"] = fields.pop("group_sizes")
        return fields


def validate(
    lines: Iterable[str],
    tokenizer: PromptTokenizer,
    *,
    end_id: int,
    max_tokens: int,
    preamble: str = "",
    row_problem: Callable[[Row], Problem | None] = lambda _: None,
    most_problems: int | None = None,
) -> tuple[DatasetReport, list[Example]]:
    """Check the lines as they come. The examples are those without a problem; train on them only if there is none.

    `preamble` is part of the prompt of question rows. `row_problem`: a check that is made beside those here. After
    `most_problems` the check stops, and the report says where; None: it never does.
    """
    examples: list[Example] = []
    problems: list[Problem] = []
    previews: list[str] = []
    refusals, stopped_at = 0, None
    for item in _unique_rows(lines):
        found = [item] if isinstance(item, Problem) else [row_problem(item)]
        if isinstance(item, Row):
            example = render(item, tokenizer, end_id=end_id, max_tokens=max_tokens, preamble=preamble)
            refusals += item.answer is None
            if len(previews) < PREVIEW_COUNT:
                previews.append(preview(item, tokenizer, preamble))
            if isinstance(example, Problem):
                found.append(example)
            else:
                examples.append(example)
        problems += [problem for problem in found if problem is not None]
        if most_problems is not None and len(problems) >= most_problems:
            stopped_at = item.line
            break
    if not examples and not problems:
        problems.append(Problem(0, "empty", "The file holds no rows."))
    return _report(examples, problems, refusals, tuple(previews), stopped_at), examples


def _report(
    examples: Sequence[Example],
    problems: Sequence[Problem],
    refusals: int,
    previews: tuple[str, ...],
    stopped_at: int | None,
) -> DatasetReport:
    lengths = [example.tokens for example in examples]
    groups = group_by_prefix(examples, max_tokens=DEFAULT_MAX_TOKENS)
    return DatasetReport(
        rows=len(examples),
        refusals=refusals,
        tokens=sum(lengths),
        computed_tokens=sum(group.tokens for group in groups),
        group_sizes=tuple(sorted(Counter(len(group.examples) for group in groups).items())),
        longest_row_tokens=max(lengths, default=0),
        median_row_tokens=int(quantiles(lengths, n=2)[0]) if len(lengths) > 1 else sum(lengths),
        histogram=histogram(lengths),
        documents=len({example.document for example in examples}),
        problems=tuple(problems[:MAX_LISTED_PROBLEMS]),
        problem_count=len(problems),
        previews=previews,
        stopped_at=stopped_at,
    )


def _unique_rows(lines: Iterable[str]) -> Iterator[Row | Problem]:
    """Rows and the problems of lines; a row that repeats another one is a problem."""
    seen: dict[bytes, int] = {}
    for item in read_rows(lines):
        if isinstance(item, Problem):
            yield item
            continue
        content = repr((item.messages, item.contexts, item.answer)).encode(errors="surrogatepass")
        key = hashlib.blake2b(content, digest_size=16).digest()
        if key in seen:
            yield Problem(item.line, "duplicate", f"The row repeats line {seen[key]}.")
        else:
            seen[key] = item.line
            yield item


def split(examples: Sequence[Example], *, validation_share: float, seed: int, documents: int = 0) -> Dataset:
    """Hold out whole documents for validation, near-duplicates together, until the share of rows is reached.

    If these are fewer than `documents`, more are held out, up to twice the share and a third of all documents.
    """
    groups = _group_by_document(examples)
    order = sorted(groups)
    random.Random(seed).shuffle(order)  # noqa: S311 - a split, not a secret
    sizes = {name: len(groups[name]) for name in order}
    chosen = _select_documents(sizes, validation_share * len(examples), min(documents, len(order) // 3))
    if len(chosen) == len(order):  # never all: a set of one document is for training
        chosen = set()
    held = [example for name in order if name in chosen for example in groups[name]]
    train = [example for name in order if name not in chosen for example in groups[name]]
    digest = hashlib.sha256(repr([(e.prompt, e.completion) for e in examples]).encode()).hexdigest()
    by_line = lambda example: example.line  # noqa: E731
    return Dataset(tuple(sorted(train, key=by_line)), tuple(sorted(held, key=by_line)), digest)


def _select_documents(sizes: Mapping[str, int], target_rows: float, documents: int) -> set[str]:
    """Select documents in order (`sizes` has their row counts), until both targets are met or slightly exceeded."""
    chosen: set[str] = set()
    rows = 0
    for name, size in sizes.items():
        few_rows = rows < target_rows and rows + size <= max(ROW_OVERSHOOT * target_rows, 1)
        few_documents = len(chosen) < documents and rows + size <= MAX_ROW_OVERSHOOT * target_rows
        if few_rows or few_documents:
            chosen.add(name)
            rows += size
    return chosen


def _group_by_document(examples: Sequence[Example]) -> dict[str, list[Example]]:
    """Group examples by document; near-duplicate documents are merged under one name."""
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
            if common >= NEAR_DUPLICATE_SHARE * len(hashes):
                leader[find(name)] = find(other)
    joined: dict[str, list[Example]] = defaultdict(list)
    for name, found in by_document.items():
        joined[find(name)] += found
    return joined


def sketch(text: str) -> frozenset[int]:
    """The smallest hashes of the word shingles of a text; near-duplicates share most of them (Broder 1997)."""
    words = re.findall(r"\w+", text.lower())
    shingles = {" ".join(words[i : i + SHINGLE_WORDS]) for i in range(max(1, len(words) - SHINGLE_WORDS + 1))}
    hashes = sorted(int.from_bytes(hashlib.blake2b(s.encode(), digest_size=8).digest()) for s in shingles)
    return frozenset(hashes[:SKETCH_SIZE])
