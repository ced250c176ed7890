"""What a running training says, noted for its tenant: status, loss curve, events, how long it will take."""

from __future__ import annotations

import time
from collections.abc import Callable

from app.errors import InvalidRequest, Unavailable
from app.store.adapter_records import Training
from app.store.jobs import Lease
from app.store.queue import JobQueue
from app.store.records import Job
from app.store.session import Database
from app.store.states import TrainingStatus
from app.training.child import Message

FLUSH_EVERY_S = 1.0
TOLD = {
    "validating": "Checking the rows.",
    "started": "Training begins: {steps} steps.",
    "resumed": "Training goes on at step {step} of {steps}.",
    "narrowed": "Memory allows for {micro_batch_tokens} tokens at once: the same steps are made in smaller parts.",
    "checkpoint": "Checkpoint at step {step}.",
    "validation": "Loss on the rows held out at step {step}: {valid_loss:.4f}.",
    "stopped_early": "Stopped early at step {step}: the loss on the rows held out no longer falls.",
    "search": "{told}",
    "trial": "{told}",
    "rung": "{told}",
    "chosen": "{told}",
    "divided": "{train} rows to learn from, {validation} to validate on, {cases} questions for the evaluation.",
}


FURTHER = {"checkpoint", "trial", "trial_checkpoint"}  # what a killed process need not do again


class TrainingNotes:
    """Keeps one training's record up to date, and hears whether it is to stop."""

    def __init__(self, db: Database, job: Job, training: Training, stopping: Callable[[], bool]) -> None:
        self._db = db
        self._training = training
        self._lease = Lease(job.id, job.lease_token or "")
        self._stopping = stopping
        self._status = TrainingStatus.VALIDATING_FILES
        self._step = self._steps = 0
        self._points: dict[int, dict[str, float]] = {}
        self._events: list[tuple[str, str]] = []
        self._begun: tuple[float, int] | None = None  # monotonic seconds and step
        self._flushed = 0.0
        self._search = training.search
        self._further = False  # a checkpoint that the job does not know of yet
        self.cancelled = False

    def hear(self, message: Message) -> None:
        """One message of the process. Raises Conflict if another worker has the job."""
        kind = message["kind"]
        self._step, self._steps = message.get("step", self._step), message.get("steps", self._steps)
        figures = message.get("figures", {})
        if kind in {"started", "resumed"}:
            self._status, self._begun = TrainingStatus.RUNNING, (time.monotonic(), self._step)
        if "search" in message:
            self._search, self._status = message["search"], TrainingStatus.RUNNING
            self._begun = self._begun or (time.monotonic(), self._search["step"])
        if kind == "trial_step":
            self._search = {**(self._search or {}), "step": message["done"], "training": message["trial"]}
        if kind in {"step", "validation"}:
            self._points[self._step] = {**self._points.get(self._step, {}), **figures}
        if kind in TOLD:
            self._events.append((kind, TOLD[kind].format(**message, **figures)))
        self._further = self._further or kind in FURTHER
        if kind in TOLD or time.monotonic() - self._flushed >= FLUSH_EVERY_S:
            self.flush()

    def look(self) -> bool:
        """Whether to stop. Raises InvalidRequest if the dataset was deleted."""
        try:
            with self._db.read_tenant(self._training.tenant_id) as store:
                self.cancelled = JobQueue(store.session).cancel_requested(self._lease.job_id)
                gone = store.datasets.missing(self._training.dataset_id)
        except Unavailable:  # the database is busy: look again
            return False
        if gone:
            raise dataset_deleted(self._training)
        return self.cancelled or self._stopping()

    def flush(self) -> None:
        """Write what was heard. Raises Conflict if the lease was lost, StorageFull."""
        try:
            with self._db.write_tenant(self._training.tenant_id) as store:
                store.trainings.note(
                    self._training.id,
                    self._status,
                    step=self._step,
                    steps=self._steps,
                    eta_s=self._eta_s(),
                    points=self._points,
                    events=self._events,
                    search=self._search,
                    lease=self._lease,
                )
                if self._further:
                    JobQueue(store.session).progressed(self._lease)
        except Unavailable:  # busy: kept for the next time
            return
        self._points, self._events, self._further = {}, [], False
        self._flushed = time.monotonic()

    def _eta_s(self) -> float | None:
        """From the speed since this process began, or since the search was over."""
        step, steps = self._step, self._steps
        if self._search is not None and self._search["chosen"] is None:
            step, steps = self._search["step"], self._search["steps"] + self._search["rest"]
        if self._begun is None or step <= self._begun[1]:
            return None
        since, first = self._begun
        return (time.monotonic() - since) / (step - first) * max(0, steps - step)


def dataset_deleted(training: Training) -> InvalidRequest:
    return InvalidRequest(
        f"The dataset {training.dataset_label} was deleted; choose another one.", code="dataset_deleted"
    )
