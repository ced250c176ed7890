"""Uploaded files of cases: their limits, and how the database stores them."""

from __future__ import annotations

from io import BytesIO

import pytest

from app.errors import InvalidRequest, PayloadTooLarge
from app.evaluations.case_file import LARGEST_FILE, CaseFile, from_stored, read_case_file, to_stored

JSONL = '{"question": "When?", "answers": ["at ten"]}\n{"question": "Quem?", "answers": ["José"]}\n'
SQUAD = '{"data": [{"paragraphs": [{"context": "c", "qas": [{"question": "q?", "answers": ["a"]}]}]}]}'


@pytest.mark.parametrize("file", [CaseFile("mine.jsonl", JSONL), CaseFile("SQuAD.JSON", SQUAD)])
def test_a_stored_file_has_the_same_cases(file: CaseFile) -> None:
    assert from_stored(to_stored(file)) == file
    assert from_stored(to_stored(file)).cases(10) == file.cases(10)


@pytest.mark.parametrize(("name", "text"), [("cases.jsonl", JSONL), ("cases.json", SQUAD)])
def test_the_former_stored_format_is_still_read(name: str, text: str) -> None:
    assert from_stored(f"{name}\n{text}") == CaseFile(name, text)


def test_the_end_of_a_long_name_decides_the_format() -> None:
    file = read_case_file(BytesIO(SQUAD.encode()), f"{'x' * 300}.json")
    assert len(file.name) == 200
    assert [case.question for case in file.cases(10)] == ["q?"]


def test_more_cases_than_the_limit_are_refused() -> None:
    assert len(CaseFile("a.jsonl", JSONL).cases(2)) == 2
    with pytest.raises(InvalidRequest, match="More than 1 cases; an evaluation takes at most 1"):
        CaseFile("a.jsonl", JSONL).cases(1)


def test_an_upload_of_the_largest_size_is_read_and_one_byte_more_is_refused() -> None:
    assert len(read_case_file(BytesIO(b" " * LARGEST_FILE), "a.jsonl").text) == LARGEST_FILE
    with pytest.raises(PayloadTooLarge):
        read_case_file(BytesIO(b" " * (LARGEST_FILE + 1)), "a.jsonl")


def test_a_byte_order_mark_is_removed_and_other_encodings_are_refused() -> None:
    assert read_case_file(BytesIO("\ufeffé".encode()), "a.jsonl").text == "é"
    with pytest.raises(InvalidRequest, match="UTF-8"):
        read_case_file(BytesIO("é".encode("latin-1")), "a.jsonl")
