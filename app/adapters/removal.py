"""Deletes adapters' files once nothing that generates reads them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

import structlog

from app.adapters.files.base import AdapterFiles
from app.domain.adapters import AdapterVersion
from app.llm.base import AdapterRef

log = structlog.get_logger(__name__)


class AdapterRemoval:
    """Deletes the files of versions whose rows are deleted. What a server may still read goes with a later sweep."""

    def __init__(self, files: AdapterFiles, forget: Callable[[AdapterRef], bool] | None = None) -> None:
        """`forget` tells what generates to stop reading a version's files; False: it did not say that it does."""
        self._files = files
        self._forget = forget

    def remove(self, deleted: Iterable[AdapterVersion], outdated: Collection[str]) -> bool:
        """Delete the files of the `deleted` versions at the paths `outdated`, which no row refers to any more.

        False: some are left to the sweep. Blocks for some seconds if a server does not answer.
        """
        kept = self._still_read(deleted)
        for path in outdated:
            if path in kept:
                log.warning("adapter_files_kept", path=path)
                self._files.delete_later(path)
            else:
                self._files.delete(path)
        return not kept

    def remove_tenant(self, tenant_id: str, deleted: Collection[AdapterVersion]) -> None:
        """Delete everything of a deleted tenant, whose versions were `deleted`. Blocks as `remove` does."""
        if self.remove(deleted, {adapter.path for adapter in deleted}):
            self._files.delete_owner(tenant_id)

    def _still_read(self, deleted: Iterable[AdapterVersion]) -> set[str]:
        """Paths that something may still read. After one failure no more is asked: each may take seconds."""
        kept: set[str] = set()
        for adapter in deleted:
            if kept or not self._forgotten(adapter):
                kept.add(adapter.path)
        return kept

    def _forgotten(self, adapter: AdapterVersion) -> bool:
        """Whether nothing that generates reads the files any more. Those of built-in ones stay anyway."""
        if self._forget is None or adapter.builtin:
            return True
        folder, _ = self._files.locate(adapter.path)
        return self._forget(AdapterRef(adapter.tenant_id, adapter.name, adapter.version, str(folder)))
