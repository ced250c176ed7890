"""Sentences and the lines that are units of their own: where each ends, at exact offsets."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.documents.parsing.tables import format_table
from app.text.sentences import LONGEST_ITEM, sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


GOES_ON = [
    "The shop opens at 5 p.m. and closes late.",
    "The shop opens at 5 p.m. Monday to Friday.",
    "It takes 3.5 kg. of flour.",
    "A stick of approx. 10 cm. long.",
    "See No. 5 of the list.",
    "See Art. 12 of the law.",
    "Conforme o art. 12 da lei.",
    "Veja o cap. IV do livro.",
    "Fruit, e.g. Apples from here.",
    "It met Dr. Silva there.",
    "O Sr. Silva veio com a Dra. Costa.",
    "He is 5 ft. 10 in. tall.",
    "It runs for 3 min. 20 s. at most.",
    "It was on 3 Mar. 2020 in the U.S. Senate.",
    "Tomou 2.5 mg. 3 vezes ao dia.",
    "Am 3. Mai beginnt das 2. Semester im 1. Stock.",
    "Das gilt z. B. Montags, d.h. Bei Bedarf auch für Dr. Weber.",
    "Véase el art. 5 de la Dra. Ruiz y la pág. 7.",
    "Voir l'art. 5 de Mme. Martin, p. ex. La page 7.",
    "Il dott. Rossi firma il modulo dell'art. 4.",
]


@pytest.mark.parametrize("text", GOES_ON)
def test_full_stop_within_a_sentence_ends_none(text: str) -> None:
    assert sentences(text) == [text]
    assert sentences(f"It is so. {text} Nothing else.") == ["It is so.", text, "Nothing else."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It weighs 3.5 kg. The box is red.", ["It weighs 3.5 kg.", "The box is red."]),
        ("It weighs 3.5kg. The box is red.", ["It weighs 3.5kg.", "The box is red."]),
        ("It opens at 5 p.m. The shop is small.", ["It opens at 5 p.m.", "The shop is small."]),
        ("The answer is no. He left.", ["The answer is no.", "He left."]),
        ("Ele está no mar. A água é fria.", ["Ele está no mar.", "A água é fria."]),
        ("It is in m. 20 of them fit.", ["It is in m. 20 of them fit."]),
        ("There were 5 cats. 3 dogs came.", ["There were 5 cats.", "3 dogs came."]),
        ("It drifts by ±0.2 °C. The case is grey.", ["It drifts by ±0.2 °C.", "The case is grey."]),
        (
            "The rail carries 12 V. The fuse blows at 4 A. Use gloves.",
            ["The rail carries 12 V.", "The fuse blows at 4 A.", "Use gloves."],
        ),
        ("A dose tem 3 g. O frasco é azul.", ["A dose tem 3 g.", "O frasco é azul."]),
        ("The reply is no. The gate stays shut.", ["The reply is no.", "The gate stays shut."]),
        (
            "iPhone covers cost more.\niPad covers cost less. eBooks cost nothing.",
            ["iPhone covers cost more.", "iPad covers cost less.", "eBooks cost nothing."],
        ),
        ("the kiosk opens at two.\nthe slide closes at six.", ["the kiosk opens at two.", "the slide closes at six."]),
        ("We sell bread, rolls etc.\nand cakes.", ["We sell bread, rolls etc.\nand cakes."]),
        ("Es gibt 12. Die Halle ist voll.", ["Es gibt 12.", "Die Halle ist voll."]),
        ("Er kam 1999. Mai war kalt.", ["Er kam 1999.", "Mai war kalt."]),
        ("Built in 1962.^1 Others differ.^ii See both.", ["Built in 1962.^1", "Others differ.^ii", "See both."]),
    ],
)
def test_full_stop_ends_a_sentence_where_another_begins(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name: Ana | age: 5\nname: rui | age: 6", ["name: Ana | age: 5", "name: rui | age: 6"]),
        ("ana | b. Silva | x.\nrui | c", ["ana | b. Silva | x.", "rui | c"]),
        ("Intro text\nana | 5\nThe end. Of it.", ["Intro text", "ana | 5", "The end.", "Of it."]),
        ("| a | b |\n|---|---|\n| c. D | d |", ["| a | b |\n|---|---|", "| c. D | d |"]),
        ("a\tb. C\td\ne\tf\tg", ["a\tb. C\td", "e\tf\tg"]),
    ],
)
def test_table_row_is_one_unit(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. Apples. Red ones.\n2. Pears", ["1. Apples. Red ones.", "2. Pears"]),
        ("- apples\n- pears. Green.\n• figs", ["- apples", "- pears. Green.", "• figs"]),
        ("a) first;\nb) second;\n(c) third.", ["a) first;", "b) second;", "(c) third."]),
        ("We need:\n* milk\n* eggs", ["We need:", "* milk", "* eggs"]),
        ("- a long\nitem. It goes on\n- b", ["- a long\nitem. It goes on", "- b"]),
        ("- an item\n  that is indented\n\nThe end.", ["- an item\n  that is indented", "The end."]),
        ("It was -5 degrees.\n-5 is cold. Very.", ["It was -5 degrees.", "-5 is cold.", "Very."]),
    ],
)
def test_list_item_is_one_unit(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_long_list_item_is_split_at_its_sentence_ends() -> None:
    long = " ".join(["This sentence is a part of it."] * 12)
    assert len(long) > LONGEST_ITEM
    assert len(sentences(f"- {long}\n- short. Item.")) == 13


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 5\ny = f(x)\nprint(y)", ["x = 5", "y = f(x)", "print(y)"]),
        ("Run it:\n```sh\ncp a. B c\nls\n```\nThen wait.", ["Run it:", "```sh\ncp a. B c", "ls\n```", "Then wait."]),
        ("def f(x):\n    return g(x. Y)\n", ["def f(x):", "return g(x. Y)"]),
        ("int main() {\nint x = g(1);\n}", ["int main() {", "int x = g(1);", "}"]),
        ("Prose before\nimport os\nmore prose. It ends.", ["Prose before", "import os", "more prose.", "It ends."]),
        ("A fence ``` in prose. It is none.", ["A fence ``` in prose.", "It is none."]),
        ("```\nnot closed. So prose.", ["```\nnot closed.", "So prose."]),
    ],
)
def test_line_of_code_is_one_unit(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The parties agree (as they said before)\nto the following reasons: none.",
        "It is what the court held in its judgment;\nhowever, nobody came.",
        "Von der class of 1990:\nnobody was left.",
        "The import\nof cars fell.",
    ],
)
def test_prose_that_is_wrapped_stays_together(text: str) -> None:
    assert sentences(text) == [text]


CELL = st.text("abcZÉ1.,!? -", max_size=20).map(lambda text: f"x{text}")


@given(st.lists(st.lists(CELL, min_size=2, max_size=5), min_size=1, max_size=6))
def test_rows_as_the_parsers_write_them_are_units(rows: list[list[str]]) -> None:
    lines = [line for part in format_table(rows) for line in part.lines if " | " in line]
    assert sentences("\n".join(lines)) == lines


ITEM_TEXT = st.text("abcZ .,!?", min_size=1, max_size=60).map(lambda text: f"x{text.strip()}")


@given(st.lists(st.tuples(st.sampled_from(["-", "•", "1.", "2)", "(a)", "b)"]), ITEM_TEXT), min_size=1, max_size=8))
def test_items_of_a_list_are_units(items: list[tuple[str, str]]) -> None:
    lines = [f"{mark} {text}" for mark, text in items]
    assert sentences("\n".join(lines)) == lines


LINES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["a | b. C", "|---|", "| x |", "- item. More", "1. one", "```", "x = f(1);", "    y()", "", "Dr. X"]
    ),
    st.sampled_from(["It is 5 p.m. now. Go.", "goes on", "a\tb\tc", "(b) second", "}", "\t", "No. 5. The end"]),
)


@given(st.lists(LINES, max_size=12).map("\n".join), st.integers(0, 60), st.integers(0, 200))
@example("```\n```\n", 0, 8)
def test_units_are_in_order_and_lose_nothing_but_white_space(text: str, start: int, length: int) -> None:
    start, end = min(start, len(text)), min(len(text), start + length)
    spans = list(sentence_spans(text, start, end))
    assert all(start <= a < b <= end for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in itertools.pairwise(spans))
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text[start:end].split())
    assert all(text[a:b] == text[a:b].strip() for a, b in spans)


@pytest.mark.parametrize(
    "piece", ["|", "-", "(;", "\t", "a\t", " ", "} ", ": ", "1. ", "a.", ". A", "```\n", "- \n", "| - "]
)
def test_hostile_text_takes_time_in_proportion_to_its_length(piece: str) -> None:
    text = piece * (200_000 // len(piece)) + "x"
    started = time.perf_counter()
    for _ in sentence_spans(text):
        pass
    assert time.perf_counter() - started < 10
