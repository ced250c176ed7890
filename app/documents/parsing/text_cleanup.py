"""Removal of characters that do not belong in the text of a document."""

from __future__ import annotations

import re

# Control characters but tab and newline; lone surrogates; byte-order marks in mid-text.
UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufeff]")


def clean(text: str) -> str:
    """`text` without unwanted characters, with newlines as \\n."""
    return UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def collapse_spaces(text: str) -> str:
    """`text` on one line with single spaces: for formats without meaningful line breaks."""
    return " ".join(clean(text).split())
