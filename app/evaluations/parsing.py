"""Scores parsing: which of the expected phrases of a file the sandboxed parser finds."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path

from anyio.to_thread import run_sync

from app.documents.parsing.document_builder import ParserLimits
from app.documents.parsing.media_types import detect_media_type
from app.documents.parsing.sandbox import parse_sandboxed
from app.errors import DocumentFailure, UnsupportedMedia
from app.evaluations.case_results import case_head
from app.evaluations.cases import Case, CasesInvalid
from app.evaluations.failures import recorded
from app.evaluations.records import CaseResult

LISTINGS = "EXPECT_*.jsonl"
MARKS = re.compile(r"[\\*_`#|>]")  # of Markdown
SAME = str.maketrans("’‘“”–—", "''\"\"--")


def read_expected(listing: Path) -> Iterator[Case]:
    """One case per file: its name is the question, the phrases that its text must contain are the answers.

    A line has `file` with `must_contain` (a list of phrases) or `paragraphs` (the middle of each must be found).
    The files are in folders beside the listing. Raises CasesInvalid naming the line.
    """
    places = {path.name for path in listing.parent.rglob("*") if path.is_file()}
    for number, line in enumerate(listing.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            phrases = entry.get("must_contain") or [_middle(text) for text in entry["paragraphs"]]
            name = str(entry["file"])
        except (ValueError, KeyError, TypeError, AttributeError):
            raise CasesInvalid(
                f"{listing.name}: line {number}: needs file, and must_contain or paragraphs (lists of texts)."
            ) from None
        if name not in places:
            raise CasesInvalid(f"{listing.name}: line {number}: there is no file {name} beside it.")
        yield Case(name, name, tuple(map(str, phrases)), answerable=True, language="")


async def parse_all(listing: Path, cases: Sequence[Case], limits: ParserLimits) -> AsyncIterator[CaseResult]:
    """A result for each file; that of one that fails has its error."""
    places = {path.name: path for path in listing.parent.rglob("*") if path.is_file()}
    for case in cases:
        yield await recorded(run_sync(_parsed, case, places[case.id], limits), case_head(case))


def _parsed(case: Case, path: Path, limits: ParserLimits) -> CaseResult:
    fault, text = "", ""
    try:
        text = comparable(parse_sandboxed(path, detect_media_type(path, path.name), limits).text)
    except (DocumentFailure, UnsupportedMedia) as failure:
        fault = failure.code
    kept = [comparable(phrase) in text for phrase in case.answers]
    return {
        "id": case.id,
        "group": "",
        "language": "",
        "kept": sum(kept) / max(1, len(kept)),
        "whole": float(all(kept)),
        "fault": fault,
    }


def comparable(text: str) -> str:
    """Remove case, white space, Markdown marks, and the differences of quotes and ligatures."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(MARKS.sub(" ", text).translate(SAME).split())


def _middle(paragraph: str) -> str:
    """Eight words from the middle of a paragraph."""
    words = paragraph.split()
    start = max(0, len(words) // 2 - 4)
    return " ".join(words[start : start + 8])
