"""The worker's training jobs over a tiny base: registered, evaluated, cancelled, resumed, ended with a reason."""

from __future__ import annotations

import io
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
import safetensors.torch

from app.adapters.base_spec import BaseSpec, read_base_spec
from app.adapters.registry import AdapterRegistry
from app.bootstrap.retrieval import open_dense_retrievers
from app.bootstrap.runtime import build_runtime
from app.bootstrap.storage import Storage, open_storage
from app.chat.settings.service import ChatSettingsService
from app.domain.conversations import RefusalPolicy
from app.domain.training import Training
from app.embeddings.hashing import HashingEmbedder
from app.embeddings.model_set import EmbeddingModelSet
from app.engine.base_identity import base_fingerprint
from app.engine.tokenizer import ChatTokenizer
from app.errors import InvalidRequest
from app.evaluations.gate.service import AdapterEvaluationService
from app.jobs.worker import Worker, WorkerTiming
from app.llm.local_tokenizer import LocalTokenizer
from app.main import create_app
from app.search.retriever import Retriever
from app.settings import Settings
from app.storage.sql.repositories.keys import Keys
from app.storage.sql.repositories.tenants import Tenants
from app.training.base import BaseModelSpec, read_tokenizer
from app.training.datasets.service import DatasetService
from app.training.examples import RowRules
from app.training.handler import TrainingJobs, TrainingResources
from app.training.service import TrainingRequest, TrainingService
from app.training.subprocess_runner import ProcessLimits
from app.training.synthetic_data import SyntheticDataGenerator
from tests.support.training_factories import rows, tiny_base

pytestmark = pytest.mark.models
QUICK = {
    "rank": 4, "rows_per_step": 4, "max_tokens": 256, "micro_batch_tokens": 256, "checkpoint_every": 2,
    "validate_every": 3, "epochs": 1.0, "learning_rate": 5e-3,
}  # fmt: skip
LONG = {**QUICK, "epochs": 15.0, "patience": 0}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> BaseModelSpec:
    return tiny_base(tmp_path_factory.mktemp("base"))


@dataclass
class TrainingEnvironment:
    """The services and jobs of a training, without HTTP."""

    storage: Storage
    tenant: str
    retriever: Retriever
    chat_settings: ChatSettingsService
    datasets: DatasetService
    trainings: TrainingService
    registry: AdapterRegistry
    source: BaseModelSpec

    def jobs(self, **limits: Any) -> TrainingJobs:
        bounds = {"memory_mb": 3000, "timeout_s": 300.0, "grace_s": 60.0, **limits}
        db = self.storage.db
        evaluations = AdapterEvaluationService(db, self.registry)
        resources = TrainingResources(self.storage.trainings_dir, lambda: self.source, ProcessLimits(**bounds), 1)
        return TrainingJobs(db, self.storage.blobs, self.registry, evaluations, self.chat_settings, resources)

    def request_training(
        self, recipe: dict[str, Any], lines: list[str] | None = None, search: dict[str, Any] | None = None
    ) -> Training:
        dataset = self.datasets.upload(self.tenant, "rows", io.BytesIO("\n".join(lines or rows(30)).encode()))
        return self.trainings.create(self.tenant, TrainingRequest("style", dataset.id, recipe, 0.2, search))

    def state(self, training: Training) -> Training:
        with self.storage.db.read_tenant(self.tenant) as store:
            return store.trainings.get(training.id)

    def event_kinds(self, training: Training) -> list[str]:
        with self.storage.db.read_tenant(self.tenant) as store:
            return [event.kind for event in store.trainings.events(training.id)]

    def run(self, jobs: TrainingJobs) -> None:
        Worker(self.storage.db, {"train": jobs}, WorkerTiming(5, 1)).run_once()

    def run_until(self, jobs: TrainingJobs, training: Training, when: Callable[[Training], bool], then: Any) -> None:
        """Run one job; as soon as `when` holds, do `then`."""
        running = threading.Thread(target=self.run, args=(jobs,))
        running.start()
        while running.is_alive() and not when(self.state(training)):
            time.sleep(0.05)
        assert running.is_alive(), self.state(training)
        then()
        running.join(120)
        assert not running.is_alive()


