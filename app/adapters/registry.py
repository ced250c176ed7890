"""A tenant's adapter versions: uploaded or made here, checked, kept, deleted."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path

from app.adapters.base_spec import BaseSpec
from app.adapters.builtin import Starter
from app.adapters.compress import Compression, check_wanted, compress_adapter
from app.adapters.export_only import for_elsewhere, why_not_served
from app.adapters.merge import merge_adapters
from app.adapters.storage import publish, unlink
from app.adapters.validate import CONFIG, WEIGHTS, CleanAdapter, validate_adapter
from app.domain.adapters import AdapterOrigin, AdapterVersion, Lineage
from app.domain.pagination import Order, Page
from app.errors import Conflict, InvalidRequest, NotFound
from app.llm.base import AdapterRef
from app.storage.sqlite.database import Database, translate_faults

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
PLAIN_BASE = frozenset({"base", "none"})  # ask for the base model without an adapter
NOT_SERVED = "not_served"  # in an adapter's lineage: why
RESERVED = PLAIN_BASE | {"loracle", "loracle-base"}


class AdapterRegistry:
    """All tenants' adapters; every call names its tenant."""

    def __init__(
        self,
        db: Database,
        root: Path,
        base: BaseSpec,
        *,
        max_rank: int,
        max_bytes: int,
        starters: Mapping[str, Starter] | None = None,
    ) -> None:
        self._db = db
        self._root = root
        self._base = base
        self._max_rank = max_rank
        self._max_bytes = max_bytes
        self._starters = dict(starters or {})

    def upload(self, tenant_id: str, name: str, config: bytes, weights: Path) -> tuple[AdapterVersion, bool]:
        """Check and keep an adapter. Returns (version, True if it is new). Raises AdapterInvalid, InvalidRequest."""
        check_name(name)
        return self._keep(tenant_id, name, self._checked(config, weights), weights, Lineage(AdapterOrigin.UPLOAD))

    def publish(self, tenant_id: str, name: str, folder: Path, lineage: Lineage) -> tuple[AdapterVersion, bool]:
        """Keep the adapter that lies in `folder`, made here, under the checks of an upload.

        Of kinds that are not served it is kept for export alone, and `ref` says why.
        """
        raw, weights = (folder / CONFIG).read_bytes(), folder / WEIGHTS
        config = json.loads(raw)
        reason = why_not_served(config)
        if reason is None:
            return self._keep(tenant_id, name, self._checked(raw, weights), weights, lineage)
        told = replace(lineage, details={**lineage.details, NOT_SERVED: reason})
        return self._keep(tenant_id, name, for_elsewhere(config, weights), weights, told)

    def adopt(self, tenant_id: str, name: str) -> None:
        """Give the tenant the starter adapter of that name, if there is one and nothing of its own is called so."""
        starter = self._starters.get(name)
        if starter is None:
            return
        with self._db.read_tenant(tenant_id) as store:
            if store.adapters.page(name, limit=1).data:
                return
        self.publish(tenant_id, name, starter.folder, Lineage(AdapterOrigin.STARTER, details=starter.lineage))

    def compress(
        self, tenant_id: str, name: str, version: str | None = None, *, rank: int | None, energy: float | None
    ) -> tuple[AdapterVersion, Compression]:
        """A new version of the name at a lower rank. Raises InvalidRequest, NotFound."""
        check_wanted(rank, energy)
        source = self.get(tenant_id, name, version)
        with translate_faults(), tempfile.TemporaryDirectory(dir=self._root, prefix=".compress-") as folder:
            target = Path(folder) / "adapter"
            done = compress_adapter(self.folder(source), target, rank=rank, energy=energy)
            details = {"compression": asdict(done)}
            lineage = Lineage(AdapterOrigin.COMPRESSION, (source.label,), source.lineage.sources, details)
            return self.publish(tenant_id, name, target, lineage)[0], done

    def merge(self, tenant_id: str, name: str, parts: list[tuple[str, float]], *, rank: int | None) -> AdapterVersion:
        """A new version of `name`: the weighted sum of adapters, each "<name>" or "<name>@<version>"."""
        check_name(name)
        found = [(self.get(tenant_id, *split_label(label)), weight) for label, weight in parts]
        sources = tuple(dict.fromkeys(source for part, _ in found for source in part.lineage.sources))
        with translate_faults(), tempfile.TemporaryDirectory(dir=self._root, prefix=".merge-") as folder:
            target = Path(folder) / "adapter"
            done = merge_adapters([(self.folder(part), weight) for part, weight in found], target, rank=rank)
            details = {"merge": {**asdict(done), "weights": [weight for _, weight in found]}}
            lineage = Lineage(AdapterOrigin.MERGE, tuple(part.label for part, _ in found), sources, details)
            return self.publish(tenant_id, name, target, lineage)[0]

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

    def folder(self, adapter: AdapterVersion) -> Path:
        return self._root / adapter.path

    def delete(self, tenant_id: str, name: str, version: str | None = None) -> None:
        with self._db.write_tenant(tenant_id) as store:
            outdated = store.adapters.delete(name, version)
        for path in outdated:
            unlink(self._root, path)

    def _checked(self, config: bytes, weights: Path) -> CleanAdapter:
        return validate_adapter(config, weights, self._base, max_rank=self._max_rank, max_bytes=self._max_bytes)

    def _keep(
        self, tenant_id: str, name: str, clean: CleanAdapter, weights: Path, lineage: Lineage
    ) -> tuple[AdapterVersion, bool]:
        check_name(name)
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

    def ref(self, adapter: AdapterVersion) -> AdapterRef:
        """What a request is pinned to. Raises NotFound if it is of another base, Conflict if its kind is not served."""
        reason = adapter.lineage.details.get(NOT_SERVED)
        if reason is not None:
            raise Conflict(f"{adapter.label} cannot answer: {reason}.", param="adapter", code="adapter_not_served")
        folder = self._root / adapter.path
        if adapter.base_fingerprint != self._base.fingerprint:
            raise NotFound(
                f"The adapter {adapter.name} belongs to another base model or quantisation; train or upload it anew.",
                param="adapter",
                code="adapter_of_another_base",
            )
        return AdapterRef(adapter.tenant_id, adapter.name, adapter.version, str(folder))


def split_label(label: str) -> tuple[str, str | None]:
    """ "name" or "name@version"."""
    name, _, version = label.partition("@")
    return name, version or None


def check_name(name: str) -> None:
    if not NAME.fullmatch(name) or name in RESERVED:
        raise InvalidRequest(
            "An adapter's name has 1 to 64 of a-z, 0-9, '.', '_', '-', starts with a letter or digit, and is none of "
            f"{', '.join(sorted(RESERVED))}.",
            param="name",
        )
