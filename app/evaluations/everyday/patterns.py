"""Alternatives that a text must hold: plain text, or a regular expression behind `re:`.

Texts are compared folded: without accents, in lower case, with single spaces. Patterns come from strangers, so that a
search for one ends after a time.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from functools import lru_cache

import regex

from app.errors import InvalidRequest
from app.text.normalisation import fold_accents

PREFIX = "re:"
TIMEOUT_S = 0.5  # of one search
LONGEST = 500  # characters of an alternative

Groups = tuple[tuple[str, ...], ...]  # each group holds if one of its alternatives does


class PatternTimeout(InvalidRequest):
    """A regular expression was still searching when its time was over."""

    code = "pattern_timeout"


def fold(text: str) -> str:
    """`text` without accents, in lower case, with single spaces."""
    return " ".join(fold_accents(text).lower().split())


def check_alternative(alternative: str) -> None:
    """Raises ValueError if it is empty, too long, or no regular expression of Python's `re`."""
    pattern = alternative.removeprefix(PREFIX)
    if not pattern.strip():
        raise ValueError("has an empty alternative, which every text would hold")
    if len(alternative) > LONGEST:
        raise ValueError(f"has an alternative of {len(alternative)} characters; {LONGEST} are the most")
    if alternative.startswith(PREFIX):
        try:
            _check_standard(pattern)
            _compiled(pattern)
        except (re.error, regex.error, OverflowError, RecursionError) as fault:
            raise ValueError(f"has no valid regular expression: {alternative!r} ({fault})") from None


def missing_group(groups: Groups, text: str) -> tuple[str, ...] | None:
    """The first group that `text` does not hold; None if it holds all. Raises PatternTimeout."""
    folded = fold(text)
    return next((group for group in groups if held(group, folded) is None), None)


def held(alternatives: Sequence[str], folded: str) -> str | None:
    """The first of the alternatives that a folded text holds, or None. Raises PatternTimeout."""
    return next((one for one in alternatives if _holds(one, folded)), None)


def _holds(alternative: str, folded: str) -> bool:
    if not alternative.startswith(PREFIX):
        return fold(alternative) in folded
    try:  # concurrent: other threads of the service run while it searches
        return any(
            pattern.search(folded, timeout=TIMEOUT_S, concurrent=True) is not None
            for pattern in _compiled(alternative.removeprefix(PREFIX))
        )
    except TimeoutError:
        raise PatternTimeout(
            f"The search for {alternative!r} took longer than {TIMEOUT_S} s; write a simpler pattern, without "
            "repetitions inside repetitions."
        ) from None


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> tuple[regex.Pattern[str], ...]:
    """The pattern as it is written and, if it has accents, without them, as folded texts are."""
    spellings = dict.fromkeys((pattern, fold_accents(pattern)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return tuple(regex.compile(spelling, regex.IGNORECASE) for spelling in spellings)


def _check_standard(pattern: str) -> None:
    """Only what `re` knows too: the recursive patterns of `regex` can fill the memory before their time is over."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        re.compile(pattern)
