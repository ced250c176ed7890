"""How an answer ends: at a sentence near the limit, and never in a circle."""

from __future__ import annotations

from app.chat.steps.ending import TAIL, AnswerEnding


def write(text: str, limit: int) -> tuple[str, str | None]:
    """What is shown of a text that comes word by word, as a generator stopped at `limit` tokens gives it."""
    ending = AnswerEnding(limit)
    words = [word if place == 0 else f" {word}" for place, word in enumerate(text.split(" "))]
    shown = ""
    for count, word in enumerate(words[:limit], 1):
        shown += ending.push(word, count, None)
        if ending.finish_reason is not None:
            return shown, ending.finish_reason
    shown += ending.push("", min(len(words), limit), "length" if len(words) > limit else "stop")
    return shown, ending.finish_reason


def sentence(words: int) -> str:
    return " ".join(f"Word{place}" for place in range(words - 1)) + " end."


def test_answer_that_ends_by_itself_is_shown_whole() -> None:
    text = "The pool opens at nine. It closes at eight"
    assert write(text, 1000) == (text, "stop")
    assert write(text, TAIL) == (text, "stop")  # near the limit from its first token on


def test_answer_cut_by_the_limit_ends_at_a_sentence() -> None:
    text = f"{sentence(30)} {sentence(30)} {sentence(30)}"
    assert write(text, 70) == (f"{sentence(30)} {sentence(30)}", "length")


def test_only_sentence_of_a_cut_answer_is_shown_as_far_as_it_came() -> None:
    shown, reason = write(sentence(100), 50)
    assert (shown, reason) == (" ".join(sentence(100).split(" ")[:50]), "length")


def test_answer_that_goes_in_a_circle_is_stopped() -> None:
    shown, reason = write("The fee is due. " + "and so on " * 50, 400)
    assert reason == "repetition"
    assert shown.count("and so on") <= 3


def test_numbers_of_a_row_and_dashes_are_no_circle() -> None:
    text = "The totals are 100 100 100 100 100 and ---------- in the last line."
    assert write(text, 400) == (text, "stop")


def test_answer_does_not_begin_with_a_blank() -> None:
    ending = AnswerEnding(100)
    assert ending.push("  \n", 1, None) + ending.push(" The DPO", 2, None) == "The DPO"
