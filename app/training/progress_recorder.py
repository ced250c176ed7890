"""Records the progress of a running training: status, loss curve, events, remaining seconds."""

from __future__ import annotations

import time
from collections.abc import Callable

from app.domain.jobs import Job
from app.domain.training import Training, TrainingProgress, TrainingStatus
from app.errors import InvalidRequest, Unavailable
from app.storage.database import Database
from app.storage.sql.queue import JobQueue
from app.storage.sql.repositories.jobs import Lease
from app.training.messages import Divided, Progress, Report, SearchProgress, TrialNarrowed, TrialStep, Validating

FLUSH_EVERY_S = 1.0
# Events of the job's log, by the kind of the message.
PROGRESS_EVENTS = {
    "started": "Training begins: {steps} steps.",
    "resumed": "Training goes on at step {step} of {steps}.",
    "narrowed": "Memory allows for {micro_batch_tokens} tokens at once: the same steps are made in smaller parts.",
    "checkpoint": "Checkpoint at step {step}.",
    "validation": "Loss on the rows held out at step {step}: {valid_loss:.4f}.",
    "stopped_early": "Stopped early at step {step}: the loss on the rows held out no longer falls.",
}
CHECKPOINT_KINDS = {"checkpoint", "trial", "trial_checkpoint"}  # a killed process resumes after these


def event_of(message: Report) -> tuple[str, str] | None:
    """(kind, text) of the event that the job's log shows; None for messages that are not shown."""
    match message:
        case Validating():
            return "validating", "Checking the rows."
        case Divided():
            rows = f"{message.train} rows to learn from, {message.validation} to validate on"
            return "divided", f"{rows}, {message.cases} questions for the evaluation."
        case Progress() if message.kind in PROGRESS_EVENTS:
            text = PROGRESS_EVENTS[message.kind]
            return message.kind, text.format(step=message.step, steps=message.steps, **message.figures)
        case SearchProgress():
            return message.kind, message.summary
        case TrialNarrowed():
            return "narrowed", PROGRESS_EVENTS["narrowed"].format(**message.figures)
        case _:
            return None


class ProgressRecorder:
    """Records the progress of one training job, and says whether it is to stop."""

    def __init__(self, db: Database, job: Job, training: Training, stopping: Callable[[], bool]) -> None:
        self._db = db
        self._training = training
        self._lease = Lease(job.id, job.lease_token or "")
        self._stopping = stopping
        self._status = TrainingStatus.VALIDATING_FILES
        self._step = self._steps = 0
        self._points: dict[int, dict[str, float]] = {}
        self._events: list[tuple[str, str]] = []
        self._started: tuple[float, int] | None = None  # monotonic seconds and step
        self._flushed = 0.0
        self._search = training.search_state
        self._advanced = False  # whether there is a checkpoint that the job does not count yet
        self.cancelled = False
        self.suspended = False

    def record(self, message: Report) -> None:
        """Record one message of the process. Raises Conflict if another worker has the job."""
        match message:
            case Progress():
                self._record_progress(message)
            case SearchProgress():
                self._search, self._status = message.search, TrainingStatus.RUNNING
                self._started = self._started or (time.monotonic(), message.search["step"])
            case TrialStep():
                self._search = {**(self._search or {}), "step": message.done, "training": message.trial}
        event = event_of(message)
        if event is not None:
            self._events.append(event)
        self._advanced = self._advanced or message.kind in CHECKPOINT_KINDS
        if event is not None or time.monotonic() - self._flushed >= FLUSH_EVERY_S:
            self.flush()

    def _record_progress(self, message: Progress) -> None:
        self._step, self._steps = message.step, message.steps
        if message.kind in {"started", "resumed"}:
            self._status, self._started = TrainingStatus.RUNNING, (time.monotonic(), self._step)
        if message.kind in {"step", "validation"}:
            self._points[self._step] = {**self._points.get(self._step, {}), **message.figures}

    def should_stop(self) -> bool:
        """Whether to stop. Raises InvalidRequest if the dataset was deleted."""
        try:
            with self._db.read_tenant(self._training.tenant_id) as store:
                queue = JobQueue(store.session)
                self.cancelled = queue.cancel_requested(self._lease.job_id)
                self.suspended = queue.is_suspended(self._training.tenant_id)
                deleted = store.datasets.missing(self._training.dataset_id)
        except Unavailable:  # the database is busy: ask again
            return False
        if deleted:
            raise dataset_deleted(self._training)
        return self.cancelled or self.suspended or self._stopping()

    def flush(self) -> None:
        """Write what was recorded. Raises Conflict if the lease was lost, StorageFull."""
        progress = TrainingProgress(
            self._status, self._step, self._steps, self._eta_s(), self._points, self._events, self._search
        )
        try:
            with self._db.write_tenant(self._training.tenant_id) as store:
                store.trainings.record_progress(self._training.id, progress, self._lease)
                if self._advanced:
                    JobQueue(store.session).record_progress(self._lease)
        except Unavailable:  # the database is busy: the next flush writes it
            return
        self._points, self._events, self._advanced = {}, [], False
        self._flushed = time.monotonic()

    def _eta_s(self) -> float | None:
        """Seconds until the last step, from the speed since the process or the chosen run began; None if unknown."""
        step, steps = self._step, self._steps
        if self._search is not None and self._search["chosen"] is None:
            step, steps = self._search["step"], self._search["steps"] + self._search["rest"]
        if self._started is None or step <= self._started[1]:
            return None
        since, first = self._started
        return (time.monotonic() - since) / (step - first) * max(0, steps - step)


def dataset_deleted(training: Training) -> InvalidRequest:
    return InvalidRequest(
        f"The dataset {training.dataset_label} was deleted; choose another one.", code="dataset_deleted"
    )