@pytest.fixture
def environment(settings: Settings, source: BaseModelSpec) -> Iterator[TrainingEnvironment]:
    storage = open_storage(settings)
    with storage.db.write() as session:
        tenant = Tenants(session).create("acme").id
    tokenizer = read_tokenizer(source.folder)
    named = base_fingerprint(source.weights_fingerprint, source.quantization, tokenizer)
    frame = ChatTokenizer(tokenizer).prompt_frame()
    base: BaseSpec = read_base_spec(source.folder, name="tiny", fingerprint=named, frame=frame)
    rules = RowRules(LocalTokenizer(ChatTokenizer(tokenizer)), named, 2048)
    retriever = Retriever(storage.db, open_dense_retrievers(storage, EmbeddingModelSet(HashingEmbedder())))
    chat_settings = ChatSettingsService(storage.db, retriever.dense, RefusalPolicy())
    generator = SyntheticDataGenerator(storage.db, retriever, chat_settings, rules, top_k=2)
    datasets = DatasetService(storage.db, storage.blobs, rules, chat_settings, generator, max_bytes=10**7)
    trainings = TrainingService(storage.db, datasets, storage.trainings_dir, base, max_rank=64)
    registry = AdapterRegistry(storage.db, storage.adapters, base, max_rank=64, max_bytes=10**8)
    yield TrainingEnvironment(storage, tenant, retriever, chat_settings, datasets, trainings, registry, source)
    storage.db.close()


def children() -> list[psutil.Process]:
    found = psutil.Process().children(recursive=True)
    return [child for child in found if "app.training.worker_main" in " ".join(child.cmdline())]


def kill_child() -> None:
    children()[0].kill()


def has_begun(training: Training) -> bool:
    return training.step >= 3


def test_training_ends_with_a_version_its_lineage_and_a_queued_evaluation(environment: TrainingEnvironment) -> None:
    training = environment.request_training(QUICK)
    environment.run(environment.jobs())
    ended = environment.state(training)
    assert (ended.status, ended.error_message) == ("succeeded", None)
    assert ended.step == ended.steps > 0
    with environment.storage.db.read_tenant(environment.tenant) as store:
        adapter = store.adapters.get("style")
        evaluation = store.adapter_evaluations.get(ended.evaluation_id or "")
        asked = store.adapter_evaluations.cases(evaluation.id)
        points = store.trainings.points(training.id)
    assert ended.trained_adapter == adapter.label == evaluation.adapter
    assert adapter.lineage.origin == "training"
    assert adapter.lineage.details["training"]["recipe"]["rank"] == 4
    assert evaluation.status == "queued"
    assert [point.step for point in points] == list(range(1, ended.steps + 1))
    assert all("train_loss" in point.figures for point in points)
    assert any("valid_loss" in point.figures for point in points)
    assert environment.event_kinds(training)[:4] == ["queued", "validating", "divided", "started"]
    # What is asked was kept out: no question of it stands among the rows that were learned from.
    assert 0 < asked.count("question") < 30
    assert not (environment.storage.trainings_dir / training.id).exists()


def test_activated_training_ends_with_an_adapter_that_every_prompt_invokes(environment: TrainingEnvironment) -> None:
    training = environment.request_training({**QUICK, "activated": True})
    environment.run(environment.jobs())
    ended = environment.state(training)
    assert (ended.status, ended.error_message) == ("succeeded", None)
    with environment.storage.db.read_tenant(environment.tenant) as store:
        adapter = store.adapters.get("style")
    tokenizer = read_tokenizer(environment.source.folder)
    assert adapter.invocation_tokens == ChatTokenizer(tokenizer).generation_prompt
    assert adapter.warning is None
    assert adapter.lineage.details["training"]["recipe"]["activated"] is True


@pytest.mark.parametrize(("method", "kind", "held"), [("dora", "DoRA", "magnitude"), ("ia3", "IA3", "ia3_l")])
async def test_methods_that_are_not_served_end_with_versions_for_export(
    environment: TrainingEnvironment, settings: Settings, method: str, kind: str, held: str
) -> None:
    """From rows over worker and training process to HTTP: nothing is evaluated, 409 for serving, export as trained."""
    training = environment.request_training({**QUICK, "method": method})
    environment.run(environment.jobs())
    ended = environment.state(training)
    assert (ended.status, ended.error_message, ended.evaluation_id) == ("succeeded", None, None)
    assert ended.figures["train_loss"] > 0
    with environment.storage.db.read_tenant(environment.tenant) as store:
        assert kind in store.trainings.events(training.id)[-1].message
    runtime = build_runtime(settings)
    with runtime.storage.db.write() as session:
        key = Keys(session).create(environment.tenant, "test", ["read", "write"])[1]
    app = create_app(runtime=runtime)
    headers = {"Authorization": f"Bearer {key}"}
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://testserver", headers=headers) as client,
    ):
        shown = (await client.get("/api/v1/adapters/style")).json()
        wanted = {"override": "to see that it is refused"}
        refused = await client.post("/api/v1/adapters/style/activate", json=wanted)
        asked = await client.post("/api/v1/chat", json={"message": "Who keeps Porto?", "adapter": "style"})
        exported = await client.get("/api/v1/adapters/style/export")
    await runtime.close()
    assert kind in (shown.get("not_served") or shown["data"][0]["not_served"])
    for answer in (refused, asked):
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "adapter_not_served"), answer.text
    archive = zipfile.ZipFile(io.BytesIO(exported.content))
    weights = next(name for name in archive.namelist() if name.endswith(".safetensors"))
    tensors = safetensors.torch.load(archive.read(weights))
    trained = {name: tensor for name, tensor in tensors.items() if held in name}
    assert len(trained) == {"dora": 14, "ia3": 6}[method]
    assert not all((tensor == 1).all() for tensor in trained.values())


