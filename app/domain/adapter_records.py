"""What the store gives of adapters: versions, datasets, trainings, evaluations, what is active."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.domain.states import AdapterOrigin, DatasetOrigin, GateVerdict, JobStatus, TrainingStatus


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
class Dataset:
    """One version of a tenant's training rows."""

    id: str  # "ds_..."
    tenant_id: str
    name: str
    version: int  # 1, 2, ... within the name
    origin: DatasetOrigin
    blob: str
    sha256: str
    size_bytes: int
    report: dict[str, Any]
    details: dict[str, Any]  # how it was made
    sources: tuple[AdapterSource, ...]  # documents that its rows were made from
    base_fingerprint: str
    created_at: datetime

    @property
    def label(self) -> str:
        return f"{self.name}@{self.version}"


@dataclass(frozen=True, slots=True)
class Training:
    """A training job."""

    id: str  # "ftjob_..."
    tenant_id: str
    adapter_name: str
    dataset_id: str
    dataset_label: str  # "name@version"; the dataset may be gone
    status: TrainingStatus
    recipe: dict[str, Any]
    evaluation_share: float
    search_asked: dict[str, Any] | None  # grid and budget of a search over hyper-parameters
    search: dict[str, Any] | None  # what it has done so far
    step: int
    steps: int
    figures: dict[str, float]
    eta_s: float | None
    adapter: str | None  # "name@version"
    evaluation_id: str | None
    error_code: str | None
    error_message: str | None
    job_id: str | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class TrainingEvent:
    id: int
    kind: str
    message: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class TrainingPoint:
    step: int
    figures: dict[str, float]


@dataclass(frozen=True, slots=True)
class AdapterEvaluation:
    """An adapter version measured against what it would replace."""

    id: str  # "aev_..."
    tenant_id: str
    adapter_version_id: int
    adapter: str  # "name@version"
    against: str  # "base" or "name@version"
    status: JobStatus
    progress: float
    verdict: GateVerdict | None
    report: dict[str, Any]
    error_code: str | None
    error_message: str | None
    job_id: str | None
    created_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A tenant's own questions, asked of its documents and scored."""

    id: str  # "ev_..."
    tenant_id: str
    name: str  # of the file of cases
    adapter: str | None  # "name@version"; None: the base model
    status: JobStatus
    progress: float
    scores: dict[str, Any]  # by part, by layer, overall
    error_code: str | None
    error_message: str | None
    job_id: str | None
    created_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class EvaluationResult:
    """What became of one case in one layer."""

    id: str  # "evr_..."
    part: str  # "layer/set"
    case_id: str
    figures: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Activation:
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
