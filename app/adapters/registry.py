"""The registry of adapter versions: validated files in a folder each, and a record in the database."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from app.adapters.base_spec import BaseSpec
from app.adapters.base_warnings import base_warnings, newer_starter_warning
from app.adapters.builtin import BuiltinAdapter
from app.adapters.export_only import export_only_adapter, export_only_reason
from app.adapters.files.base import SHARED, AdapterFiles
from app.adapters.names import check_name
from app.adapters.peft_config import CONFIG, WEIGHTS
from app.adapters.removal import AdapterRemoval
from app.adapters.tensor_checks import check_header
from app.adapters.tensor_names import plain_weights
from app.adapters.validate import CleanAdapter, validate_adapter
from app.domain.actors import SERVICE
from app.domain.adapters import (
    BASE_LABELS,
    INVOCATION,
    NOT_SERVED,
    OTHER_BASE,
    STARTER_REASON,
    AdapterLabel,
    AdapterOrigin,
    AdapterVersion,
    Lineage,
)
from app.domain.audit import AuditAction
from app.domain.pagination import NamedSort, Order, Page
from app.domain.quotas import Known, Quota
from app.errors import AdapterInvalid, Conflict, NotFound
from app.llm.base import AdapterRef, Judge
from app.metering.quotas import NO_QUOTAS, TenantQuotas
from app.metering.upload_room import UploadNeeds, UploadRoom
from app.storage.acting import acting
from app.storage.database import Database
from app.storage.sql.audit_writer import record_audit
from app.storage.sql.blob_use import used_adapter_paths
from app.storage.sql.repositories.adapters import version_of
from app.storage.sql.repositories.deployments import (
    count_judged_elsewhere,
    count_of_another_base,
    count_of_another_starter,
)
from app.storage.sql.tenant_store import TenantStore

MOST_VERSIONS = 1000  # of one adapter, among which the built-in one is looked for
UPLOAD = UploadNeeds((Quota.STORED_BYTES, Quota.ADAPTERS), Known.ADAPTERS)
UNREFUSED = {AdapterOrigin.STARTER, AdapterOrigin.TRAINING}


class AdapterRegistry:
    """Stores, reads and deletes the adapter versions of all tenants.

    `builtin` are the adapters that ship with the service for this base. The one named `starter` answers a tenant that
    decided nothing else.
    """

    def __init__(
        self,
        db: Database,
        files: AdapterFiles,
        base: BaseSpec,
        *,
        max_rank: int,
        max_bytes: int,
        builtin: Mapping[str, BuiltinAdapter] | None = None,
        starter: str | None = None,
        forget: Callable[[AdapterRef], bool] | None = None,
        quotas: TenantQuotas = NO_QUOTAS,
    ) -> None:
        """`forget` tells what generates to stop reading a version's files; False: it did not say that it does."""
        self._db = db
        self._files = files
        self._base = base
        self._max_rank = max_rank
        self._max_bytes = max_bytes
        self._builtin = dict(builtin or {})
        self._starter = starter
        self._shipped_versions: dict[Path, str | None] = {}  # by the folder of a built-in adapter; hashed once
        self._removal = AdapterRemoval(files, forget)
        self._quotas = quotas

    @property
    def base_fingerprint(self) -> str:
        """Of the base model with the engine and quantisation that serve it."""
        return self._base.fingerprint

    def room(self, tenant_id: str) -> UploadRoom:
        """What one more adapter may have."""
        with self._db.read_tenant(tenant_id) as store:
            return self._quotas.room(store, UPLOAD, self._max_bytes)

    def upload(self, tenant_id: str, name: str, config: bytes, weights: Path) -> tuple[AdapterVersion, bool]:
        """Store a validated adapter, whose tensors may have other tools' names.

        Returns (version, whether it is new). Raises AdapterInvalid, InvalidRequest, QuotaExceeded, Conflict (none are
        served).
        """
        check_name(name)
        self._check_served()
        check_header(weights)
        with plain_weights(weights, self._base.layers) as plain:
            return self._store(tenant_id, name, self._validated(config, plain), plain, Lineage(AdapterOrigin.UPLOAD))

    def publish(self, tenant_id: str, name: str, folder: Path, lineage: Lineage) -> tuple[AdapterVersion, bool]:
        """Store the adapter in `folder`, which was made here. Returns (version, True if it is new).

        A kind that can be served is validated like an upload. Another kind can only be exported: its lineage says why.
        Raises QuotaExceeded, but not for what was trained: the training was checked before it began.
        """
        raw, weights = (folder / CONFIG).read_bytes(), folder / WEIGHTS
        config = json.loads(raw)
        reason = export_only_reason(config)
        if reason is None:
            return self._store(tenant_id, name, self._validated(raw, weights), weights, lineage)
        lineage = replace(lineage, details={**lineage.details, NOT_SERVED: reason})
        return self._store(tenant_id, name, export_only_adapter(config, weights), weights, lineage)

    def provide_builtin(self, tenant_id: str) -> None:
        """Give the tenant a version of each built-in adapter, and put the starter in force if it decided nothing.

        A tenant's own adapter of the same name, for this base, takes the place of the built-in one.
        """
        for name, builtin in self._builtin.items():
            with self._db.read_tenant(tenant_id) as store:
                missing = not self._has(store, name)
            if missing:
                lineage = Lineage(AdapterOrigin.STARTER, details=builtin.lineage)
                self.publish(tenant_id, name, builtin.folder, lineage)
        with self._db.read_tenant(tenant_id) as store:
            settled = self._is_settled(store)
        if not settled:
            with self._db.write_tenant(tenant_id) as store:
                self._put_starter_in_force(store)

    def _has(self, store: TenantStore, name: str) -> bool:
        """Whether there is a version of the name that was made for this base."""
        try:
            return not self.find(store, name).of_another_base
        except NotFound:
            return False

    def _put_starter_in_force(self, store: TenantStore) -> None:
        """Record what answers a tenant that decided nothing: the starter adapter, or the base if there is none.

        The service decides it, not whoever asks first.
        """
        if self._is_settled(store):  # by another request, which came first
            return
        starter = self._starter_version(store)
        with acting(SERVICE):
            if starter is None:
                store.deployments.deactivate(reason=STARTER_REASON)
            else:
                store.deployments.activate(starter.name, starter.version, override_reason=STARTER_REASON)

    def _is_settled(self, store: TenantStore) -> bool:
        """Whether a person decided what answers, or the starter adapter for this base and these settings does."""
        newest, active = store.deployments.history(1), store.deployments.active()
        outdated = active is not None and active.builtin and not self._fits(active)
        if newest and newest[0].override_reason != STARTER_REASON and not outdated:
            return True
        starter = self._starter_version(store)
        return (active and active.label) == (starter and starter.label)

    def judge(self, tenant_id: str) -> Judge | None:
        """Who judges whether passages answer a question: the starter adapter, if its card says that it can."""
        builtin = self._builtin.get(self._starter or "")
        card = {} if builtin is None else builtin.lineage.get("judge", {})
        if "threshold" not in card:
            return None
        self.provide_builtin(tenant_id)
        with self._db.read_tenant(tenant_id) as store:
            starter = self._starter_version(store)
            return None if starter is None else Judge(self.ref(starter), **card)

    def _starter_version(self, store: TenantStore) -> AdapterVersion | None:
        """The tenant's version of the starter adapter for this base, if there is one and the settings name it."""
        if self._starter not in self._builtin:
            return None
        versions = store.adapters.page(self._starter, limit=MOST_VERSIONS).data
        return next((adapter for adapter in versions if adapter.builtin and self._fits(adapter)), None)

    def in_force(self, store: TenantStore) -> AdapterVersion | None:
        """The version that answers where a request names none; None: the plain base model.

        A version of another base does not answer: then the starter adapter does, if there is one for this base.
        """
        active = store.deployments.active()
        return active if active is None or self._fits(active) else self._starter_version(store)

    def find(self, store: TenantStore, name: str, version: str | None = None) -> AdapterVersion:
        """That version; without `version`, the newest of the name, of this base if there is one. Raises NotFound."""
        return self.mark(store.adapters.get(name, version, bases=self._base.fitting))

    def mark(self, adapter: AdapterVersion) -> AdapterVersion:
        """The version, with the notes whether it is of another base than is served, or of an earlier release."""
        if not self._fits(adapter):
            return replace(adapter, of_another_base=True)
        shipped = self._shipped_starter() if adapter.builtin and adapter.name == self._starter else None
        newer = None if shipped in {None, (adapter.name, adapter.version)} else "@".join(shipped or ())
        return replace(adapter, of_another_base=False, shipped_now=newer)

    def _fits(self, adapter: AdapterVersion) -> bool:
        return adapter.base_fingerprint in self._base.fitting

    def warnings(self) -> tuple[str, ...]:
        """What an operator should know about the tenants' adapters."""
        shipped = self._shipped_starter()
        with self._db.read() as session:
            found = base_warnings(
                count_of_another_base(session, self._base.fitting),
                count_judged_elsewhere(session, self._base.fingerprint),
            )
            if shipped is None:
                return found
            earlier = count_of_another_starter(session, *shipped, self._base.fitting)
        return (*found, newer_starter_warning(earlier, "@".join(shipped))) if earlier else found

    def _shipped_starter(self) -> tuple[str, str] | None:
        """Name and version of the starter adapter as this release ships it for the base; None: there is none."""
        builtin = self._builtin.get(self._starter or "")
        if builtin is None:
            return None
        if builtin.folder not in self._shipped_versions:
            self._shipped_versions[builtin.folder] = self._version_of(builtin)
        version = self._shipped_versions[builtin.folder]
        return None if version is None else (builtin.name, version)

    def _version_of(self, builtin: BuiltinAdapter) -> str | None:
        try:
            return self._validated((builtin.folder / CONFIG).read_bytes(), builtin.folder / WEIGHTS).version
        except AdapterInvalid:  # beyond what the settings allow: it is not provided either
            return None

    def list(
        self,
        tenant_id: str,
        *,
        q: str | None = None,
        sort: NamedSort = "created_at",
        limit: int,
        after: str | None = None,
        order: Order | None = None,
    ) -> Page[AdapterVersion]:
        """`q`: words of the name. A caller who may name one adapter only sees its versions alone."""
        self.provide_builtin(tenant_id)
        with self._db.read_tenant(tenant_id) as store:
            only = _only(store)
            name, version = (None, None) if only is None else (only.name, only.version)
            page = store.adapters.page(name, version, q=q, sort=sort, limit=limit, after=after, order=order)
        return replace(page, data=[self.mark(adapter) for adapter in page.data])

    def get(self, tenant_id: str, name: str, version: str | None = None) -> AdapterVersion:
        """That version, or the newest of the name, of this base if there is one. Raises NotFound."""
        self.provide_builtin(tenant_id)
        with self._db.read_tenant(tenant_id) as store:
            found, only = self.find(store, name, version), _only(store)
        if only is not None and not only.covers(AdapterLabel(name, found.version)):
            raise NotFound("No such adapter.", param="adapter")
        return found

    def of_owner(self, owner: str, version: str) -> AdapterVersion:
        """The version that requests refer to by its owner: a tenant, or SHARED for a built-in one. Raises NotFound."""
        with self._db.read() as session:
            return version_of(session, None if owner == SHARED else owner, version)

    def folder(self, adapter: AdapterVersion) -> Path:
        """The folder of the adapter's files, on this machine. Raises NotFound if they are gone, Unavailable."""
        return self._files.folder(adapter.path)

    def delete(self, tenant_id: str, name: str, version: str | None = None) -> None:
        """Delete a version, or all versions of the name. Raises NotFound, and Conflict if one of them answers."""
        with self._db.write_tenant(tenant_id) as store:
            deleted, outdated = store.adapters.delete(name, version)
        self._removal.remove(deleted, outdated)

    def record_export(self, adapter: AdapterVersion) -> None:
        """Note in the audit log that the version's files leave the service."""
        with self._db.write_tenant(adapter.tenant_id) as store:
            action, mine = AuditAction.ADAPTER_EXPORTED, adapter.tenant_id
            record_audit(store.session, action, "adapter", adapter.label, tenant_id=mine)

    def sweep(self) -> int:
        """Delete files that no version refers to: of publications that failed, and those that a server might still
        read when their version was deleted. Returns the number of versions.
        """
        with self._db.read() as session:
            referenced = used_adapter_paths(session)
        return self._files.sweep(referenced)

    def ref(self, adapter: AdapterVersion) -> AdapterRef:
        """The reference that a request is pinned to.

        Raises Conflict if its kind is not served, NotFound if the adapter is of another base model.
        """
        self._check_served()
        if (reason := adapter.lineage.details.get(NOT_SERVED)) is not None:
            raise Conflict(f"{adapter.label} cannot answer: {reason}.", param="adapter", code="adapter_not_served")
        if not self._fits(adapter):
            message = f"The adapter {adapter.label} cannot answer: {OTHER_BASE}."
            raise NotFound(message, param="adapter", code="adapter_of_another_base")
        if adapter.invocation_tokens is not None and self._base.no_activated_adapters:
            message = f"{adapter.label} cannot answer: {self._base.no_activated_adapters}."
            raise Conflict(message, param="adapter", code="adapter_not_served")
        owner = SHARED if adapter.builtin else adapter.tenant_id
        folder, fetch = self._files.locate(adapter.path)
        return AdapterRef(owner, adapter.name, adapter.version, str(folder), fetch)

    def ref_of(self, tenant_id: str, label: str | None) -> AdapterRef | None:
        """The reference of a label; None for the plain base model ("base" or None). Raises as `get` and `ref` do."""
        if label is None or label in BASE_LABELS:
            return None
        wanted = AdapterLabel.parse(label)
        return self.ref(self.get(tenant_id, wanted.name, wanted.version))

    def _check_served(self) -> None:
        """Raises Conflict if no adapter can answer here."""
        if self._base.no_adapters:
            raise Conflict(f"{self._base.no_adapters}.", param="adapter", code="adapters_not_served")

    def _validated(self, config: bytes, weights: Path) -> CleanAdapter:
        return validate_adapter(config, weights, self._base, max_rank=self._max_rank, max_bytes=self._max_bytes)

    def _store(
        self, tenant_id: str, name: str, clean: CleanAdapter, weights: Path, lineage: Lineage
    ) -> tuple[AdapterVersion, bool]:
        check_name(name)
        owner = SHARED if lineage.origin is AdapterOrigin.STARTER else tenant_id
        if clean.invocation is not None:
            lineage = replace(lineage, details={**lineage.details, INVOCATION: clean.invocation})
        quotas = () if lineage.origin in UNREFUSED else (Quota.STORED_BYTES, Quota.ADAPTERS)
        with self._db.read_tenant(tenant_id) as store:
            if not store.adapters.has(name, clean.version):
                self._quotas.check(store, *quotas, stored_bytes=clean.size_bytes)
        path = self._files.publish(owner, clean, weights)
        with self._db.write_tenant(tenant_id) as store, self._quotas.keep(store, *quotas):
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


def _only(store: TenantStore) -> AdapterLabel | None:
    """The only adapter that the caller may name; None: any."""
    label = store.visibility.adapter
    return None if label is None else AdapterLabel.parse(label)
