"""Datasets and trainings."""

from __future__ import annotations

from dataclasses import dataclass
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


FINAL_TRAINING = frozenset({TrainingStatus.SUCCEEDED, TrainingStatus.FAILED, TrainingStatus.CANCELLED})


RESUMABLE_TRAINING = FINAL_TRAINING - {TrainingStatus.SUCCEEDED}


class TrainingEventKind(StrEnum):
    """Events that the repository records; a running training adds kinds of its own."""

    QUEUED = "queued"  # created, or resumed on request
    WAITING = "waiting"  # interrupted, and queued again
    SUCCEEDED = "succeeded"  # the adapter is registered
    FAILED = "failed"  # it ended with an error
    CANCELLED = "cancelled"  # it was stopped on request


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
