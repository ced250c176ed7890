"""The rules about a tenant's adapters: upload, compression, merging, export, deletion."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import BinaryIO, Literal

from app.adapters.export import gguf_adapter, zip_adapter
from app.adapters.files.base import SHARED
from app.adapters.names import check_name
from app.adapters.peft_config import WEIGHTS
from app.adapters.registry import AdapterRegistry
from app.adapters.spectra import Compression, Spectrum
from app.adapters.validate import LARGEST_CONFIG
from app.domain.adapters import AdapterLabel, AdapterOrigin, AdapterVersion, Lineage
from app.domain.pagination import NamedSort, Order, Page
from app.errors import PayloadTooLarge
from app.metering.meter import take_upload
from app.numerics.pytorch import needs_pytorch
from app.storage.faults import translate_faults
from app.storage.streams import copy_limited, read_pieces

ExportFormat = Literal["peft", "gguf"]


@dataclass(frozen=True, slots=True)
class CompressedAdapter(Compression):
    adapter: AdapterVersion  # the new version


@dataclass(frozen=True, slots=True)
class ExportedAdapter:
    filename: str
    media_type: str
    content: bytes


class AdapterService:
    """Creates, lists, exports and deletes the adapters of all tenants.

    `base_folder` finds the weights of the unquantised base model, or raises WeightsUnavailable.
    """

    def __init__(
        self, registry: AdapterRegistry, root: Path, *, max_bytes: int, base_folder: Callable[[], Path]
    ) -> None:
        self._registry = registry
        self._root = root
        self._max_bytes = max_bytes
        self._base_folder = base_folder

    def upload(self, tenant_id: str, name: str, config: BinaryIO, weights: BinaryIO) -> tuple[AdapterVersion, bool]:
        """Validate and store an adapter in PEFT's format. Returns (version, True if it is new).

        Raises InvalidRequest (name), PayloadTooLarge (weights), AdapterInvalid, RateLimited, QuotaExceeded.
        """
        check_name(name)
        room = self._registry.room(tenant_id)
        room.check(1)
        take_upload()
        too_large = PayloadTooLarge(f"An adapter may have at most {self._max_bytes:,} bytes.", param=WEIGHTS)
        config_bytes = config.read(LARGEST_CONFIG + 1)  # validation refuses what is larger
        self._root.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self._root, prefix=".upload-") as staged:
            copy_limited(room.counted(read_pieces(weights)), staged.write, self._max_bytes, too_large)
            staged.flush()
            return self._registry.upload(tenant_id, name, config_bytes, Path(staged.name))

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
        """`q`: words of the name."""
        return self._registry.list(tenant_id, q=q, sort=sort, limit=limit, after=after, order=order)

    def get(self, tenant_id: str, name: str, version: str | None = None) -> AdapterVersion:
        """That version, or the newest of the name. Raises NotFound."""
        return self._registry.get(tenant_id, name, version)

    def delete(self, tenant_id: str, name: str, version: str | None = None) -> None:
        """Delete a version, or all versions of the name. Raises NotFound, and Conflict if one of them answers."""
        self._registry.delete(tenant_id, name, version)

    def spectrum(self, tenant_id: str, name: str, version: str | None = None) -> Spectrum:
        """The singular values of a version's updates. Raises NotFound, AdapterInvalid (damaged), Unavailable."""
        with needs_pytorch("Computing the singular values of an adapter"):
            from app.adapters.compress import read_spectrum
        return read_spectrum(self._registry.folder(self.get(tenant_id, name, version)))

    def compress(
        self, tenant_id: str, name: str, version: str | None = None, *, rank: int | None, energy: float | None
    ) -> CompressedAdapter:
        """Create a version of the name at a lower rank. Raises InvalidRequest, NotFound, Unavailable (no PyTorch)."""
        with needs_pytorch("Compressing an adapter"):
            from app.adapters.compress import check_target, compress_adapter
        check_target(rank, energy)
        source = self.get(tenant_id, name, version)
        with self._temporary_folder(".compress-") as target:
            done = compress_adapter(self._registry.folder(source), target, rank=rank, energy=energy)
            details = {"compression": asdict(done)}
            lineage = Lineage(AdapterOrigin.COMPRESSION, (source.label,), source.lineage.sources, details)
            adapter, _ = self._registry.publish(tenant_id, name, target, lineage)
        figures = {field.name: getattr(done, field.name) for field in fields(done)}
        return CompressedAdapter(**figures, adapter=adapter)

    def merge(
        self, tenant_id: str, name: str, parts: Sequence[tuple[AdapterLabel, float]], *, rank: int | None
    ) -> AdapterVersion:
        """Create a version of `name`: the weighted sum of other adapters.

        Raises InvalidRequest, NotFound, Unavailable (no PyTorch).
        """
        check_name(name)
        with needs_pytorch("Merging adapters"):
            from app.adapters.merge import merge_adapters
        weighted = [(self.get(tenant_id, label.name, label.version), weight) for label, weight in parts]
        sources = tuple(dict.fromkeys(source for adapter, _ in weighted for source in adapter.lineage.sources))
        with self._temporary_folder(".merge-") as target:
            folders = [(self._registry.folder(adapter), weight) for adapter, weight in weighted]
            done = merge_adapters(folders, target, rank=rank)
            details = {"merge": {**asdict(done), "weights": [weight for _, weight in weighted]}}
            parents = tuple(adapter.label for adapter, _ in weighted)
            lineage = Lineage(AdapterOrigin.MERGE, parents, sources, details)
            return self._registry.publish(tenant_id, name, target, lineage)[0]

    def export(
        self, tenant_id: str, name: str, version: str | None = None, *, to: ExportFormat = "peft"
    ) -> ExportedAdapter:
        """The adapter as a ZIP of PEFT's files or as llama.cpp's GGUF.

        Raises NotFound, and for GGUF InvalidRequest (a base model without a mapping) or Unavailable (the
        base model or PyTorch is missing).
        """
        adapter = self.get(tenant_id, name, version)
        folder = self._registry.folder(adapter)
        filename = f"{adapter.name}-{adapter.version}"
        self._registry.record_export(adapter)
        if to == "peft":
            return ExportedAdapter(f"{filename}.zip", "application/zip", zip_adapter(folder))
        content = gguf_adapter(folder, self._base_folder())
        return ExportedAdapter(f"{filename}.gguf", "application/octet-stream", content)

    def files(self, owner: str, version: str) -> bytes:
        """A ZIP of the files of a version; `owner` is a tenant, or SHARED for a built-in one. Raises NotFound."""
        adapter = self._registry.of_owner(owner, version)
        folder = self._registry.folder(adapter)
        if owner != SHARED:  # what the service ships is no tenant's
            self._registry.record_export(adapter)
        return zip_adapter(folder)

    @contextmanager
    def _temporary_folder(self, prefix: str) -> Iterator[Path]:
        """A folder on the disk of the adapters, which does not exist yet and is deleted at the end."""
        with translate_faults():
            self._root.mkdir(parents=True, exist_ok=True)  # it may be another machine that took the upload
        with translate_faults(), tempfile.TemporaryDirectory(dir=self._root, prefix=prefix) as folder:
            yield Path(folder) / "adapter"
