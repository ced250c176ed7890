"""The builder of parsed documents: its warnings."""

from __future__ import annotations

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