def test_cancelling_stops_the_process_and_resuming_continues_from_its_checkpoint(
    environment: TrainingEnvironment,
) -> None:
    training = environment.request_training(LONG)

    def cancel() -> None:
        with environment.storage.db.write_tenant(environment.tenant) as store:
            store.trainings.cancel(training.id)

    environment.run_until(environment.jobs(), training, has_begun, cancel)
    cut = environment.state(training)
    assert (cut.status, cut.error_code) == ("cancelled", "cancelled")
    assert children() == []
    folder = environment.storage.trainings_dir / training.id
    assert (folder / "checkpoints").is_dir()
    assert not (folder / "rows.jsonl").exists()  # no text of the tenant is left
    with environment.storage.db.write_tenant(environment.tenant) as store:
        store.trainings.resume(training.id)
    environment.run(environment.jobs())
    assert environment.state(training).status == "succeeded"
    assert "resumed" in environment.event_kinds(training)


def test_stopping_service_returns_the_job_to_the_queue(environment: TrainingEnvironment) -> None:
    training, jobs = environment.request_training(LONG), environment.jobs()
    environment.run_until(jobs, training, has_begun, jobs.stop)
    assert environment.state(training).status == "queued"
    assert environment.event_kinds(training)[-1] == "waiting"
    assert children() == []


