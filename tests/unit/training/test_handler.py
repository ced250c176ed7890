"""The job of a training: what it writes for the training process."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap.command_line import build_tenant_service
from app.bootstrap.runtime import Runtime, build_runtime
from app.domain.jobs import Job
from app.domain.tenants import TenantStatus
from app.engine.base_identity import QuantizationRecipe
from app.errors import InvalidRequest
from app.evaluations.gate.service import AdapterEvaluationService
from app.jobs.signals import JobCancelled, JobSuspended
from app.settings import Settings
from app.storage.sql.repositories.tenants import Tenants
from app.training.base import BaseModelSpec
from app.training.handler import TrainingJobs, TrainingResources
from app.training.messages import Stopped
from app.training.service import TrainingRequest
from app.training.subprocess_runner import ProcessLimits
from app.training.worker_main import SPEC, read_spec

PREAMBLE = "You are the porter of the museum."
ROW = {"question": "When does it open?", "context": "The museum opens at ten.", "answer": "at ten"}


class StoppedProcess:
    """A training process that stops at once; it remembers the preamble of its job."""

    preambles: list[str]

    def __init__(self, folder: Path, _limits: ProcessLimits) -> None:
        self._folder = folder

    def run(self, _on_report: Callable[..., None], _should_stop: Callable[[], bool]) -> Stopped:
        self.preambles.append(read_spec(self._folder).preamble)
        return Stopped(0)


@pytest.fixture
def runtime(settings: Settings, fresh_database: None) -> Iterator[Runtime]:
    runtime = build_runtime(settings)
    yield runtime
    runtime.storage.db.close()


@pytest.fixture
def jobs(runtime: Runtime, tmp_path: Path) -> TrainingJobs:
    base = BaseModelSpec("tiny", tmp_path, "tiny", QuantizationRecipe("nf4", 32))
    resources = TrainingResources(runtime.storage.trainings_dir, lambda: base, ProcessLimits(1000, 60.0), 1)
    storage = runtime.storage
    evaluations = AdapterEvaluationService(storage.db, runtime.adapters)
    return TrainingJobs(storage.db, storage.blobs, runtime.adapters, evaluations, runtime.chat_settings, resources)


@pytest.fixture
def run(jobs: TrainingJobs, monkeypatch: pytest.MonkeyPatch) -> Callable[[Job], None]:
    monkeypatch.setattr("app.training.handler.TrainingProcess", StoppedProcess)
    monkeypatch.setattr(StoppedProcess, "preambles", [], raising=False)

    def run(job: Job) -> None:
        with pytest.raises(JobCancelled):
            jobs.run(job)

    return run


def queued_job(runtime: Runtime, tenant_id: str, tmp_path: Path) -> Job:
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps(ROW), encoding="utf-8")
    with rows.open("rb") as file:
        dataset = runtime.datasets.upload(tenant_id, "rows", file)
    training = runtime.trainings.create(tenant_id, TrainingRequest("style", dataset.id))
    with runtime.storage.db.read_tenant(tenant_id) as store:
        return store.jobs.get(training.job_id or "")


def set_preamble(runtime: Runtime, tenant_id: str, preamble: str) -> None:
    runtime.chat_settings.update(tenant_id, preamble=preamble)


def test_a_training_gets_the_preamble_of_its_tenant_and_a_resumed_one_keeps_it(
    runtime: Runtime, run: Callable[[Job], None], tmp_path: Path
) -> None:
    with runtime.storage.db.write() as session:
        tenant_id = Tenants(session).create("acme").id
    set_preamble(runtime, tenant_id, PREAMBLE)
    first = queued_job(runtime, tenant_id, tmp_path)
    run(first)
    set_preamble(runtime, tenant_id, "Answer in verse.")
    run(first)  # its checkpoints are of rows with the first preamble
    run(queued_job(runtime, tenant_id, tmp_path))
    assert StoppedProcess.preambles == [PREAMBLE, PREAMBLE, "Answer in verse."]


def test_a_training_that_an_older_version_began_goes_on_without_a_preamble(
    runtime: Runtime, run: Callable[[Job], None], tmp_path: Path
) -> None:
    with runtime.storage.db.write() as session:
        tenant_id = Tenants(session).create("acme").id
    job = queued_job(runtime, tenant_id, tmp_path)
    run(job)
    spec = runtime.storage.trainings_dir / job.payload["training_id"] / SPEC
    content: dict[str, Any] = json.loads(spec.read_text(encoding="utf-8"))
    del content["preamble"]
    spec.write_text(json.dumps(content), encoding="utf-8")
    set_preamble(runtime, tenant_id, PREAMBLE)
    run(job)
    assert StoppedProcess.preambles == ["", ""]


def running(monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], None]) -> None:
    """Let the training process write a checkpoint, then `meanwhile` happen, then ask whether it is to stop."""

    class Process:
        def __init__(self, folder: Path, _limits: ProcessLimits) -> None:
            self._folder = folder

        def run(self, _on_report: Callable[..., None], should_stop: Callable[[], bool]) -> Stopped:
            meanwhile()
            self._folder.mkdir(exist_ok=True)
            (self._folder / "checkpoint").touch()
            assert should_stop()
            return Stopped(0)

    monkeypatch.setattr("app.training.handler.TrainingProcess", Process)


def test_a_training_of_a_suspended_tenant_stops_and_waits_with_its_checkpoint(
    runtime: Runtime, jobs: TrainingJobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with runtime.storage.db.write() as session:
        tenant_id = Tenants(session).create("acme").id
    job = queued_job(runtime, tenant_id, tmp_path)

    def suspend() -> None:
        with runtime.storage.db.write() as session:
            Tenants(session).set_status(tenant_id, TenantStatus.SUSPENDED)

    running(monkeypatch, suspend)
    with pytest.raises(JobSuspended):
        jobs.run(job)
    assert (runtime.storage.trainings_dir / job.payload["training_id"] / "checkpoint").is_file()


def test_a_running_training_of_a_deleted_tenant_leaves_no_checkpoint(
    runtime: Runtime, jobs: TrainingJobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with runtime.storage.db.write() as session:
        tenant_id = Tenants(session).create("acme").id
    first, job = queued_job(runtime, tenant_id, tmp_path), queued_job(runtime, tenant_id, tmp_path)
    (runtime.storage.trainings_dir / first.payload["training_id"]).mkdir(parents=True)  # one that was stopped before
    running(monkeypatch, lambda: build_tenant_service(runtime.storage).delete(tenant_id))
    with pytest.raises(InvalidRequest):
        jobs.run(job)
    assert list(runtime.storage.trainings_dir.iterdir()) == []
