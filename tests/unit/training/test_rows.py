"""Rows and datasets: every shape read, every fault named by its line, documents never on both sides."""

from __future__ import annotations

import json

import pytest

from app.errors import InvalidRequest
from app.llm.fake import FakeGenerator
from app.text.refusals import refusal_text
from app.training.dataset import split, validate
from app.training.examples import Example, answer_text, render
from app.training.recipe import recipe_from
from app.training.rows import Problem, Row, read_rows

TOKENIZER = FakeGenerator().tokenizer


def one(row: object) -> Row | Problem:
    return next(iter(read_rows([row if isinstance(row, str) else json.dumps(row)])))


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("{not json", "malformed"),
        ("[1]", "malformed"),
        ("[" * 100_000, "malformed"),
        ({"text": "hello"}, "wrong_shape"),
        ({"messages": [{"role": "user", "content": "a"}]}, "malformed"),
        ({"messages": [{"role": "user", "content": "a"}, {"role": "robot", "content": "b"}]}, "malformed"),
        ({"messages": [{"role": "assistant", "content": "a"}, {"role": "user", "content": "b"}]}, "nothing_to_learn"),
        ({"prompt": "a", "completion": "  "}, "nothing_to_learn"),
        ({"prompt": "", "completion": "b"}, "malformed"),
        ({"question": "a?", "context": "b"}, "nothing_to_learn"),
        ({"question": "a?", "context": "", "answer": "c"}, "malformed"),
        ({"question": "a?", "context": ["b", 3], "answer": "c"}, "malformed"),
        ({"question": "a?", "context": "b", "answer": "c", "language": "xx"}, "malformed"),
        ({"question": "a?", "context": "b", "answer": "c", "sources": 5}, "malformed"),
        ({"question": "a?", "context": "b", "answer": "c", "sources": [{"id": 1}]}, "malformed"),
    ],
)
def test_a_faulty_row_is_named(row: object, code: str) -> None:
    found = one(row)
    assert isinstance(found, Problem)
    assert (found.line, found.code) == (1, code)


