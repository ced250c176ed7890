"""Editions: passages of different documents that say the same kind of thing for different years.

Who asks without a year means what holds now. The newest edition is answered from; what an older one says otherwise is
told beside it as a conflict.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.chat.steps.claim import subject_words
from app.chat.steps.facts import years_of
from app.domain.passages import Passage

SAME_TEXT = 0.6  # share of the words of two passages that both have


def is_outdated(passage: Passage, others: Sequence[Passage], question: str) -> bool:
    """True if one of `others` is a newer edition of `passage`; False for every passage if the question names a year."""
    if years_of(question):
        return False
    year = _year(passage)
    return year is not None and any(_is_newer_edition(other, passage, year) for other in others)


def _is_newer_edition(other: Passage, passage: Passage, year: int) -> bool:
    if other.document_id == passage.document_id or (_year(other) or year) <= year:
        return False
    one, two = subject_words(passage.text), subject_words(other.text)
    return len(one & two) >= SAME_TEXT * len(one | two) > 0


def _year(passage: Passage) -> int | None:
    """The last year that the headings or the file's name tell."""
    place = "\n".join((*passage.heading.split(" > "), passage.filename.rpartition(".")[0].replace("-", " ")))
    return max(years_of(place), default=None)
