"""Removal of characters that do not belong in the text of a document."""

from __future__ import annotations

import re

from app.documents.parsing.encoded_data import without_encoded_data
from app.text.normal_form import normal_form

LINE_END = re.compile("\r\n|[\r\x0b\x0c\u2028]")
# What a terminal does not print: colours and titles, and letters struck over.
TERMINAL = re.compile("\x1b\\[[0-?]*[ -/]*[@-~]|\x1b\\][^\x07\x1b\n]*(?:\x07|\x1b\\\\)?|[^\n]\x08")
# Control characters but tab and newline; lone surrogates; byte-order marks in mid-text.
UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufeff]")


def clean(text: str) -> str:
    """`text` without unwanted characters, with newlines as \\n: what parsers read, with soft hyphens still in it."""
    text = LINE_END.sub("\n", text)
    if "\x1b" in text or "\x08" in text:
        text = TERMINAL.sub("", text)
    return UNWANTED.sub("", text)


def readable(text: str) -> str:
    """`text` as it goes into a document: in its normal form, without files written as text."""
    return without_encoded_data(normal_form(text))


def collapse_spaces(text: str) -> str:
    """`text` on one line with single spaces: for formats without meaningful line breaks."""
    if text.isascii() and text.isprintable():  # most cells of large tables: nothing to clean
        return " ".join(text.split())
    return " ".join(normal_form(clean(text)).split())
