"""Characters that have no place in a document's text, taken out."""

from __future__ import annotations

import re

# Control characters but tab and newline; lone surrogates; byte-order marks in mid-text.
UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufeff]")


def clean(text: str) -> str:
    """`text` without characters that have no place in a document; newlines as \\n."""
    return UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def squeezed(text: str) -> str:
    """One line with single spaces: for formats where line breaks mean nothing."""
    return " ".join(clean(text).split())
