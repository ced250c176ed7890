"""Adapter versions, where they come from, and which one answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class AdapterOrigin(StrEnum):
    UPLOAD = "upload"  # a tenant's file
    TRAINING = "training"  # a training here
    COMPRESSION = "compression"  # another version at a lower rank
    MERGE = "merge"  # a weighted sum of other versions
    STARTER = "starter"  # shipped with the service


@dataclass(frozen=True, slots=True)
class AdapterSource:
    """A document that an adapter learned from."""

    document_id: str
    filename: str
    deleted: bool  # the document is gone, what the adapter learned of it is not


@dataclass(frozen=True, slots=True)
class Lineage:
    """Where an adapter version comes from."""

    origin: AdapterOrigin = AdapterOrigin.UPLOAD
    parents: tuple[str, ...] = ()  # "name@version"
    sources: tuple[AdapterSource, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)  # the recipe, or what compressing did


@dataclass(frozen=True, slots=True)
class AdapterVersion:
    """An immutable adapter, named by the hash of its content."""

    id: int
    tenant_id: str
    name: str
    version: str  # first 16 hex digits of the sha256 over weights and normalised config
    path: str  # folder with adapter_config.json and adapter_model.safetensors, relative to the adapters folder
    rank: int
    alpha: float
    target_modules: tuple[str, ...]
    size_bytes: int
    base_fingerprint: str
    lineage: Lineage
    created_at: datetime
    active: bool

    @property
    def label(self) -> str:
        return f"{self.name}@{self.version}"

    @property
    def stale(self) -> bool:
        """A document that it learned from was deleted."""
        return any(source.deleted for source in self.lineage.sources)


@dataclass(frozen=True, slots=True)
class Deployment:
    """One move of the tenant's pointer."""

    adapter: str | None  # "name@version"; None: the plain base model
    evaluation_id: str | None
    override_reason: str | None
    actor: str | None  # id of the key that asked
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Canary:
    adapter: AdapterVersion
    share: float  # of requests, 0 to 1
    created_at: datetime
