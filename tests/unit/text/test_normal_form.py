"""The normal form of text and of names."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text.normal_form import CHANGED, normal_form, normal_name, shortened_name
from app.text.terms import document_terms, query_terms


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("Vacac\u0327a\u0303o", "Vacação"),  # decomposed accents
        ("\u212b and \u2126", "Å and Ω"),  # ångström and ohm signs
        ("hand\u00adbook", "handbook"),
        ("hand\u00ad\n  book", "handbook"),  # divided at the end of a line
        ("hand\u200bbook, X\u2060Y7, a\u200db", "handbook, XY7, ab"),
        ("o\ufb03cial \ufb01gures", "official figures"),
        ("one\u2028two\u2029three", "one\ntwo\n\nthree"),
        ("one\r\ntwo\rthree\x0bfour\x0cfive", "one\ntwo\nthree\nfour\nfive"),
        ("\u202a+351 21\u202c", "+351 21"),  # marks of direction, as copied telephone numbers have
        ("Hi\U000e0041\U000e0042!", "Hi!"),  # tags, which hide text
        ("a \x93quoted\x94 word", "a “quoted” word"),
        ("a\ufffcb\ufeffc\0d", "abcd"),
        ("\ufee3\ufeae\ufea3\ufe92\ufe8e", "مرحبا"),  # Arabic letters by their place in the word
        ("\u2f83\u2f08", "自人"),  # radicals
        ("\U0001d465 = 4", "x = 4"),
        ("KX\u20117, long\u2010term", "KX-7, long-term"),
    ],
)
def test_what_looks_alike_is_alike(written: str, seen: str) -> None:
    assert normal_form(written) == seen


@pytest.mark.parametrize(
    "text",
    [
        "10² m², H₂O, ½ l, 5 µg, № 7",
        "long-term, l'été, naïve — “so”…",
        "می\u200cخواهم",  # the joiner divides the letters of a Persian word
        "क\u094d\u200dष",
        "ພາ\u200bສາ",  # a space without width divides words of Lao
        "👩\u200d🚒",
        "\tif x:\n\t\treturn  1",
        "価格\u3000５０\u00a0€",
    ],
)
def test_what_is_seen_stays(text: str) -> None:
    assert normal_form(text) == text


@given(st.text(max_size=40))
def test_texts_that_are_let_through_have_nothing_to_change(text: str) -> None:
    if CHANGED.search(text) is None:
        assert normal_form(f"{text}\x00") == normal_form(text)


@given(st.text(max_size=40))
def test_twice_is_once(text: str) -> None:
    once = normal_form(text)
    assert normal_form(once) == once
    assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize(
    ("declared", "name"),
    [
        ("Relato\u0301rio\u00a0final.pdf", "Relatório final.pdf"),
        ("Screen 9.41\u202fAM.png", "Screen 9.41 AM.png"),
        (" notes\u200b\x00\x1b.txt\n", "notes.txt"),
        ("a\nb\tc", "a b c"),
        ("\u200b\u2060", ""),
        ("گزارش\u200cها.pdf", "گزارش\u200cها.pdf"),
    ],
)
def test_names_are_one_line_of_what_is_shown(declared: str, name: str) -> None:
    assert normal_name(declared) == name


def test_long_names_keep_their_ending_and_stay_apart() -> None:
    long = [f"{'a' * 400}{number}.pdf" for number in range(3)]
    short = {shortened_name(name, 100) for name in long}
    assert len(short) == 3
    assert {(len(name), name[-4:]) for name in short} == {(100, ".pdf")}
    assert shortened_name("x" * 100, 100) == "x" * 100
    assert len(shortened_name("." + "x" * 500, 100)) == 100


def test_questions_find_words_however_they_are_typed() -> None:
    typed = unicodedata.normalize("NFD", "inspeção das cal\u00addeiras")
    assert set(query_terms(typed)) <= set(document_terms("A inspeção das caldeiras."))
