"""Rows from questions that were written by hand: complete, without leaks into what is kept out, and repeatable."""

from __future__ import annotations

import json

from app.chat.steps.review import NO, YES
from app.training.rows import Row, read_rows
from samples.asked_rows import FOLDER, HELD_OUT, asked_rows

ENTRIES = [json.loads(line) for path in sorted(FOLDER.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]


def test_each_passage_has_questions_with_and_without_an_answer() -> None:
    for entry in ENTRIES:
        right = {pair["q"]: pair["a"] for pair in entry["pairs"]}
        assert len(right) == len(entry["pairs"]), entry["file"]
        assert {answer is None for answer in right.values()} == {True, False}, entry["file"]
        assert not any(right[pair["q"]] in pair.get("wrong", ()) for pair in entry["pairs"]), entry["file"]


def test_rows_can_be_trained_on_and_those_kept_out_are_of_other_passages() -> None:
    learned, kept_out = asked_rows(seed=3)
    assert all(isinstance(row, Row) for row in read_rows(map(json.dumps, learned + kept_out)))
    shown, kept = _shown(learned), _shown(kept_out)
    own = [entry["text"] for entry in ENTRIES if entry["text"] in kept]
    assert len(own) >= HELD_OUT * len(ENTRIES) * 0.9
    assert not any(text in shown for text in own)


def _shown(rows: list[dict]) -> str:
    """All passages of the rows."""
    return "\n".join(text for row in rows for text in row.get("context", ()))


def test_reviews_are_of_right_and_wrong_answers_and_the_rows_are_repeatable() -> None:
    learned, _ = asked_rows(seed=3)
    replies = [row["messages"][-1]["content"] for row in learned if "messages" in row]
    assert min(replies.count(YES), replies.count(NO)) > 0.3 * len(replies)
    assert learned == asked_rows(seed=3)[0]
