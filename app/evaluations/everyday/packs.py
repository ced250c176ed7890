"""Packs: folders of everyday questions with the documents that they are asked of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from app.evaluations.cases import Case, CasesInvalid
from app.evaluations.everyday.questions import is_everyday, read_questions

QUESTIONS = "questions.jsonl"
DOCUMENTS = "docs"


def find_packs(path: Path) -> list[Path]:
    """The folders at or under `path` with everyday questions; `path` may be such a file itself.

    Raises CasesInvalid for a folder with everyday questions and without documents.
    """
    found = [path] if path.is_file() else sorted(path.rglob(QUESTIONS)) if path.is_dir() else []
    packs = [file.parent for file in found if file.suffix == ".jsonl" and _holds_everyday(file)]
    for pack in packs:
        if not pack_documents(pack):
            raise CasesInvalid(
                f"{pack} has everyday questions and no documents: put the files that they are asked of into "
                f"{pack / DOCUMENTS}, or send the questions to a running service at /api/v1/evaluations."
            )
    return packs


def pack_documents(pack: Path) -> list[Path]:
    """The files under `docs/`, in order of name, without hidden ones."""
    files = (path for path in sorted((pack / DOCUMENTS).rglob("*")) if path.is_file())
    return [path for path in files if not any(part.startswith(".") for part in path.relative_to(pack).parts)]


def is_document(file: Path, packs: Sequence[Path]) -> bool:
    """Whether a file is a document of one of the packs, and so no file of cases."""
    return any(pack / DOCUMENTS in file.parents for pack in packs)


def read_packs(path: Path) -> Iterator[tuple[Path, list[Case]]]:
    """(folder, its questions) of each pack at or under `path`. Raises CasesInvalid."""
    for pack in find_packs(path):
        file = path if path.is_file() else pack / QUESTIONS
        yield pack, read_questions(file)


def _holds_everyday(file: Path) -> bool:
    try:
        with file.open(encoding="utf-8-sig", errors="replace") as lines:
            return is_everyday(next((line for line in lines if line.strip()), ""))
    except OSError:
        return False
