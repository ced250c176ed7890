"""The registry of adapter versions: validated files in a folder each, and a record in the database."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from app.adapters.base_spec import BaseSpec
from app.adapters.builtin import BuiltinAdapter
from app.adapters.export_only import export_only_adapter, export_only_reason
from app.adapters.peft_config import CONFIG, WEIGHTS
from app.adapters.storage import publish, unlink
from app.adapters.validate import CleanAdapter, validate_adapter
from app.domain.adapters import (
    BASE_LABELS,
    INVOCATION,
    NOT_SERVED,
    AdapterLabel,
    AdapterOrigin,
    AdapterVersion,
    Lineage,
)
from app.domain.pagination import Order, Page
from app.errors import Conflict, InvalidRequest, NotFound
from app.llm.base import AdapterRef
from app.storage.sqlite.database import Database, translate_faults

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
RESERVED = BASE_LABELS | {"loracle", "loracle-base"}


class AdapterRegistry:
    """Stores, reads and deletes the adapter versions of all tenants."""

    def __init__(
        self,
        db: Database,
        root: Path,
        base: BaseSpec,
        *,
        max_rank: int,
        max_bytes: int,
        builtin: Mapping[str, BuiltinAdapter] | None = None,
    ) -> None:
        self._db = db
        self._root = root
        self._base = base
        self._max_rank = max_rank
        self._max_bytes = max_bytes
        self._builtin = dict(builtin or {})

    def upload(self, tenant_id: str, name: str, config: bytes, weights: Path) -> tuple[AdapterVersion, bool]:
        """Store a validated adapter. Returns (version, whether it is new). Raises AdapterInvalid, InvalidRequest."""
        check_name(name)
        return self._store(tenant_id, name, self._validated(config, weights), weights, Lineage(AdapterOrigin.UPLOAD))

    def publish(self, tenant_id: str, name: str, folder: Path, lineage: Lineage) -> tuple[AdapterVersion, bool]:
        """Store the adapter in `folder`, which was made here. Returns (version, True if it is new).

        A kind that can be served is validated like an upload. Another kind can only be exported: its lineage says why.
        """
        raw, weights = (folder / CONFIG).read_bytes(), folder / WEIGHTS
        config = json.loads(raw)
        reason = export_only_reason(config)
        if reason is None:
            return self._store(tenant_id, name, self._validated(raw, weights), weights, lineage)
        lineage = replace(lineage, details={**lineage.details, NOT_SERVED: reason})
        return self._store(tenant_id, name, export_only_adapter(config, weights), weights, lineage)

    def install_builtin(self, tenant_id: str, name: str) -> None:
        """Store the built-in adapter of that name for the tenant, unless the tenant has an adapter of that name."""
        adapter = self._builtin.get(name)
        if adapter is None:
            return
        with self._db.read_tenant(tenant_id) as store:
            if store.adapters.page(name, limit=1).data:
                return
        self.publish(tenant_id, name, adapter.folder, Lineage(AdapterOrigin.STARTER, details=adapter.lineage))

    def list(
        self, tenant_id: str, *, limit: int, after: str | None = None, order: Order = "desc"
    ) -> Page[AdapterVersion]:
        with self._db.read_tenant(tenant_id) as store:
            return store.adapters.page(limit=limit, after=after, order=order)

    def get(self, tenant_id: str, name: str, version: str | None = None) -> AdapterVersion:
        """That version, or the newest of the name. Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            return store.adapters.get(name, version)

    def folder(self, adapter: AdapterVersion) -> Path:
        """The folder of the adapter's files."""
        return self._root / adapter.path

    def delete(self, tenant_id: str, name: str, version: str | None = None) -> None:
        """Delete a version, or all versions of the name. Raises NotFound, and Conflict if one of them answers."""
        with self._db.write_tenant(tenant_id) as store:
            outdated = store.adapters.delete(name, version)
        for path in outdated:
            unlink(self._root, path)

    def ref(self, adapter: AdapterVersion) -> AdapterRef:
        """The reference that a request is pinned to.

        Raises NotFound if the adapter is of another base model, Conflict if its kind is not served.
        """
        if adapter.not_served is not None:
            message = f"{adapter.label} cannot answer: {adapter.not_served}."
            raise Conflict(message, param="adapter", code="adapter_not_served")
        if adapter.base_fingerprint != self._base.fingerprint:
            raise NotFound(
                f"The adapter {adapter.name} belongs to another base model or quantisation; train or upload it anew.",
                param="adapter",
                code="adapter_of_another_base",
            )
        return AdapterRef(adapter.tenant_id, adapter.name, adapter.version, str(self.folder(adapter)))

    def ref_of(self, tenant_id: str, label: str | None) -> AdapterRef | None:
        """The reference of a label; None for the plain base model ("base" or None). Raises as `get` and `ref` do."""
        if label is None or label in BASE_LABELS:
            return None
        wanted = AdapterLabel.parse(label)
        return self.ref(self.get(tenant_id, wanted.name, wanted.version))

    def _validated(self, config: bytes, weights: Path) -> CleanAdapter:
        return validate_adapter(config, weights, self._base, max_rank=self._max_rank, max_bytes=self._max_bytes)

    def _store(
        self, tenant_id: str, name: str, clean: CleanAdapter, weights: Path, lineage: Lineage
    ) -> tuple[AdapterVersion, bool]:
        check_name(name)
        if clean.invocation is not None:
            lineage = replace(lineage, details={**lineage.details, INVOCATION: clean.invocation})
        with translate_faults():
            path = publish(self._root, tenant_id, clean, weights)
        with self._db.write_tenant(tenant_id) as store:
            return store.adapters.add(
                name,
                clean.version,
                path=path,
                rank=clean.rank,
                alpha=clean.alpha,
                target_modules=clean.target_modules,
                size_bytes=clean.size_bytes,
                base_fingerprint=self._base.fingerprint,
                lineage=lineage,
            )


def check_name(name: str) -> None:
    """Raises InvalidRequest if an adapter cannot have this name."""
    if not NAME.fullmatch(name) or name in RESERVED:
        raise InvalidRequest(
            "An adapter's name has 1 to 64 of a-z, 0-9, '.', '_', '-', starts with a letter or digit, and is none of "
            f"{', '.join(sorted(RESERVED))}.",
            param="name",
        )