def test_killed_process_is_replaced_as_long_as_the_run_makes_progress(
    environment: TrainingEnvironment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.storage.sql.queue.backoff_s", lambda _: -1.0)
    training, goal = environment.request_training(LONG), 0
    for _ in range(4):  # more often than a job may be tried that gets nowhere
        goal = environment.state(training).step + 4
        further = lambda now, goal=goal: now.step >= goal  # noqa: E731
        environment.run_until(environment.jobs(), training, further, kill_child)
        assert environment.state(training).status == "queued"
    environment.run(environment.jobs())
    ended = environment.state(training)
    assert (ended.status, ended.step) == ("succeeded", ended.steps)
    assert environment.event_kinds(training).count("resumed") == 4


SEARCH = {"grid": {"learning_rate": [1e-7, 5e-3], "rank": [2, 4]}}
SEARCHED = {**QUICK, "epochs": 4.0, "max_steps": 16, "patience": 0, "dropout": 0.1}


def losses(training: Training) -> list[Any]:
    assert training.search is not None
    return [(one["hyperparameters"], one["status"], one["step"], one["losses"]) for one in training.search["trials"]]


@pytest.mark.timeout(900)  # four processes, one after the other, at the lowest priority
def test_search_reports_each_trial_and_ends_the_same_when_it_is_killed(
    environment: TrainingEnvironment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """kill -9 among the trials and after the choice: the same winner, the same losses to the last digit."""
    monkeypatch.setattr("app.storage.sql.queue.backoff_s", lambda _: -1.0)
    whole = environment.request_training(SEARCHED, search=SEARCH)
    environment.run(environment.jobs())
    alone = environment.state(whole)
    assert (alone.status, alone.error_message) == ("succeeded", None)
    kinds = environment.event_kinds(whole)
    assert [kinds.count(kind) for kind in ("search", "trial", "rung", "chosen")] == [1, 6, 1, 1]
    assert "started" not in kinds  # the chosen one goes on where it paused
    assert "resumed" in kinds
    with environment.storage.db.read_tenant(environment.tenant) as store:
        events = [event.message for event in store.trainings.events(whole.id)]
        lineage = store.adapters.get("style").lineage.details["training"]
        curve = [point.figures["train_loss"] for point in store.trainings.points(whole.id)]
    assert any("Trial 1 (learning_rate 1e-07, rank 2)" in one and "held out" in one for one in events)
    assert alone.search is not None
    chosen = alone.search["trials"][alone.search["chosen"] - 1]
    assert chosen["hyperparameters"]["learning_rate"] == 5e-3
    assert {name: lineage["recipe"][name] for name in chosen["hyperparameters"]} == chosen["hyperparameters"]
    assert lineage["search"]["trials"] == alone.search["trials"]

    killed = environment.request_training(SEARCHED, search=SEARCH)
    begun_trials = lambda now: bool(now.search and now.search["step"] >= 2)  # noqa: E731
    decided = lambda now: bool(now.search and now.search["chosen"])  # noqa: E731
    for when in (begun_trials, decided):
        environment.run_until(environment.jobs(), killed, when, kill_child)
        assert environment.state(killed).status == "queued"
    environment.run(environment.jobs())
    after = environment.state(killed)
    assert (after.status, after.error_message) == ("succeeded", None)
    assert losses(after) == losses(alone)
    with environment.storage.db.read_tenant(environment.tenant) as store:
        again = {point.step: point.figures["train_loss"] for point in store.trainings.points(killed.id)}
    assert list(again.values())[-3:] == curve[-3:]
    assert after.trained_adapter == alone.trained_adapter  # named by its content's hash


def test_search_is_cancelled_and_resumed_like_a_training(environment: TrainingEnvironment) -> None:
    training = environment.request_training(SEARCHED, search=SEARCH)

    def cancel() -> None:
        with environment.storage.db.write_tenant(environment.tenant) as store:
            store.trainings.cancel(training.id)

    environment.run_until(
        environment.jobs(), training, lambda now: bool(now.search and now.search["step"] >= 2), cancel
    )
    assert environment.state(training).status == "cancelled"
    assert children() == []
    assert not (environment.storage.trainings_dir / training.id / "rows.jsonl").exists()
    with environment.storage.db.write_tenant(environment.tenant) as store:
        store.trainings.resume(training.id)
    environment.run(environment.jobs())
    ended = environment.state(training)
    assert (ended.status, ended.search is not None and ended.search["chosen"] > 0) == ("succeeded", True)


def test_deleting_the_dataset_ends_its_job_with_that_reason(environment: TrainingEnvironment) -> None:
    training = environment.request_training(LONG)
    environment.run_until(
        environment.jobs(),
        training,
        has_begun,
        lambda: environment.datasets.delete(environment.tenant, training.dataset_id),
    )
    ended = environment.state(training)
    assert (ended.status, ended.error_code) == ("failed", "dataset_deleted")
    assert children() == []


def test_memory_and_time_limits_end_the_job_with_a_message_that_says_what_to_do(
    environment: TrainingEnvironment,
) -> None:
    training = environment.request_training(LONG)
    environment.run(environment.jobs(memory_mb=300))
    ended = environment.state(training)
    assert (ended.status, ended.error_code) == ("failed", "memory_limit")
    assert "LORACLE_TRAINING_MEMORY_MB" in (ended.error_message or "")
    slow = environment.request_training(LONG)
    environment.run(environment.jobs(timeout_s=1.0))
    assert (environment.state(slow).status, environment.state(slow).error_code) == ("failed", "time_limit")


def test_rows_that_do_not_fit_a_changed_base_fail_the_job_with_their_line(environment: TrainingEnvironment) -> None:
    """The base was exchanged after the dataset was validated: its own process checks the rows again."""
    training = environment.request_training({**QUICK, "max_tokens": 128, "micro_batch_tokens": 128}, rows(12))
    environment.source = replace(environment.source, folder=with_longer_template(environment.source.folder))
    environment.run(environment.jobs())
    ended = environment.state(training)
    assert (ended.status, ended.error_code) == ("failed", "dataset_invalid")
    assert "line 1:" in (ended.error_message or "")


def with_longer_template(folder: Path) -> Path:
    """The same base with a chat template that says more."""
    import shutil

    copy = folder.with_name("wordy")
    shutil.copytree(folder, copy, dirs_exist_ok=True)
    template = copy / "chat_template.jinja"
    template.write_text(template.read_text(encoding="utf-8") + "{{ 'so much more ' * 100 }}", encoding="utf-8")
    return copy


def test_activated_training_over_a_base_without_generation_prompt_is_refused(environment: TrainingEnvironment) -> None:
    base = environment.trainings._base
    assert base.frame is not None
    environment.trainings._base = replace(base, frame=replace(base.frame, generation_prompt=()))
    with pytest.raises(InvalidRequest, match="no generation prompt") as caught:
        environment.request_training({**QUICK, "activated": True})
    assert caught.value.param == "hyperparameters.activated"
