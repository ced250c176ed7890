"""What of its tenant a caller sees: documents, conversations, adapters."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Visibility:
    """Groups and collections narrow every search, answer and list before anything is ranked or counted."""

    groups: frozenset[str] | None = None  # of the caller; None: an API key, which sees every document
    collections: tuple[str, ...] | None = None  # the only ones it sees; None: all, () none
    user: str | None = None  # the end user whose conversations and feedback it sees; None: those of all
    adapter: str | None = None  # the only one that it may name, and that answers it; None: any


EVERYTHING = Visibility()
