"""Reads a suite: files of cases, retrieval sets and documents, split into parts. A part is one layer of one set."""

from __future__ import annotations

import json
import random
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from app.evaluations.answer_runner import without_gold
from app.evaluations.beir import read_beir
from app.evaluations.cases import Case, CasesInvalid, read_cases
from app.evaluations.everyday.packs import find_packs, is_document, read_packs
from app.evaluations.everyday.questions import EverydayQuestion
from app.evaluations.parsing import LISTINGS, read_expected
from app.text.language import detect_language

Layer = Literal[
    "parsing",
    "retrieval",
    "conversation",
    "answers",
    "noise",
    "counterfactual",
    "refusal",
    "injection",
    "documents",
    "everyday",
]
# decide: answer only where the decision to refuse depends on it; converse: ask all turns through the chat
Work = Literal["answer", "decide", "rank", "parse", "converse"]
PER_SET = 40  # answers per set; the decision to refuse is evaluated for all cases
RANKED_PER_SET = 200  # queries per retrieval set
CORPUS = "corpus.jsonl"


@dataclass(frozen=True, slots=True)
class Part:
    """One layer of one set."""

    layer: Layer
    set: str
    cases: tuple[Case, ...]
    work: Work
    source: Path | None = None  # the folder of a retrieval set or of a pack, or the listing of a parsing set

    @property
    def name(self) -> str:
        return f"{self.layer}/{self.set}"


def read_suite(paths: Sequence[Path], per_set: int = PER_SET, ranked: int = RANKED_PER_SET) -> list[Part]:
    """The parts of all files under `paths`. Raises CasesInvalid for an invalid file and if there are no files.

    A folder with `corpus.jsonl` is a retrieval set (BEIR); `EXPECT_*.jsonl` lists phrases of documents; a folder with
    `questions.jsonl` and `docs/` is a pack of everyday questions.
    """
    parts = [part for path in paths for part in _parsing_parts(path)]
    parts += _everyday_parts(paths, per_set)
    parts += [part for path in paths for part in _ranking_parts(path, ranked)]
    parts += [part for path in paths for file in _files(path) for part in parts_of(file.stem, _read(file), per_set)]
    parts += [part for path in paths for file in _files(path, rgb=True) for part in _rgb_parts(file, per_set)]
    if not parts:
        raise CasesInvalid(f"There are no files of cases under {', '.join(map(str, paths))}.")
    return parts


def _parsing_parts(path: Path) -> Iterator[Part]:
    for listing in sorted(path.rglob(LISTINGS)) if path.is_dir() else ():
        yield Part("parsing", listing.stem.removeprefix("EXPECT_"), tuple(read_expected(listing)), "parse", listing)


def _ranking_parts(path: Path, count: int) -> Iterator[Part]:
    for corpus in sorted(path.rglob(CORPUS)) if path.is_dir() else ():
        found = read_beir(corpus.parent)
        cases = [Case(key, text, (), True, detect_language(text)) for key, text in found.queries.items()]
        follow_ups = found.follow_ups
        cases = [
            replace(case, earlier=follow_ups[case.id].earlier, stand_alone=follow_ups[case.id].stand_alone)
            if case.id in follow_ups
            else case
            for case in cases
        ]
        layer: Layer = "conversation" if follow_ups else "retrieval"
        yield Part(layer, found.name, _sample(found.name, cases, count), "rank", corpus.parent)


def _everyday_parts(paths: Sequence[Path], per_set: int) -> list[Part]:
    parts = [
        replace(part, source=pack)
        for path in paths
        for pack, cases in read_packs(path)
        for part in parts_of(pack.resolve().name, cases, per_set)
    ]
    names = [part.set for part in parts]
    if doubled := next((name for name in names if names.count(name) > 1), None):
        raise CasesInvalid(f"Two packs are named {doubled}: rename the folder of one, or give one of them only.")
    return parts


