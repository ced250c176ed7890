"""Trainings are paused: a queued one at once, a running one when its process has stopped."""

from __future__ import annotations

import pytest

from app.domain.jobs import JobStatus
from app.domain.training import DatasetOrigin, NewDataset, TrainingProgress, TrainingStatus
from app.errors import Conflict
from app.storage.database import Database
from app.storage.sql.tables import JobRow

RUNNING = TrainingProgress(TrainingStatus.RUNNING, 3, 9, 12.0)


@pytest.fixture
def training_id(db: Database, tenant_id: str) -> str:
    with db.write_tenant(tenant_id) as store:
        new = NewDataset("rows", DatasetOrigin.UPLOAD, "blob", "0" * 64, 10, {}, "fingerprint")
        dataset = store.datasets.create(new)
        return store.trainings.create("style", dataset, {}, evaluation_share=0.1, client={"model": "x"}).id


def test_queued_training_is_paused_at_once_and_resumed(db: Database, tenant_id: str, training_id: str) -> None:
    with db.write_tenant(tenant_id) as store:
        paused = store.trainings.pause(training_id)
        assert (paused.status, paused.error, paused.client) == (TrainingStatus.PAUSED, None, {"model": "x"})
        with pytest.raises(Conflict):
            store.trainings.pause(training_id)
        assert store.trainings.resume(training_id).status == TrainingStatus.QUEUED
        assert store.trainings.cancel(training_id).status == TrainingStatus.CANCELLED
        assert [event.kind for event in store.trainings.events(training_id)] == [
            "queued",
            "paused",
            "queued",
            "cancelled",
        ]


@pytest.mark.parametrize(
    ("last", "outcome", "status"),
    [
        ("pause", JobStatus.CANCELLED, TrainingStatus.PAUSED),
        ("cancel", JobStatus.CANCELLED, TrainingStatus.CANCELLED),  # asked for after the pause
        ("pause", JobStatus.FAILED, TrainingStatus.FAILED),
    ],
)
def test_running_training_ends_as_was_asked_last(
    db: Database, tenant_id: str, training_id: str, last: str, outcome: JobStatus, status: TrainingStatus
) -> None:
    with db.write_tenant(tenant_id) as store:
        job = store.trainings.get(training_id).job_id
        row = store.session.get(JobRow, job)
        assert row is not None
        row.status = JobStatus.RUNNING
        store.trainings.record_progress(training_id, RUNNING)
        store.trainings.pause(training_id)
        assert getattr(store.trainings, last)(training_id).status == TrainingStatus.RUNNING
        store.trainings.record_outcome(training_id, outcome, "code", "Why.")
        ended = store.trainings.get(training_id)
        assert (ended.status, ended.eta_s) == (status, None)
        assert (ended.error is None) is (status == TrainingStatus.PAUSED)


def test_paused_training_can_be_cancelled_and_deleted(db: Database, tenant_id: str, training_id: str) -> None:
    with db.write_tenant(tenant_id) as store:
        store.trainings.pause(training_id)
        cancelled = store.trainings.cancel(training_id)
        assert (cancelled.status, cancelled.error_code) == (TrainingStatus.CANCELLED, "cancelled")
        with pytest.raises(Conflict):
            store.trainings.cancel(training_id)
        store.trainings.delete(training_id)
