"""Leaving out of the prompt what in a document speaks to the model instead of to the reader.

A heuristic, not a guarantee: it knows the common forms that the locales list. The document itself is untouched, and
what is left out is neither shown to the model nor quoted.
"""

from __future__ import annotations

import re

from app.text.locales import LOCALES
from app.text.sentences import sentence_spans

# A chat template's own tokens: everything from the first to the end of the line behind the last.
CONTROL = re.compile(r"<\|[\w ]{1,30}\|>(?:.*<\|[\w ]{1,30}\|>)?[^\n]*(?:\n[^\n]*)?|\[/?INST\]|<</?SYS>>", re.DOTALL)
INSTRUCTING = re.compile(
    "|".join(pattern for locale in LOCALES.values() for pattern in locale.injections), re.IGNORECASE
)


def instructing_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of the parts of `text` that address the model, in order."""
    spans = [match.span() for match in CONTROL.finditer(text)]
    spans += [(a, b) for a, b in sentence_spans(text) if INSTRUCTING.search(text[a:b])]
    return sorted(spans)


def screened(text: str) -> str:
    """`text` without those parts."""
    kept, at = [], 0
    for start, end in instructing_spans(text):
        kept.append(text[at:start])
        at = max(at, end)
    return "".join([*kept, text[at:]])
