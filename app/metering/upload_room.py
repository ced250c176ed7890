"""The room that a tenant has for one upload, by which a file is refused before it is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from app.domain.quotas import Known, Quota
from app.errors import AppError


@dataclass(frozen=True, slots=True)
class UploadNeeds:
    """What the files of an operation need."""

    quotas: tuple[Quota, ...]  # of which something must be left; of stored bytes as many as a file has
    known: Known = Known.NOTHING


@dataclass(frozen=True, slots=True)
class UploadRoom:
    """What one more file of a tenant may have.

    A file above what is left may be one whose bytes the tenant has already, as long as it is not larger than the
    largest of these. Whether it is one of them shows when it is here; its transaction decides.
    """

    left_bytes: int | None  # for bytes that are new; None: no limit
    known_bytes: int  # of the largest file that takes no room if it is sent again
    refusal: Callable[[int], AppError]  # of a file that has at least so many bytes
    no_document: AppError | None = None  # why no document is added: only those that are there get new versions

    @property
    def most_bytes(self) -> int | None:
        """Above which a file is refused; None: no limit."""
        return None if self.left_bytes is None else max(self.left_bytes, self.known_bytes)

    def fits(self, size_bytes: int) -> bool:
        """Whether a file of so many bytes may have room."""
        return self.most_bytes is None or size_bytes <= self.most_bytes

    def check(self, size_bytes: int) -> None:
        """Raises QuotaExceeded or RateLimited for a file of at least so many bytes that cannot fit."""
        if not self.fits(size_bytes):
            raise self.refusal(size_bytes)

    def counted(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The pieces of a file. Raises as `check` does before the first one that goes beyond."""
        seen = 0
        for piece in pieces:
            seen += len(piece)
            self.check(seen)
            yield piece
