"""The check of a dataset reads no further than it needs to, and holds no list of its lines."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator

from app.llm.fake import FakeGenerator
from app.training.dataset import DatasetReport, validate
from app.training.row_files import jsonl_lines
from app.training.rows import Problem, Row

TOKENIZER = FakeGenerator().tokenizer
MOST = 100


def checked(lines: Iterator[str]) -> DatasetReport:
    return validate(lines, TOKENIZER, end_id=0, max_tokens=1000, most_problems=MOST)[0]


def row(number: int) -> str:
    return json.dumps({"prompt": f"Say {number}.", "completion": "Hello."})


def test_an_endless_file_of_wrong_rows_is_checked() -> None:
    for wrong in ("{}", "no JSON", row(0), "[" * 500):
        report = checked(itertools.repeat(wrong))
        assert (report.problem_count, len(report.problems)) == (MOST, MOST)
        assert report.stopped_at == MOST + report.rows


def test_problems_among_rows_stop_the_check_at_their_line() -> None:
    report = checked(line for number in itertools.count() for line in ("", row(number), "{}"))
    assert (report.rows, report.problem_count, report.stopped_at) == (MOST, MOST, 3 * MOST)
    assert [problem.line for problem in report.problems[:2]] == [3, 6]


def test_problems_below_the_number_are_all_told() -> None:
    report = checked(iter(["{}"] * (MOST - 1) + [row(1)]))
    assert (report.rows, report.problem_count, report.stopped_at) == (1, MOST - 1, None)


def test_a_problem_of_the_caller_counts_beside_those_of_the_row() -> None:
    def unknown(found: Row) -> Problem:
        return Problem(found.line, "unknown_source", "It is not here.")

    long = json.dumps({"prompt": "x " * 5000, "completion": "y"})
    report, examples = validate(
        iter([long, row(1)]), TOKENIZER, end_id=0, max_tokens=1000, row_problem=unknown, most_problems=MOST
    )
    assert [problem.code for problem in report.problems] == ["unknown_source", "too_long", "unknown_source"]
    assert len(examples) == 1


def test_rows_of_other_forms_are_read_one_at_a_time() -> None:
    array = "[" + "{},\n" * 10 + "no JSON"
    assert list(itertools.islice(jsonl_lines(array), 10)) == ["{}"] * 10
    table = "prompt,completion\n" + "a,b\n" * 10 + "a,b,c\n"
    assert len([line for line in itertools.islice(jsonl_lines(table), 11) if line]) == 10
    objects = '{"a":\n1}\n' * 10 + "no JSON"
    assert len(list(itertools.islice(jsonl_lines(objects), 19))) == 19
