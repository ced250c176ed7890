"""What a tenant may have at one time, and what it has."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Quota(StrEnum):
    """What a tenant has at most."""

    STORED_BYTES = "stored_bytes"  # of uploaded files, rows to train on and adapters; equal files of one kind once
    DOCUMENTS = "documents"  # of all collections, whatever their status
    CHUNKS = "chunks"  # that searches look through
    ADAPTERS = "adapters"  # versions, without the built-in ones
    DATASETS = "datasets"  # versions
    QUEUED_DOCUMENTS = "queued_documents"  # new files that wait or are being read
    QUEUED_TRAININGS = "queued_trainings"  # that wait or run
    QUEUED_EVALUATIONS = "queued_evaluations"  # that wait or run, of questions and of adapters


class Known(StrEnum):
    """What may be sent again and takes no room, as its bytes are here already."""

    NOTHING = "nothing"  # each file is stored anew
    DOCUMENTS = "documents"  # bytes of a document of the tenant
    ADAPTERS = "adapters"  # a version of an adapter of the tenant


LARGEST_QUOTA = 2**53 - 1  # that JavaScript counts exactly
# They empty by themselves.
QUEUES = frozenset({Quota.QUEUED_DOCUMENTS, Quota.QUEUED_TRAININGS, Quota.QUEUED_EVALUATIONS})


@dataclass(frozen=True, slots=True)
class Quotas:
    """The most that one tenant has of each; None: no limit."""

    stored_bytes: int | None = None
    documents: int | None = None
    chunks: int | None = None
    adapters: int | None = None
    datasets: int | None = None
    queued_documents: int | None = None
    queued_trainings: int | None = None
    queued_evaluations: int | None = None

    def of(self, quota: Quota) -> int | None:
        limit: int | None = getattr(self, quota)
        return limit

    def or_else(self, others: Quotas) -> Quotas:
        """These quotas, and those of `others` where these say nothing."""
        return Quotas(*(self.of(one) if self.of(one) is not None else others.of(one) for one in Quota))


@dataclass(frozen=True, slots=True)
class QuotaState:
    """How much of a quota is used now."""

    limit: int | None  # None: no limit
    used: int
