"""What of its tenant a caller sees: documents, conversations, adapters; and who sees a document."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Access:
    """The access list of a document, a collection or a batch."""

    groups: tuple[str, ...] = ()  # whose members see it; none: everybody


@dataclass(frozen=True, slots=True)
class Visibility:
    """Groups and collections narrow every search, answer and list before anything is ranked or counted."""

    groups: frozenset[str] | None = None  # of the caller; None: an API key, which sees every document
    collections: tuple[str, ...] | None = None  # the only ones it sees; None: all, () none
    user: str | None = None  # the end user whose conversations and feedback it sees; None: those of all
    adapter: str | None = None  # the only one that it may name, and that answers it; None: any

    @property
    def sees_all_documents(self) -> bool:
        return self.groups is None and self.collections is None

    def opens(self, access: Access) -> bool:
        """Whether the caller passes an access list."""
        return self.groups is None or not access.groups or not self.groups.isdisjoint(access.groups)

    def names(self, collection: str) -> bool:
        """Whether the caller may use a collection of this name."""
        return self.collections is None or collection in self.collections


EVERYBODY = Access()
EVERYTHING = Visibility()
