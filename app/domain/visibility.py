"""Which documents of its tenant a caller sees."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Visibility:
    """Groups and collections that narrow every search, answer and list before anything is ranked or counted."""

    groups: frozenset[str] | None = None  # of the caller; None: an API key, which sees every document
    collections: tuple[str, ...] | None = None  # the only ones it sees; None: all, () none


EVERYTHING = Visibility()