def parts_of(name: str, cases: Sequence[Case], per_set: int) -> Iterator[Part]:
    """Every layer that these cases allow. The set's name seeds the samples: they are the same in every run."""
    forbidding = [case for case in cases if case.forbidden]
    gold = [case for case in cases if case.gold is not None and case.answers and not case.forbidden]
    crowded = [case for case in gold if len(case.passages) > 1]
    unanswerable = [case for case in cases if not case.answerable and case.passages]
    everyday = [case for case in cases if isinstance(case, EverydayQuestion)]
    over_documents = [case for case in cases if not case.passages and not isinstance(case, EverydayQuestion)]
    if everyday:
        grouped = [replace(case, group=case.group or name) for case in everyday]
        yield Part("everyday", name, _sample(name, grouped, per_set), "converse")
    if forbidding:
        yield Part("injection", name, tuple(forbidding), "answer")
    if gold:
        alone = [replace(case, passages=(case.passages[case.gold or 0],), gold=0) for case in gold]
        yield Part("answers", name, _sample(name, alone, per_set), "answer")
    if crowded:
        yield Part("noise", name, _sample(name, crowded, per_set), "answer")
    if unanswerable or crowded:
        twins = [without_gold(case) for case in crowded]
        yield Part("refusal", name, (*(case for case in gold), *unanswerable, *twins), "decide")
    if over_documents:
        yield Part("documents", name, _sample(name, over_documents, per_set), "answer")


def _rgb_parts(path: Path, per_set: int) -> Iterator[Part]:
    """RGB (Chen et al., 2024): correct passages among noise, and passages with false statements."""
    noisy, false = [], []
    for number, row in enumerate(_rows(path), start=1):
        try:
            common = {"id": str(row["id"]), "question": row["query"], "answerable": True, "language": "en"}
            right, wrong = _alternatives(row["answer"]), _alternatives(row["fakeanswer"])
            noise = [*row["positive"][:1], *row["negative"][:4]]
            noisy.append(Case(answers=right, passages=tuple(noise), gold=0, **common))
            false.append(Case(answers=wrong, passages=tuple(row["positive_wrong"]), **common))
        except (KeyError, TypeError) as fault:
            raise CasesInvalid(f"{path.name}: line {number}: has no {fault}.") from None
    yield Part("noise", path.stem, _sample(path.stem, noisy, per_set), "answer")
    yield Part("counterfactual", path.stem, _sample(path.stem, false, per_set), "answer")


def _alternatives(given: Any) -> tuple[str, ...]:
    flat = given if isinstance(given, list) else [given]
    return tuple(str(item) for entry in flat for item in (entry if isinstance(entry, list) else [entry]))


def _read(path: Path) -> list[Case]:
    """Cases of a file; the end of its name (`mine_pt.jsonl`) is the default language."""
    return read_cases(path, language=path.stem.rpartition("_")[2])


def _files(path: Path, *, rgb: bool = False) -> Iterator[Path]:
    """Case files at or under `path`, in order of name."""
    if not path.exists():
        raise CasesInvalid(f"There is no file or folder {path}.")
    packs = find_packs(path)
    found = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.suffix in {".jsonl", ".json"})
    for file in found:
        if is_document(file, packs) or "turns" in (row := _first_row(file)):
            continue
        if ("positive_wrong" in row) if rgb else ("question" in row or (path.is_file() and "query" not in row)):
            yield file


def _first_row(file: Path) -> dict[str, Any]:
    return next(_rows(file), {}) if file.suffix == ".jsonl" else {"question": ""}


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8-sig") as file:
        for line in file:
            if line.strip():
                try:
                    row = json.loads(line)
                except ValueError:
                    row = None
                yield row if isinstance(row, dict) else {}


def _sample(name: str, cases: Sequence[Case], count: int) -> tuple[Case, ...]:
    drawn = random.Random(zlib.crc32(name.encode())).sample(range(len(cases)), min(count, len(cases)))  # noqa: S311
    return tuple(cases[i] for i in sorted(drawn))
