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
from app.adapters.storage import SHARED, publish, unlink
from app.adapters.validate import CleanAdapter, validate_adapter
from app.domain.adapters import (
    BASE_LABELS,
    NOT_SERVED,
    OTHER_BASE,
    STARTER_REASON,
    AdapterLabel,
    AdapterOrigin,
    AdapterVersion,
    Lineage,
)
from app.domain.pagination import Order, Page
from app.errors import Conflict, InvalidRequest, NotFound
from app.llm.base import AdapterRef
from app.storage.sql.repositories.deployments import count_of_another_base
from app.storage.sql.tenant_store import TenantStore
from app.storage.sqlite.database import Database, translate_faults

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
RESERVED = BASE_LABELS | {"loracle", "loracle-base"}


class AdapterRegistry:
    """Stores, reads and deletes the adapter versions of all tenants.

    `builtin` are the adapters that ship with the service for this base. The one named `starter` answers a tenant that
    decided nothing else.
    """

    def __init__(
        self,
        db: Database,
        root: Path,
        base: BaseSpec,
        *,
        max_rank: int,
        max_bytes: int,
        builtin: Mapping[str, BuiltinAdapter] | None = None,
        starter: str | None = None,
    ) -> None:
        self._db = db
        self._root = root
        self._base = base
        self._max_rank = max_rank
        self._max_bytes = max_bytes
        self._builtin = dict(builtin or {})
        self._starter = starter

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

    def provide_builtin(self, tenant_id: str) -> None:
        """Give the tenant a version of each built-in adapter, and activate the starter if nothing was decided yet.

        A tenant's own adapter of the same name, for this base, takes the place of the built-in one.
        """
        for name, builtin in self._builtin.items():
            with self._db.read_tenant(tenant_id) as store:
                adapter = self._of_this_base(store, name)
                undecided = name == self._starter and self._undecided(store)
            if adapter is None:
                lineage = Lineage(AdapterOrigin.STARTER, details=builtin.lineage)
                adapter, _ = self.publish(tenant_id, name, builtin.folder, lineage)
            if undecided and adapter.builtin:
                self._activate_starter(tenant_id, adapter)

    def _activate_starter(self, tenant_id: str, adapter: AdapterVersion) -> None:
        with self._db.write_tenant(tenant_id) as store:
            if self._undecided(store):  # still: another request may have come first
                store.deployments.activate(adapter.name, adapter.version, override_reason=STARTER_REASON)

    def _undecided(self, store: TenantStore) -> bool:
        """Whether nothing was ever activated, or what is active is the starter adapter of a former base."""
        active = store.deployments.active()
        if active is None:
            return not store.deployments.history(1)
        return active.builtin and active.name == self._starter and not self._fits(active)

    def _of_this_base(self, store: TenantStore, name: str) -> AdapterVersion | None:
        """The newest version of the name that was made for this base."""
        try:
            adapter = self.find(store, name)
        except NotFound:
            return None
        return None if adapter.of_another_base else adapter

    def in_force(self, store: TenantStore) -> AdapterVersion | None:
        """The version that answers where a request names none; None: the plain base model.

        A version of another base does not answer: then the starter adapter does, if there is one for this base.
        """
        active = store.deployments.active()
        if active is None or self._fits(active):
            return active
        starter = self._of_this_base(store, self._starter) if self._starter in self._builtin else None
        return starter if starter is not None and starter.builtin else None

    def find(self, store: TenantStore, name: str, version: str | None = None) -> AdapterVersion:
        """That version; without `version`, the newest of the name, of this base if there is one. Raises NotFound."""
        return self.mark(store.adapters.get(name, version, base_fingerprint=self._base.fingerprint))

    def mark(self, adapter: AdapterVersion) -> AdapterVersion:
        """The version, with the note whether it is of another base than the one that is served."""
        return replace(adapter, of_another_base=not self._fits(adapter))

    def _fits(self, adapter: AdapterVersion) -> bool:
        return adapter.base_fingerprint == self._base.fingerprint

    def warnings(self) -> tuple[str, ...]:
        """What an operator should know about the tenants' adapters."""
        with self._db.read() as session:
            count = count_of_another_base(session, self._base.fingerprint)
        return (other_base_warning(count),) if count else ()

    def list(
        self, tenant_id: str, *, limit: int, after: str | None = None, order: Order = "desc"
    ) -> Page[AdapterVersion]:
        self.provide_builtin(tenant_id)
        with self._db.read_tenant(tenant_id) as store:
            page = store.adapters.page(limit=limit, after=after, order=order)
        return replace(page, data=[self.mark(adapter) for adapter in page.data])

    def get(self, tenant_id: str, name: str, version: str | None = None) -> AdapterVersion:
        """That version, or the newest of the name, of this base if there is one. Raises NotFound."""
        self.provide_builtin(tenant_id)
        with self._db.read_tenant(tenant_id) as store:
            return self.find(store, name, version)

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
        if not self._fits(adapter):
            message = f"The adapter {adapter.label} cannot answer: {OTHER_BASE}."
            raise NotFound(message, param="adapter", code="adapter_of_another_base")
        if adapter.not_served is not None:
            message = f"{adapter.label} cannot answer: {adapter.not_served}."
            raise Conflict(message, param="adapter", code="adapter_not_served")
        owner = SHARED if adapter.builtin else adapter.tenant_id
        return AdapterRef(owner, adapter.name, adapter.version, str(self.folder(adapter)))

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
        owner = SHARED if lineage.origin is AdapterOrigin.STARTER else tenant_id
        with translate_faults():
            path = publish(self._root, owner, clean, weights)
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


def other_base_warning(tenants: int) -> str:
    """What to do about tenants whose active adapter does not fit the base that is served."""
    return (
        f"{tenants} {'tenant has' if tenants == 1 else 'tenants have'} an adapter active that does not answer: "
        f"{OTHER_BASE}. Until then the starter adapter answers, or the plain base model."
    )


def check_name(name: str) -> None:
    """Raises InvalidRequest if an adapter cannot have this name."""
    if not NAME.fullmatch(name) or name in RESERVED:
        raise InvalidRequest(
            "An adapter's name has 1 to 64 of a-z, 0-9, '.', '_', '-', starts with a letter or digit, and is none of "
            f"{', '.join(sorted(RESERVED))}.",
            param="name",
        )
