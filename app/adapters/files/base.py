"""What every store of adapter files offers. It imports nothing heavy: commands that need no model open one as well."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # they take longer to import than most commands to run
    from app.adapters.validate import CleanAdapter

SHARED = "builtin"  # in the place of a tenant: owner of the files that tenants share


class AdapterFiles(Protocol):
    """Stores each version as PEFT's two files, whole or not at all. Thread-safe; every method but `locate` blocks.

    Every method but `locate` raises StorageFull, and Unavailable if the store does not answer; deletions only log that.
    """

    def publish(self, owner: str, adapter: CleanAdapter, weights: Path) -> str:
        """Store a clean adapter of `owner`, which is a tenant's id or SHARED. Returns the path to record.

        A path that the caller does not record is deleted by a later sweep.
        """

    def locate(self, path: str) -> tuple[Path, Callable[[], object] | None]:
        """(the folder of a version's files, what brings them there before each use; None: they are there)."""

    def folder(self, path: str) -> Path:
        """The folder of a version's files on this machine. Raises NotFound if they are gone or damaged."""

    def delete(self, path: str) -> None:
        """Delete a version that no row of its tenant refers to any more; a shared one stays for other tenants."""

    def delete_later(self, path: str) -> None:
        """The same an hour from now, with a sweep: something may still read the files."""

    def delete_owner(self, owner: str) -> None:
        """Delete everything of a tenant."""

    def sweep(self, referenced: Collection[str]) -> int:
        """Delete what no row refers to and what no publication in progress can be. Returns the number of versions."""
