"""Datasets and trainings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.domain.adapters import AdapterSource


class TrainingStatus(StrEnum):
    QUEUED = "queued"  # its job waits for a worker
    VALIDATING_FILES = "validating_files"  # the rows are checked
    RUNNING = "running"  # trials or steps are under way
    SUCCEEDED = "succeeded"  # the adapter is registered
    FAILED = "failed"  # it ended with an error
    CANCELLED = "cancelled"  # it was stopped on request
    PAUSED = "paused"  # it was stopped on request, to be resumed


FINAL_TRAINING = frozenset(
    {TrainingStatus.SUCCEEDED, TrainingStatus.FAILED, TrainingStatus.CANCELLED, TrainingStatus.PAUSED}
)


RESUMABLE_TRAINING = FINAL_TRAINING - {TrainingStatus.SUCCEEDED}


class TrainingEventKind(StrEnum):
    """Events that the repository records; a running training adds kinds of its own."""

    QUEUED = "queued"  # created, or resumed on request
    WAITING = "waiting"  # interrupted, and queued again
    SUCCEEDED = "succeeded"  # the adapter is registered
    FAILED = "failed"  # it ended with an error
    CANCELLED = "cancelled"  # it was stopped on request
    PAUSED = "paused"  # it was stopped on request, to be resumed


class SearchTrialStatus(StrEnum):
    WAITING = "waiting"  # has not been trained yet
    PAUSED = "paused"  # trained up to a comparison
    STOPPED = "stopped"  # left out after a comparison
    DIVERGED = "diverged"  # its loss is no number
    CHOSEN = "chosen"  # the best: trained to its end


ENDED_SEARCH_TRIAL = frozenset({SearchTrialStatus.STOPPED, SearchTrialStatus.DIVERGED, SearchTrialStatus.CHOSEN})


class DatasetOrigin(StrEnum):
    UPLOAD = "upload"  # a tenant's file
    DOCUMENTS = "documents"  # questions made from documents
    FEEDBACK = "feedback"  # answers that users rated or corrected


NEW_SEARCH: dict[str, Any] = {
    "trials": [], "training": None, "chosen": None, "spent": None, "step": 0, "steps": 0, "seconds": 0.0,
}  # fmt: skip


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
    details: dict[str, Any]  # how it was generated
    sources: tuple[AdapterSource, ...]  # documents that its rows were generated from
    base_fingerprint: str
    created_at: datetime

    @property
    def label(self) -> str:
        return f"{self.name}@{self.version}"

    @property
    def bytes(self) -> int:
        return self.size_bytes


@dataclass(frozen=True, slots=True)
class NewDataset:
    """A validated file of rows, before it is recorded as a version of `name`."""

    name: str
    origin: DatasetOrigin
    blob: str
    sha256: str
    size_bytes: int
    report: dict[str, Any]
    base_fingerprint: str
    details: dict[str, Any] = field(default_factory=dict)  # how it was generated
    sources: Mapping[str, str] = field(default_factory=dict)  # filenames by document id


@dataclass(frozen=True, slots=True)
class DatasetFile:
    """The rows of a dataset as a file to download."""

    filename: str
    content: bytes


@dataclass(frozen=True, slots=True)
class TrainingError:
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Training:
    """A training job."""

    id: str  # "ftjob_..."
    tenant_id: str
    adapter: str  # the adapter's name
    dataset_id: str
    dataset_label: str  # "name@version"; the dataset may be gone
    status: TrainingStatus
    recipe: dict[str, Any]
    evaluation_share: float
    search_request: dict[str, Any] | None  # grid and budget of a hyper-parameter search
    search_state: dict[str, Any] | None  # progress of the search; None before its first message
    step: int
    steps: int
    figures: dict[str, float]
    eta_s: float | None
    trained_adapter: str | None  # "name@version"
    evaluation_id: str | None
    error_code: str | None
    error_message: str | None
    job_id: str | None
    client: dict[str, Any]  # fields of the request that a client of OpenAI gets back
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @property
    def dataset(self) -> str:
        """The dataset's id."""
        return self.dataset_id

    @property
    def hyperparameters(self) -> dict[str, Any]:
        return self.recipe

    @property
    def error(self) -> TrainingError | None:
        return None if self.error_code is None else TrainingError(self.error_code, self.error_message or "")

    @property
    def search(self) -> dict[str, Any] | None:
        """Request and state of the hyper-parameter search; None without one."""
        if self.search_request is None:
            return None
        return {**self.search_request, **NEW_SEARCH, **(self.search_state or {})}

    @property
    def progress(self) -> float:
        """Share of the steps that are done, of the search and of the run after it: 0 to 1."""
        step, steps = self.step, self.steps
        if self.search_state is not None:
            searched, rest = self.search_state["steps"], self.search_state["rest"]
            chosen = self.search_state["chosen"] is not None
            step = searched + max(0, step - (steps - rest)) if chosen else self.search_state["step"]
            steps = searched + rest
        return round(min(1.0, step / steps), 4) if steps else 0.0


@dataclass(frozen=True, slots=True)
class TrainingProgress:
    """Progress of a running training since the last record. None leaves a field as it is."""

    status: TrainingStatus
    step: int | None = None
    steps: int | None = None
    eta_s: float | None = None  # None: unknown
    points: Mapping[int, Mapping[str, float]] = field(default_factory=dict)  # figures by step
    events: Sequence[tuple[str, str]] = ()  # (kind, message)
    search_state: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class TrainingEvent:
    id: int
    kind: str
    message: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class TrainingLog:
    """Events of a training, the oldest first."""

    data: tuple[TrainingEvent, ...]


@dataclass(frozen=True, slots=True)
class TrainingPoint:
    step: int
    figures: dict[str, float]


@dataclass(frozen=True, slots=True)
class LossCurve:
    """Figures of the steps of a training, in order."""

    data: tuple[TrainingPoint, ...]
