"""Adapter versions, where they come from, and which one answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

BASE_LABEL = "base"  # the plain base model, where a label of an adapter could stand
BASE_LABELS = frozenset({BASE_LABEL, "none"})  # what a request may say for it
STARTER_REASON = "the service's starter adapter"  # of a deployment that no one asked for
OTHER_BASE = (
    "it was made for another base model or quantisation: train it again, or serve the base that it was made for"
)
NOT_SERVED = "not_served"  # key in a lineage's details: why the adapter can only be exported
INVOCATION = "invocation"  # key in a lineage's details, for activated LoRA: a mapping with the two keys below
INVOCATION_TOKENS, EVERY_PROMPT = "alora_invocation_tokens", "in_every_prompt"
SELDOM_ACTIVE = (
    "This activated LoRA acts only in prompts that hold its invocation tokens, from their last occurrence on; in "
    "all others the base model answers. The chat template puts them into no prompt by itself."
)


def newer_starter(shipped: str) -> str:
    """What to say about an earlier version of a built-in adapter. `shipped`: "name@version" of this release."""
    return (
        f"This release ships a newer version of it ({shipped}): upload, evaluate and activate that one "
        "(docs/how-to/activate-an-adapter.md)."
    )


class AdapterOrigin(StrEnum):
    UPLOAD = "upload"  # a tenant's file
    TRAINING = "training"  # a training here
    COMPRESSION = "compression"  # another version at a lower rank
    MERGE = "merge"  # a weighted sum of other versions
    STARTER = "starter"  # built in: shipped with the service


@dataclass(frozen=True, slots=True)
class AdapterLabel:
    """The name of an adapter in requests: "name" (its newest version) or "name@version"."""

    name: str
    version: str | None = None

    @classmethod
    def parse(cls, text: str) -> AdapterLabel:
        name, _, version = text.partition("@")
        return cls(name, version or None)

    def covers(self, other: AdapterLabel) -> bool:
        """Whether `other` is the same, or a version of the same name where no version is said."""
        return self.name == other.name and self.version in {None, other.version}

    def __str__(self) -> str:
        return self.name if self.version is None else f"{self.name}@{self.version}"


@dataclass(frozen=True, slots=True)
class AdapterSource:
    """A document that an adapter learned from."""

    document_id: str
    filename: str
    deleted: bool  # the document is gone; the adapter still answers from it


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
    of_another_base: bool = False  # than the one that is served
    shipped_now: str | None = None  # of a built-in one that this release ships in another version: "name@version"

    @property
    def label(self) -> str:
        return str(AdapterLabel(self.name, self.version))

    @property
    def stale(self) -> bool:
        """A document that it learned from was deleted."""
        return any(source.deleted for source in self.lineage.sources)

    @property
    def not_served(self) -> str | None:
        """Why the adapter cannot answer; None if it can."""
        reason: str | None = self.lineage.details.get(NOT_SERVED)
        return reason or (OTHER_BASE if self.of_another_base else None)

    @property
    def builtin(self) -> bool:
        """It ships with the service."""
        return self.lineage.origin is AdapterOrigin.STARTER

    @property
    def invocation_tokens(self) -> tuple[int, ...] | None:
        """The tokens from which an activated LoRA acts; None for an adapter that always acts."""
        invocation = self.lineage.details.get(INVOCATION)
        return tuple(invocation[INVOCATION_TOKENS]) if invocation else None

    @property
    def warning(self) -> str | None:
        """What to know before the adapter answers; None if nothing."""
        if self.shipped_now is not None:
            return newer_starter(self.shipped_now)
        invocation = self.lineage.details.get(INVOCATION)
        return SELDOM_ACTIVE if invocation and not invocation[EVERY_PROMPT] else None


@dataclass(frozen=True, slots=True)
class Deployment:
    """A change of the adapter that answers a tenant."""

    adapter: str | None  # "name@version"; None: the plain base model
    evaluation_id: str | None
    override_reason: str | None
    actor: str | None  # id of the key that asked
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Canary:
    """A version that answers a share of a tenant's conversations beside the active one."""

    adapter: AdapterVersion
    share: float  # of conversations, 0 to 1
    created_at: datetime


@dataclass(frozen=True, slots=True)
class DeploymentState:
    """The adapter versions that answer a tenant now."""

    active: AdapterVersion | None  # None: the plain base model
    canary: Canary | None


@dataclass(frozen=True, slots=True)
class AdapterAnswers:
    """What an adapter version, or the base model, answered in some time."""

    adapter: str | None  # "name@version"; None: the plain base model
    answers: int
    refused: int  # of the answers
    seconds: float | None  # mean time of a whole answer; None if none was timed
    up: int  # ratings
    down: int


@dataclass(frozen=True, slots=True)
class DeploymentReport:
    """The adapter versions that answer a tenant now, and what each answered since the last change."""

    active: AdapterVersion | None
    canary: Canary | None
    since: datetime
    answers: tuple[AdapterAnswers, ...]
