"""Datasets in the shapes that people have: read as the same rows, or refused with what to write instead."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.errors import InvalidRequest
from app.training.row_files import jsonl_lines
from app.training.rows import Problem, Row, read_rows

ASKED = [{"role": "user", "content": "When?"}]
SAID = [{"role": "assistant", "content": "At ten."}]


def one(row: Any) -> Row | Problem:
    return next(iter(read_rows([json.dumps(row)])))


@pytest.mark.parametrize(
    ("row", "asked"),
    [
        ({"instruction": "When?", "input": "", "output": "At ten."}, ["When?"]),
        ({"instruction": "When?", "input": "The museum.", "output": "At ten."}, ["When?\n\nThe museum."]),
        ({"system": "Be brief.", "instruction": "When?", "response": "At ten."}, ["Be brief.", "When?"]),
        ({"input": "When?", "output": "At ten."}, ["When?"]),
        ({"prompt": "When?", "response": "At ten."}, ["When?"]),
        ({"prompt": ASKED, "completion": SAID}, ["When?"]),
        ({"prompt": ASKED, "completion": "At ten."}, ["When?"]),
        ({"conversations": [{"from": "human", "value": "When?"}, {"from": "gpt", "value": "At ten."}]}, ["When?"]),
        ({"system": "Be brief.", "conversations": [*ASKED, *SAID]}, ["Be brief.", "When?"]),
        (
            {"messages": [{"role": "user", "content": [{"type": "text", "text": "When?"}]}, *SAID], "tools": []},
            ["When?"],
        ),
    ],
)
def test_rows_of_other_tools_are_read(row: dict[str, Any], asked: list[str]) -> None:
    found = one({**row, "document": "museum"})
    assert isinstance(found, Row), found
    assert ([message.content for message in found.messages], found.answer) == (asked, "At ten.")
    assert found.document == "museum"


@pytest.mark.parametrize(
    ("row", "advice"),
    [
        ({"text": "The museum opens at ten."}, "split it into `prompt` and `completion`"),
        ({"question": "When?", "answer": "At ten."}, "`context` is missing"),
        ({"prompt": "When?", "chosen": "At ten.", "rejected": "No."}, "`chosen` as the `completion`"),
        ({"messages": [*ASKED, {"role": "assistant", "content": None, "tool_calls": [{}]}]}, "Calls of tools"),
        ({"messages": [*ASKED, {"role": "tool", "content": "1"}, *SAID]}, "Calls of tools"),
        ({"messages": [{"role": "user", "content": [{"type": "image_url"}]}, *SAID]}, "'image_url'"),
        ({"a": 1, "b": 2}, "this one has a, b"),
        ({"instruction": ["When?"], "output": "At ten."}, "must be texts"),
        ({"instruction": "When?"}, "`completion` must be a text"),
    ],
)
def test_rows_that_cannot_be_read_are_told_what_to_write(row: dict[str, Any], advice: str) -> None:
    found = one(row)
    assert isinstance(found, Problem)
    assert advice in found.message


ROWS = [{"prompt": f"When {number}?", "completion": 'At\n"ten".'} for number in range(3)]
COMPACT = [json.dumps(row) for row in ROWS]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("\n".join(COMPACT), [1, 2, 3]),
        (json.dumps(ROWS), [1, 2, 3]),
        ("[\n" + ",\n".join(COMPACT) + "\n]\n", [2, 3, 4]),
        (json.dumps(ROWS, indent=2), [2, 6, 10]),
        ("\n".join(json.dumps(row, indent=2) for row in ROWS), [1, 5, 9]),
        ('Prompt,completion\nWhen 0?,"At\n""ten""."\nWhen 1?,"At\n""ten""."\nWhen 2?,"At\n""ten""."', [2, 4, 6]),
        (
            'prompt;completion;note\nWhen 0?;"At\n""ten"".";\n\nWhen 1?;"At\n""ten""."\nWhen 2?;"At\n""ten""."',
            [2, 5, 7],
        ),
    ],
    ids=["lines", "array on a line", "array of lines", "indented array", "indented objects", "CSV", "semicolons"],
)
def test_files_of_other_forms_are_the_same_rows_on_their_lines(text: str, lines: list[int]) -> None:
    made = list(read_rows(jsonl_lines(text)))
    assert [(row.messages[0].content, row.answer) for row in made if isinstance(row, Row)] == [
        (row["prompt"], row["completion"]) for row in ROWS
    ]
    assert [row.line for row in made] == lines


def test_cells_that_say_null_teach_refusals_and_empty_cells_nothing() -> None:
    text = "question,context,answer\nWhen?,It opens.,null\nWho?,It opens.,\nHow?,It opens.,So.\n"
    made = list(read_rows(jsonl_lines(text)))
    assert [row.answer if isinstance(row, Row) else row.code for row in made] == [None, "nothing_to_learn", "So."]


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ('[\n{"prompt": "a"},\n{"prompt" "b"}\n]', "line 3: Not JSON"),
        ('[{"prompt": "a"}', "']' is missing at the end"),
        ("[" * 100_000, "Not JSON"),
        ("[1" + "0" * 10_000 + "]", "Not JSON"),
        ("id,body\n1,2\n", "neither JSONL"),
        ("The museum opens at ten.", "neither JSONL"),
        ("prompt,completion\na,b,c\n", "line 2: the row has 3 cells"),
        ("prompt,completion\na," + "b" * 200_000, "line 2: field larger"),
    ],
)
def test_files_of_no_known_form_are_refused_with_the_place(text: str, advice: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        list(jsonl_lines(text))
    assert advice in refused.value.message


def test_broken_lines_of_jsonl_stay_faults_of_their_lines() -> None:
    text = '{"prompt": "a", "completion": "b"\n{"prompt": "c", "completion": "d"}\n'
    assert [one.line for one in read_rows(jsonl_lines(text)) if isinstance(one, Problem)] == [1]
    lone = '[{"prompt": "\\ud800", "completion": "b"}]'
    assert [one.code for one in read_rows(jsonl_lines(lone)) if isinstance(one, Problem)] == ["malformed"]
    assert list(jsonl_lines("\n \n")) == ["", " ", ""]
