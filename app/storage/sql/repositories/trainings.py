"""Trainings: queued, run by a worker, stored with their events and loss curve."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.jobs import JobKind, JobStatus
from app.domain.pagination import NamedSort, Order, Page, order_of
from app.domain.training import (
    FINAL_TRAINING,
    RESUMABLE_TRAINING,
    Dataset,
    Training,
    TrainingEvent,
    TrainingEventKind,
    TrainingPoint,
    TrainingProgress,
    TrainingStatus,
)
from app.domain.webhooks import WebhookEvent
from app.errors import Conflict, NotFound
from app.storage.sql.audit_writer import record_audit
from app.storage.sql.pagination import Sorts, by_name, named, paginate
from app.storage.sql.records import record_from, record_mapper
from app.storage.sql.repositories.jobs import Jobs, Lease, record_outcome, require_lease
from app.storage.sql.repositories.webhook_outbox import emit
from app.storage.sql.tables import TrainingEventRow, TrainingPointRow, TrainingRow, now

JOB_KIND = JobKind.TRAIN
SORTS: Sorts = {"created_at": TrainingRow.created_at, "name": by_name(TrainingRow.adapter)}


class Trainings:
    """Creates, reads and updates the trainings of one tenant."""

    def __init__(self, session: Session, tenant_id: str) -> None:
        self._session = session
        self._tenant_id = tenant_id

    def create(
        self,
        adapter_name: str,
        dataset: Dataset,
        recipe: dict[str, Any],
        *,
        evaluation_share: float,
        search: dict[str, Any] | None = None,
        client: dict[str, Any] | None = None,
    ) -> Training:
        """Queue a training. `search`: grid and budget of a hyper-parameter search around `recipe` before the run.

        `client`: fields of the request to give back as they are.
        """
        row = TrainingRow(
            tenant_id=self._tenant_id,
            adapter=adapter_name,
            dataset_id=dataset.id,
            dataset_label=dataset.label,
            recipe=recipe,
            evaluation_share=evaluation_share,
            search_request=search,
            client=client or {},
        )
        self._session.add(row)
        self._session.flush()
        self._queue(row)
        self._record_event(row.id, TrainingEventKind.QUEUED, f"Queued: {dataset.label} for the adapter {adapter_name}.")
        self._audit(AuditAction.TRAINING_STARTED, row, name=adapter_name, dataset=dataset.label)
        return record_from(row, Training)

    def get(self, training_id: str) -> Training:
        return record_from(self._row(training_id), Training)

    def page(
        self,
        *,
        q: str | None = None,
        sort: NamedSort = "created_at",
        limit: int = 20,
        after: str | None = None,
        order: Order | None = None,
    ) -> Page[Training]:
        """`q`: words of the adapter's name and of the dataset's."""
        return paginate(
            self._session,
            named(self._mine(), q, TrainingRow.adapter, TrainingRow.dataset_label),
            keys=(SORTS[sort], TrainingRow.id),
            to_record=record_mapper(Training),
            limit=limit,
            after=after,
            order=order_of(sort, order),
            scope=self._mine(),
        )

    def events(self, training_id: str, *, after: int = 0, limit: int = 1000) -> list[TrainingEvent]:
        """Events in order, after the event with the id `after`."""
        own = TrainingEventRow.training_id == self._row(training_id).id, TrainingEventRow.id > after
        query = select(TrainingEventRow).where(*own).order_by(TrainingEventRow.id).limit(limit)
        return [record_from(row, TrainingEvent) for row in self._session.scalars(query)]

    def points(self, training_id: str, *, after: int = 0, limit: int = 10_000) -> list[TrainingPoint]:
        """Points of the loss curve after the step `after`."""
        own = TrainingPointRow.training_id == self._row(training_id).id, TrainingPointRow.step > after
        query = select(TrainingPointRow).where(*own).order_by(TrainingPointRow.step).limit(limit)
        return [record_from(row, TrainingPoint) for row in self._session.scalars(query)]

    def record_progress(self, training_id: str, progress: TrainingProgress, lease: Lease | None = None) -> None:
        """Record the progress of a running training. Raises Conflict if a given `lease` is lost."""
        require_lease(self._session, lease)
        row = self._row(training_id)
        row.status, row.eta_s = progress.status, progress.eta_s
        row.error_code = row.error_message = None
        row.step = row.step if progress.step is None else progress.step
        row.steps = row.steps if progress.steps is None else progress.steps
        row.started_at = row.started_at or now()
        row.search_state = row.search_state if progress.search_state is None else dict(progress.search_state)
        for step, figures in progress.points.items():
            self._point(training_id, step, figures)
            row.figures = {**row.figures, **figures}
        for kind, message in progress.events:
            self._record_event(training_id, kind, message)

    def finish(
        self,
        training_id: str,
        adapter: str,
        evaluation_id: str | None,
        message: str,
        *,
        computed_tokens_per_s: float,
    ) -> None:
        """Record the adapter that was trained and the speed of the whole run, which estimates use."""
        row = self._row(training_id)
        row.status, row.trained_adapter, row.evaluation_id = TrainingStatus.SUCCEEDED, adapter, evaluation_id
        trained = {"computed_tokens_per_s": computed_tokens_per_s, "trained_tokens": self._trained_tokens(row.id)}
        row.figures = {**row.figures, **trained}
        row.finished_at, row.eta_s = now(), None
        self._record_event(training_id, TrainingEventKind.SUCCEEDED, message)
        self._tell_finished(row)

    def record_outcome(self, training_id: str, status: JobStatus, code: str | None, message: str | None) -> None:
        """Record that its job failed, was cancelled or will be resumed. An ended training does not change."""
        row = self._row(training_id)
        if row.status in FINAL_TRAINING:
            return
        if row.pausing and status == JobStatus.CANCELLED:
            self._end(row, TrainingStatus.PAUSED, None, None)
            self._record_event(training_id, TrainingEventKind.PAUSED, "Paused; resume it to go on.")
            return
        record_outcome(row, status, code, message)
        row.eta_s = None
        kind = TrainingEventKind.WAITING if status == JobStatus.QUEUED else TrainingEventKind(status)
        self._record_event(training_id, kind, message or status)
        if row.status in FINAL_TRAINING:
            self._tell_finished(row)

    def _tell_finished(self, row: TrainingRow) -> None:
        """Queue the event for the tenant's webhooks."""
        data = {
            "object": "training",
            "id": row.id,
            "status": row.status,
            "adapter": row.trained_adapter,
            "evaluation_id": row.evaluation_id,
            "error": {"code": row.error_code, "message": row.error_message} if row.error_code else None,
        }
        emit(self._session, self._tenant_id, WebhookEvent.TRAINING_FINISHED, data)

    def cancel(self, training_id: str) -> Training:
        """Cancel: a queued or paused one at once, a running one at its next step. Raises Conflict if it has ended."""
        row = self._row(training_id)
        if row.status == TrainingStatus.PAUSED:
            self._end(row, TrainingStatus.CANCELLED, "cancelled", "Cancelled on request.")
            self._record_event(training_id, TrainingEventKind.CANCELLED, "Cancelled on request.")
            self._audit(AuditAction.TRAINING_CHANGED, row, name=row.adapter, to="cancelled")
            return record_from(row, Training)
        return self._stop(row, pausing=False)

    def pause(self, training_id: str) -> Training:
        """Stop as `cancel` does, to be resumed. Raises Conflict if it has ended or is paused."""
        return self._stop(self._row(training_id), pausing=True)

    def resume(self, training_id: str) -> Training:
        """Queue a failed or cancelled training again; it continues from its newest checkpoint."""
        row = self._row(training_id)
        if row.status not in RESUMABLE_TRAINING:
            raise Conflict(f"The training is {row.status}: only one that failed, was cancelled or paused is resumed.")
        row.status = TrainingStatus.QUEUED
        row.error_code = row.error_message = row.finished_at = None
        row.pausing = False
        self._queue(row)
        self._record_event(row.id, TrainingEventKind.QUEUED, "Queued again; it goes on from its newest checkpoint.")
        self._audit(AuditAction.TRAINING_CHANGED, row, name=row.adapter, to="resumed")
        return record_from(row, Training)

    def delete(self, training_id: str) -> None:
        """Delete a training, not its adapter. Raises Conflict while it may still run."""
        row = self._row(training_id)
        if row.status not in FINAL_TRAINING:
            raise Conflict("The training has not ended: cancel it first.")
        self._audit(AuditAction.TRAINING_DELETED, row, name=row.adapter)
        self._session.execute(delete(TrainingRow).where(TrainingRow.id == row.id))

    def _stop(self, row: TrainingRow, *, pausing: bool) -> Training:
        if row.status in FINAL_TRAINING or row.job_id is None:
            verb = "pause" if pausing else "cancel"
            raise Conflict(f"The training has ended or is paused ({row.status}): there is nothing to {verb}.")
        row.pausing = pausing
        self._audit(AuditAction.TRAINING_CHANGED, row, name=row.adapter, to="paused" if pausing else "cancelled")
        job = Jobs(self._session, self._tenant_id).cancel(row.job_id)
        if job.status == JobStatus.CANCELLED:
            self.record_outcome(row.id, JobStatus.CANCELLED, "cancelled", "Cancelled on request.")
        return record_from(row, Training)

    def _audit(self, action: AuditAction, row: TrainingRow, **details: Any) -> None:
        record_audit(self._session, action, "training", row.id, tenant_id=self._tenant_id, **details)

    def _end(self, row: TrainingRow, status: TrainingStatus, code: str | None, message: str | None) -> None:
        row.status, row.error_code, row.error_message = status, code, message
        row.finished_at, row.eta_s = now(), None

    def _queue(self, row: TrainingRow) -> None:
        row.job_id = Jobs(self._session, self._tenant_id).create(JOB_KIND, {"training_id": row.id}).id

    def _record_event(self, training_id: str, kind: str, message: str) -> None:
        event = TrainingEventRow(tenant_id=self._tenant_id, training_id=training_id, kind=kind, message=message)
        self._session.add(event)
        self._session.flush()

    def _point(self, training_id: str, step: int, figures: Mapping[str, float]) -> None:
        row = self._session.get(TrainingPointRow, (training_id, step))
        if row is None:
            row = TrainingPointRow(training_id=training_id, step=step, tenant_id=self._tenant_id, figures={})
            self._session.add(row)
        row.figures = {**row.figures, **figures}

    def _trained_tokens(self, training_id: str) -> int:
        """The tokens of all steps, from their speed and their time."""
        own = TrainingPointRow.training_id == training_id
        steps = self._session.scalars(select(TrainingPointRow.figures).where(own))
        return round(math.fsum(step.get("tokens_per_s", 0.0) * step.get("seconds", 0.0) for step in steps))

    def _mine(self) -> Select[TrainingRow]:
        return select(TrainingRow).where(TrainingRow.tenant_id == self._tenant_id)

    def _row(self, training_id: str) -> TrainingRow:
        row = self._session.scalar(self._mine().where(TrainingRow.id == training_id))
        if row is None:
            raise NotFound("No such training.", param="training")
        return row


def training_ids(session: Session, tenant_id: str | None = None) -> set[str]:
    """Ids of the trainings of one tenant, or of all; their run folders are in use."""
    query = select(TrainingRow.id)
    return set(session.scalars(query if tenant_id is None else query.where(TrainingRow.tenant_id == tenant_id)))


def newest_rate(session: Session) -> tuple[float, dict[str, Any]] | None:
    """(computed tokens per second, recipe) of the training that succeeded last, of any tenant."""
    done = select(TrainingRow).where(TrainingRow.status == TrainingStatus.SUCCEEDED)
    row = session.scalar(done.order_by(TrainingRow.finished_at.desc()).limit(1))
    rate = row.figures.get("computed_tokens_per_s") if row is not None else None
    return (float(rate), dict(row.recipe)) if row is not None and rate else None
