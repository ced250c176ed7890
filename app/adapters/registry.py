"""The life of an adapter: upload, activate, roll back, delete; and which version a request runs under."""

from __future__ import annotations

import re
from pathlib import Path

from app.adapters.base_spec import BaseSpec
from app.adapters.files import publish, unlink
from app.adapters.validate import validate_adapter
from app.errors import InvalidRequest, NotFound
from app.generation.generator import AdapterRef
from app.store.page import Order, Page
from app.store.records import AdapterVersion
from app.store.session import Database, translate_faults

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
PLAIN_BASE = frozenset({"base", "none"})  # ask for the base model without an adapter
RESERVED = PLAIN_BASE | {"loracle", "loracle-base"}


class AdapterRegistry:
    """All tenants' adapters; every call names its tenant."""

    def __init__(self, db: Database, root: Path, base: BaseSpec, *, max_rank: int, max_bytes: int) -> None:
        self._db = db
        self._root = root
        self._base = base
        self._max_rank = max_rank
        self._max_bytes = max_bytes

    def upload(self, tenant_id: str, name: str, config: bytes, weights: Path) -> tuple[AdapterVersion, bool]:
        """Check and keep an adapter. Returns (version, True if it is new). Raises AdapterInvalid, InvalidRequest."""
        check_name(name)
        clean = validate_adapter(config, weights, self._base, max_rank=self._max_rank, max_bytes=self._max_bytes)
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
            )

    def page(
        self,
        tenant_id: str,
        name: str | None = None,
        *,
        limit: int = 20,
        after: str | None = None,
        order: Order = "desc",
    ) -> Page[AdapterVersion]:
        with self._db.read_tenant(tenant_id) as store:
            return store.adapters.page(name, limit=limit, after=after, order=order)

    def get(self, tenant_id: str, name: str, version: str | None = None) -> AdapterVersion:
        with self._db.read_tenant(tenant_id) as store:
            return store.adapters.get(name, version)

    def activate(self, tenant_id: str, name: str, version: str | None = None) -> AdapterVersion:
        """From the next request on; running ones keep theirs."""
        with self._db.write_tenant(tenant_id) as store:
            return store.adapters.activate(name, version)

    def deactivate(self, tenant_id: str, name: str) -> AdapterVersion:
        """Back to the plain base model. Raises NotFound for an unknown name; inactive ones stay so."""
        with self._db.write_tenant(tenant_id) as store:
            active = store.adapters.active()
            if active is not None and active.name == name:
                store.adapters.deactivate()
            return store.adapters.get(name, active.version if active is not None and active.name == name else None)

    def rollback(self, tenant_id: str, name: str) -> AdapterVersion | None:
        """Back to what was in force before; None means the plain base model."""
        with self._db.write_tenant(tenant_id) as store:
            store.adapters.get(name)
            return store.adapters.rollback()

    def delete(self, tenant_id: str, name: str, version: str | None = None) -> None:
        with self._db.write_tenant(tenant_id) as store:
            outdated = store.adapters.delete(name, version)
        for path in outdated:
            unlink(self._root, path)

    def resolve(self, tenant_id: str, wanted: str | None = None) -> AdapterRef | None:
        """The version a request runs under, pinned from here on.

        `wanted` is None for the tenant's active one, "base" or "none" for the plain base model, "<name>" (its
        newest version, or the active one if it is of that name) or "<name>@<version>". Raises NotFound.
        """
        if wanted in PLAIN_BASE:
            return None
        with self._db.read_tenant(tenant_id) as store:
            active = store.adapters.active()
            if wanted is None:
                return None if active is None else self._ref(active)
            name, _, version = wanted.partition("@")
            if active is not None and active.name == name and not version:
                return self._ref(active)
            return self._ref(store.adapters.get(name, version or None))

    def _ref(self, adapter: AdapterVersion) -> AdapterRef:
        folder = self._root / adapter.path
        if adapter.base_fingerprint != self._base.fingerprint:
            raise NotFound(
                f"The adapter {adapter.name} belongs to another base model or quantisation; train or upload it anew.",
                param="adapter",
                code="adapter_of_another_base",
            )
        return AdapterRef(adapter.tenant_id, adapter.name, adapter.version, str(folder))


def check_name(name: str) -> None:
    if not NAME.fullmatch(name) or name in RESERVED:
        raise InvalidRequest(
            "An adapter's name has 1 to 64 of a-z, 0-9, '.', '_', '-', starts with a letter or digit, and is none of "
            f"{', '.join(sorted(RESERVED))}.",
            param="name",
        )
