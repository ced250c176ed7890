"""The builder of parsed documents: its text in normal form, and its warnings."""

from __future__ import annotations

import base64

import pytest

from app.documents.parsing.document_builder import (
    MAX_WARNING_CHARS,
    MAX_WARNINGS,
    MORE_WARNINGS,
    DocumentBuilder,
    ParserLimits,
)
from app.domain.documents import DocumentWarning


def builder_with_text() -> DocumentBuilder:
    builder = DocumentBuilder(ParserLimits())
    builder.add("paragraph", "The mill grinds barley.")
    return builder


def test_document_has_its_warnings_once_and_in_order() -> None:
    builder = builder_with_text()
    for page in (3, 2, 3):
        builder.warn("pages_not_read", f"Page {page} is a picture.")
    assert builder.finish("text/plain").warnings == (
        DocumentWarning("pages_not_read", "Page 3 is a picture."),
        DocumentWarning("pages_not_read", "Page 2 is a picture."),
    )


def test_warnings_are_few_short_and_printable() -> None:
    builder = builder_with_text()
    for sheet in range(1000):
        builder.warn("hidden_sheet", f"Sheet\x00{sheet}\n is \ud800 hidden." + "!" * 1000)
    warnings = builder.finish("text/plain").warnings
    assert len(warnings) == MAX_WARNINGS
    assert warnings[-1] == MORE_WARNINGS
    assert warnings[0].message.startswith("Sheet 0 is hidden.!!")
    assert {len(warning.message) for warning in warnings[:-1]} == {MAX_WARNING_CHARS}


def test_warning_about_a_member_says_which() -> None:
    builder = builder_with_text()
    with builder.section("prices.xlsx"):
        builder.warn("hidden_sheet", "The sheet Old is hidden.")
    builder.warn("hidden_sheet", "The sheet Old is hidden.")
    messages = [warning.message for warning in builder.finish("text/plain").warnings]
    assert messages == ["prices.xlsx: The sheet Old is hidden.", "The sheet Old is hidden."]


def test_whatever_a_parser_adds_is_in_normal_form() -> None:
    builder = DocumentBuilder(ParserLimits())
    builder.title = "Relato\u0301rio\u00ad"
    with builder.section("Relato\u0301rio.txt"):
        builder.add("paragraph", "    A func\u0327a\u0303o da cal\u00addeira.\u2028Fim.\x00 ")
        builder.add_table([["Estac\u0327a\u0303o", "Peso"], ["No\u200brte", "4"], ["Sul", "5"]])
    parsed = builder.finish("text/plain")
    assert parsed.title == "Relatório"
    assert parsed.text.split("\n\n") == [
        "Relatório.txt",
        "    A função da caldeira.\nFim.",
        "Estação: Norte | Peso: 4\nEstação: Sul | Peso: 5",
    ]
    assert [parsed.text[block.char_start : block.char_end] for block in parsed.blocks] == parsed.text.split("\n\n")


@pytest.mark.parametrize("separator", ["", "\n", " "])
def test_files_written_as_text_are_left_out(separator: str) -> None:
    picture = base64.b64encode(bytes(range(256)) * 8).decode()
    lines = separator.join(picture[place : place + 76] for place in range(0, len(picture), 76))
    for before, behind in [("", ""), ("data:image/png;base64,", ")"), ("-----BEGIN X-----\n", "\n-----END X-----")]:
        builder = DocumentBuilder(ParserLimits())
        builder.add("paragraph", f"Start here.\n{before}{lines}{behind}\nStop there.")
        text = builder.finish("text/plain").text
        assert text.startswith("Start here.")
        assert text.endswith("Stop there.")
        assert len(text) < 80


def test_drawings_in_addresses_are_left_out() -> None:
    builder = DocumentBuilder(ParserLimits())
    drawing = "data:image/svg+xml;utf8,%3Csvg%20xmlns=" + "%20d=M0" * 60
    builder.add("paragraph", f"The valve: ({drawing}) is open.")
    assert builder.finish("text/plain").text == "The valve: ( ) is open."


@pytest.mark.parametrize(
    "text",
    [
        "GATTACA" * 60,
        "/usr/share/doc/packages/some_program/examples/" * 8,
        "https://example.org/?token=" + base64.b64encode(bytes(range(256)) * 2).decode(),
        "ssh-ed25519 " + base64.b64encode(bytes(range(51))).decode() + " and further words" * 20,
        "0123456789abcdef" * 30,
        "Donaudampfschifffahrtsgesellschaftskapitän " * 9,
    ],
)
def test_other_long_words_stay(text: str) -> None:
    builder = DocumentBuilder(ParserLimits())
    builder.add("paragraph", text)
    assert builder.finish("text/plain").text == text.strip()
