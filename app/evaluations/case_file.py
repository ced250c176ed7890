"""Files of cases that tenants upload, and how the database stores them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import BinaryIO

from app.errors import InvalidRequest, PayloadTooLarge
from app.evaluations.cases import Case, parse_cases
from app.evaluations.everyday.questions import is_everyday, parse_questions
from app.storage.streams import copy_limited, read_pieces

LARGEST_FILE = 8 * 2**20  # bytes
LONGEST_NAME = 200  # characters; the end of a longer name decides the format


@dataclass(frozen=True, slots=True)
class CaseFile:
    """The text of a file of cases. Its name decides the format: JSONL, or SQuAD's JSON."""

    name: str
    text: str

    def cases(self, limit: int) -> list[Case]:
        """Raises CasesInvalid with the lines that are wrong, InvalidRequest for more than `limit` cases."""
        return parse_cases(self.text, name=self.name, most=limit)

    def questions(self, limit: int) -> list[Case]:
        """Cases, or everyday questions with at most `limit` turns together. Raises as `cases` does."""
        if not is_everyday(self.text):
            return self.cases(limit)
        questions = parse_questions(self.text, name=self.name, most=limit)
        turns = sum(1 + len(question.earlier) for question in questions)
        if turns > limit:
            raise InvalidRequest(f"{turns} turns; an evaluation takes at most {limit}.", param="cases")
        return questions


def read_case_file(file: BinaryIO, name: str) -> CaseFile:
    """Read an upload. Raises PayloadTooLarge, InvalidRequest (not UTF-8)."""
    content = BytesIO()
    too_large = PayloadTooLarge(f"Cases may have at most {LARGEST_FILE:,} bytes.", param="cases")
    copy_limited(read_pieces(file), content.write, LARGEST_FILE, too_large)
    try:
        return CaseFile(name[-LONGEST_NAME:], content.getvalue().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InvalidRequest("Cases must be UTF-8 text.", param="cases") from None


def to_stored(file: CaseFile) -> str:
    """Name and text as one JSON object, for a column that holds both."""
    return json.dumps(asdict(file), ensure_ascii=False)


def from_stored(stored: str) -> CaseFile:
    """Also reads the format before JSON: the name in a line before the text."""
    if stored.startswith("{"):
        return CaseFile(**json.loads(stored))
    name, _, text = stored.partition("\n")
    return CaseFile(name, text)