@pytest.mark.parametrize(
    ("row", "answer"),
    [
        ({"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]}, "b"),
        ({"prompt": "a", "completion": " b "}, "b"),
        ({"question": "a?", "context": "x", "answer": "b"}, "b"),
        ({"question": "a?", "context": ["x", "y"], "answers": ["b", "c"]}, "b"),
        ({"question": "a?", "context": "x", "answers": {"text": ["b"], "answer_start": [0]}}, "b"),
    ],
)
def test_every_shape_is_read(row: object, answer: str) -> None:
    found = one(row)
    assert isinstance(found, Row)
    assert found.answer == answer


def test_no_answer_teaches_the_services_own_refusal_in_the_questions_language() -> None:
    for question, language in (("Who is the clerk?", "en"), ("Quem é o escrivão?", "pt")):
        found = one({"question": question, "context": "x", "answer": None})
        assert isinstance(found, Row)
        assert answer_text(found) == refusal_text("nothing_relevant", language)


def test_blank_lines_count_and_duplicates_and_long_rows_are_named_by_line() -> None:
    lines = [
        json.dumps({"prompt": "a", "completion": "b"}),
        "",
        json.dumps({"prompt": "a", "completion": "b"}),
        json.dumps({"prompt": "long " * 100, "completion": "b"}),
    ]
    report, examples = validate(lines, TOKENIZER, end_id=0, max_tokens=60)
    assert [(p.line, p.code) for p in report.problems] == [(3, "duplicate"), (4, "too_long")]
    assert len(examples) == 1


def test_an_empty_file_is_a_problem() -> None:
    report, _ = validate(["", " "], TOKENIZER, end_id=0, max_tokens=60)
    assert [p.code for p in report.problems] == ["empty"]


def test_rows_are_rendered_by_the_prompt_that_production_builds() -> None:
    from app.chat.steps.prompt import build_prompt, passage_text
    from tests.support.passages import passage

    texts = ["The box is red.", "The  door\nis green."]
    passages = [passage(text) for text in texts]
    shown = [passage_text(one) for one in passages]  # with the file's name, as chat shows it
    row = one({"question": "What is red?", "context": shown, "answer": "The box"})
    assert isinstance(row, Row)
    example = render(row, TOKENIZER, end_id=0, max_tokens=10_000)
    assert isinstance(example, Example)
    built = build_prompt("What is red?", passages, language="en", tokenizer=TOKENIZER, budget=10_000)
    assert example.prompt == built.token_ids
    assert example.completion[-1] == 0


def test_near_duplicate_documents_stay_on_one_side() -> None:
    base = " ".join(f"word{place}" for place in range(60))
    examples = []
    for place in range(30):
        text = (
            base.replace("word7", "other") if place == 1 else base if place == 0 else f"{place} " + base[::-1] * place
        )
        examples.append(Example((1, place), (2,), f"doc {place}", place, text))
    for seed in range(20):
        found = split(examples, validation_share=0.3, seed=seed)
        held = {example.document for example in found.validation}
        assert held
        assert ("doc 0" in held) == ("doc 1" in held)


def test_the_split_holds_out_whole_documents_and_never_everything() -> None:
    examples = [Example((1, i), (2,), f"doc {i // 5}", i, f"text of {i // 5} alone") for i in range(50)]
    found = split(examples, validation_share=0.2, seed=3)
    assert not {e.document for e in found.train} & {e.document for e in found.validation}
    assert len(found.validation) == 10
    single = split(examples[:5], validation_share=0.5, seed=3)
    assert len(single.train) == 5


def test_the_split_holds_out_as_many_documents_as_decide_within_twice_the_share() -> None:
    examples = [Example((1, i), (2,), f"doc {i // 20}", i, f"text of {i // 20} alone") for i in range(2000)]

    def documents(share: float, least: int, count: int = 2000) -> int:
        held = split(examples[:count], validation_share=share, seed=3, documents=least).validation
        return len({example.document for example in held})

    assert documents(0.05, 0) == 5
    assert documents(0.05, 8) == 8
    assert documents(0.05, 40) == 10  # twice the share
    assert documents(0.2, 8) == documents(0.2, 0) == 20
    assert documents(0.2, 8, count=300) == 5  # a third of the documents


@pytest.mark.parametrize(
    "given",
    [{"rank": 0}, {"rank": True}, {"rank": "8"}, {"method": "full"}, {"learning_rate": 5}, {"targets": []},
     {"targets": ["lm_head"]}, {"epochs": float("nan")}, {"colour": 1}, {"init": "loftq", "method": "lora"},
     {"method": "dora", "init": "pissa"}, {"method": "ia3", "rslora": True}, {"method": "ia3", "init": "pissa"}],
)  # fmt: skip
def test_a_recipe_out_of_bounds_names_the_field(given: dict) -> None:
    with pytest.raises(InvalidRequest):
        recipe_from(given)


def test_defaults_follow_the_number_of_rows() -> None:
    assert recipe_from({}, rows=3000).rank == 16
    assert recipe_from({}, rows=100).dropout == 0.05
    assert recipe_from({"rank": 4}, rows=3000).scaling == 2.0


def test_the_default_rate_follows_the_width_of_the_base() -> None:
    rates = {width: recipe_from({}, rows=100, width=width).learning_rate for width in (576, 2000, 4096)}
    assert rates == {576: 1.3e-3, 2000: 5e-4, 4096: 2.9e-4}
    assert recipe_from({"learning_rate": 1e-4}, width=576).learning_rate == 1e-4
    assert recipe_from({"method": "adalora"}, width=576).learning_rate == 5e-3
    assert recipe_from({"method": "ia3"}, width=576).learning_rate == 3e-3
