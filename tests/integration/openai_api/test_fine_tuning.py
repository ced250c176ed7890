"""Fine-tuning jobs, called with OpenAI's own package: made, followed, paused, refused, isolated."""

from __future__ import annotations

import json
from typing import Any

import openai
import pytest

from app.bootstrap.workers import Workers
from app.domain.training import TrainingProgress, TrainingStatus
from tests.integration.openai_api.conftest import openai_client
from tests.support.service import Service

ROWS = "\n".join(
    json.dumps({"messages": [{"role": "user", "content": f"When {n}?"}, {"role": "assistant", "content": "At ten."}]})
    for n in range(4)
)


@pytest.fixture(autouse=True)
def no_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs stay where a test puts them."""
    for name in ("start", "stop"):
        monkeypatch.setattr(Workers, name, lambda *_: None)


@pytest.fixture
def client(service: Service) -> openai.AsyncOpenAI:
    return openai_client(service, service.acme)


async def rows_file(client: openai.AsyncOpenAI) -> Any:
    return await client.files.create(file=("Support rows.jsonl", ROWS.encode()), purpose="fine-tune")


async def made(client: openai.AsyncOpenAI, **more: Any) -> Any:
    file = (await rows_file(client)).id
    return await client.fine_tuning.jobs.create(**{"model": "loracle-base", "training_file": file, **more})


def finish(service: Service, job_id: str) -> None:
    """What the worker records at the end of a training."""
    with service.runtime.storage.db.write_tenant(service.acme_id) as store:
        figures = {"train_loss": 0.5, "token_accuracy": 0.9, "tokens_per_s": 100.0, "seconds": 2.0}
        progress = TrainingProgress(TrainingStatus.RUNNING, 1, 2, 30.0, {1: figures}, [("checkpoint", "At step 1.")])
        store.trainings.record_progress(job_id, progress)
        store.trainings.finish(job_id, "support@0123456789abcdef", "ev_1", "Registered.", computed_tokens_per_s=90.0)


async def test_job_is_a_training_and_gives_back_what_was_asked(service: Service, client: openai.AsyncOpenAI) -> None:
    wanted = {"n_epochs": 2, "batch_size": "auto", "learning_rate_multiplier": 0.5}
    job = await made(
        client,
        suffix="My Support!",
        seed=7,
        metadata={"team": "help"},
        method={"type": "supervised", "supervised": {"hyperparameters": wanted}},
    )
    assert (job.object, job.status, job.model, job.seed) == ("fine_tuning.job", "queued", "loracle-base", 7)
    assert (job.hyperparameters.n_epochs, job.hyperparameters.learning_rate_multiplier) == (2, 0.5)
    assert job.method.supervised.hyperparameters.batch_size == 16
    assert (job.metadata, job.fine_tuned_model, job.error, job.finished_at) == ({"team": "help"}, None, None, None)
    native = (await service.acme.get(f"/api/v1/training/jobs/{job.id}")).json()
    assert (native["adapter"], native["hyperparameters"]["epochs"]) == ("my-support", 2)
    plain = await client.fine_tuning.jobs.create(model="loracle", training_file=job.training_file)
    usual = (await service.acme.get(f"/api/v1/training/jobs/{plain.id}")).json()
    assert native["hyperparameters"]["learning_rate"] == usual["hyperparameters"]["learning_rate"] / 2
    assert usual["adapter"] == "file-support-rows"
    assert await client.fine_tuning.jobs.retrieve(job.id) == job


async def test_jobs_events_and_checkpoints_are_paged(service: Service, client: openai.AsyncOpenAI) -> None:
    jobs = [await made(client, suffix="support", metadata={"n": str(n % 2)}) for n in range(3)]
    listed = [one.id async for one in client.fine_tuning.jobs.list(limit=2)]
    assert listed == [one.id for one in reversed(jobs)]
    odd = [one.id async for one in client.fine_tuning.jobs.list(extra_query={"metadata[n]": "1"})]
    assert odd == [jobs[1].id]
    assert [one async for one in client.fine_tuning.jobs.checkpoints.list(jobs[0].id)] == []
    finish(service, jobs[0].id)
    events = [one async for one in client.fine_tuning.jobs.list_events(jobs[0].id, limit=1)]
    assert [one.message for one in events][:2] == ["Registered.", "At step 1."]
    assert [one.data["kind"] for one in events] == ["succeeded", "checkpoint", "queued"]
    assert {one.level for one in events} == {"info"}
    (checkpoint,) = [one async for one in client.fine_tuning.jobs.checkpoints.list(jobs[0].id)]
    assert (checkpoint.fine_tuned_model_checkpoint, checkpoint.step_number) == ("support@0123456789abcdef", 1)
    assert (checkpoint.metrics.train_loss, checkpoint.metrics.train_mean_token_accuracy) == (0.5, 0.9)
    done = await client.fine_tuning.jobs.retrieve(jobs[0].id)
    assert (done.status, done.trained_tokens) == ("succeeded", 200)
    assert done.fine_tuned_model == checkpoint.fine_tuned_model_checkpoint


async def test_job_is_paused_resumed_and_cancelled(client: openai.AsyncOpenAI) -> None:
    job, calls = await made(client), client.fine_tuning.jobs
    assert (await calls.pause(job.id)).status == "paused"
    with pytest.raises(openai.ConflictError):
        await calls.pause(job.id)
    assert (await calls.resume(job.id)).status == "queued"
    assert (await calls.pause(job.id)).status == "paused"
    cancelled = await calls.cancel(job.id)
    assert (cancelled.status, cancelled.error.code) == ("cancelled", "cancelled")
    with pytest.raises(openai.ConflictError):
        await calls.cancel(job.id)


async def test_what_is_not_done_is_refused_by_name(client: openai.AsyncOpenAI) -> None:
    searched = (await client.files.create(file=("rules.txt", b"Open at ten."), purpose="assistants")).id
    for param, more in (
        ("method.type", {"method": {"type": "dpo", "dpo": {}}}),
        ("validation_file", {"validation_file": "file-1"}),
        ("integrations", {"integrations": [{"type": "wandb", "wandb": {"project": "x"}}]}),
        ("suffix", {"suffix": "!?"}),
        ("training_file", {"training_file": searched}),
        ("recipe.rank", {"extra_body": {"recipe": {"rank": 0}}}),
    ):
        with pytest.raises(openai.UnprocessableEntityError) as refused:
            await made(client, **more)
        assert refused.value.param == param
    for param, more in (("model", {"model": "gpt-4o-mini"}), ("training_file", {"training_file": "file-none"})):
        with pytest.raises(openai.NotFoundError) as unknown:
            await made(client, **more)
        assert unknown.value.param == param
    with pytest.raises(openai.UnprocessableEntityError) as rows:
        await client.files.create(file=("rows.jsonl", b'{"text": "hello"}'), purpose="fine-tune")
    assert "`completion`" in rows.value.message


async def test_other_tenants_jobs_are_as_unknown_as_any(service: Service, client: openai.AsyncOpenAI) -> None:
    job = await made(client)
    calls = openai_client(service, service.other).fine_tuning.jobs
    for call in (calls.retrieve, calls.cancel, calls.pause, calls.resume, calls.list_events, calls.checkpoints.list):
        errors = []
        for job_id in (job.id, "ftjob_none"):
            with pytest.raises(openai.NotFoundError) as refused:
                await call(job_id)
            errors.append(refused.value.message)
        assert errors[0] == errors[1]
    with pytest.raises(openai.NotFoundError):
        await calls.create(model="loracle-base", training_file=job.training_file)
    assert [one async for one in calls.list()] == []
