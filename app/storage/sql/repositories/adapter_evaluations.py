"""Evaluations of adapter versions: queued with their cases, run by a worker, stored with verdict and report."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.evaluations import AdapterEvaluation, EvaluationSide, GateVerdict
from app.domain.jobs import FINAL_JOB, UNFINISHED_JOB, JobKind, JobStatus
from app.domain.pagination import Order, Page
from app.errors import Conflict, NotFound
from app.storage.sql.audit_writer import record_audit
from app.storage.sql.dialects.lists import one_of
from app.storage.sql.pagination import paginate
from app.storage.sql.records import record_from
from app.storage.sql.repositories.adapters import AdapterVersions
from app.storage.sql.repositories.evaluations import tell_finished
from app.storage.sql.repositories.jobs import Jobs, record_outcome
from app.storage.sql.tables import AdapterEvaluationRow, AdapterObservationRow, now

JOB_KIND = JobKind.EVALUATE_ADAPTER


class AdapterEvaluations:
    """Creates and reads the adapter evaluations of one tenant."""

    def __init__(self, session: Session, tenant_id: str) -> None:
        self._session = session
        self._tenant_id = tenant_id

    def create(self, name: str, version: str | None, against: str, cases: str) -> AdapterEvaluation:
        """Queue an evaluation of a version, by default the newest of the name. Raises NotFound if there is none."""
        adapter = AdapterVersions(self._session, self._tenant_id).get(name, version)
        row = AdapterEvaluationRow(
            tenant_id=self._tenant_id, adapter_version_id=adapter.id, against=against, cases=cases
        )
        self._session.add(row)
        self._session.flush()
        self._audit(AuditAction.EVALUATION_STARTED, row, name=adapter.label, against=against)
        row.job_id = Jobs(self._session, self._tenant_id).create(JOB_KIND, {"evaluation_id": row.id}).id
        return self._record(row)

    def get(self, evaluation_id: str) -> AdapterEvaluation:
        return self._record(self._row(evaluation_id))

    def cases(self, evaluation_id: str) -> str:
        return self._row(evaluation_id).cases

    def page(
        self, adapter_version_ids: list[int], *, limit: int = 20, after: str | None = None, order: Order = "desc"
    ) -> Page[AdapterEvaluation]:
        query = self._mine().where(one_of(AdapterEvaluationRow.adapter_version_id, adapter_version_ids))
        keys = (AdapterEvaluationRow.created_at, AdapterEvaluationRow.id)
        return paginate(
            self._session,
            query,
            keys=keys,
            to_record=self._record,
            limit=limit,
            after=after,
            order=order,
            scope=self._mine(),
        )

    def latest(
        self, adapter_version_id: int, against: str, base_fingerprint: str | None = None
    ) -> AdapterEvaluation | None:
        """The newest finished evaluation of a version against exactly `against`, of any base or of this one."""
        query = self._mine().where(
            AdapterEvaluationRow.adapter_version_id == adapter_version_id,
            AdapterEvaluationRow.against == against,
            AdapterEvaluationRow.status == JobStatus.SUCCEEDED,
        )
        if base_fingerprint is not None:
            query = query.where(AdapterEvaluationRow.base_fingerprint == base_fingerprint)
        row = self._session.scalar(query.order_by(AdapterEvaluationRow.finished_at.desc()).limit(1))
        return self._record(row) if row is not None else None

    def begin(self, evaluation_id: str, base_fingerprint: str) -> AdapterEvaluation:
        """Set the status to running, on the base that answers. What another base answered so far does not count."""
        row = self._row(evaluation_id)
        if row.base_fingerprint != base_fingerprint:
            self._delete_observations(row)
        row.status, row.base_fingerprint = JobStatus.RUNNING, base_fingerprint
        return self._record(row)

    def add_observation(
        self,
        evaluation_id: str,
        side: EvaluationSide,
        case_id: str,
        prompt_sha256: str,
        figures: dict[str, Any],
        progress: float,
    ) -> None:
        """Save how one side answered one case, so that an interrupted evaluation continues after it."""
        self._row(evaluation_id).progress = progress
        self._session.add(
            AdapterObservationRow(
                tenant_id=self._tenant_id,
                evaluation_id=evaluation_id,
                side=side,
                case_id=case_id,
                prompt_sha256=prompt_sha256,
                figures=figures,
            )
        )

    def observations(self, evaluation_id: str, side: EvaluationSide) -> dict[tuple[str, str], dict[str, Any]]:
        """Figures of the answers so far, by case and sha256 of its prompt."""
        query = select(AdapterObservationRow).where(
            AdapterObservationRow.evaluation_id == self._row(evaluation_id).id, AdapterObservationRow.side == side
        )
        return {(row.case_id, row.prompt_sha256): dict(row.figures) for row in self._session.scalars(query)}

    def finish(self, evaluation_id: str, verdict: GateVerdict, report: dict[str, Any]) -> AdapterEvaluation:
        row = self._row(evaluation_id)
        row.status, row.progress, row.finished_at = JobStatus.SUCCEEDED, 1.0, now()
        row.verdict, row.report = verdict, report
        row.error_code = row.error_message = None
        self._delete_observations(row)
        tell_finished(self._session, row)
        return self._record(row)

    def record_outcome(self, evaluation_id: str, status: JobStatus, code: str | None, message: str | None) -> None:
        """Record that its job failed, was cancelled or will be tried again. A finished evaluation does not change."""
        row = self._row(evaluation_id)
        if row.status != JobStatus.SUCCEEDED:
            ended_before = row.status in FINAL_JOB
            record_outcome(row, status, code, message)
            if row.status in FINAL_JOB and not ended_before:
                tell_finished(self._session, row)
        if status != JobStatus.QUEUED:
            self._delete_observations(row)

    def cancel(self, evaluation_id: str) -> AdapterEvaluation:
        """Cancel: a queued one at once, a running one before its next question. Raises Conflict if it has ended."""
        row = self._row(evaluation_id)
        if row.status not in UNFINISHED_JOB or row.job_id is None:
            raise Conflict(f"The evaluation has {row.status}: there is nothing to cancel.")
        self._audit(AuditAction.EVALUATION_CANCELLED, row)
        if Jobs(self._session, self._tenant_id).cancel(row.job_id).status == JobStatus.CANCELLED:
            self.record_outcome(evaluation_id, JobStatus.CANCELLED, "cancelled", "Cancelled on request.")
        return self._record(row)

    def _audit(self, action: AuditAction, row: AdapterEvaluationRow, **details: Any) -> None:
        record_audit(self._session, action, "evaluation", row.id, tenant_id=self._tenant_id, **details)

    def _delete_observations(self, row: AdapterEvaluationRow) -> None:
        """Delete the observations of an evaluation that has ended."""
        mine = AdapterObservationRow.evaluation_id == row.id
        self._session.execute(delete(AdapterObservationRow).where(mine))

    def _mine(self) -> Select[AdapterEvaluationRow]:
        return select(AdapterEvaluationRow).where(AdapterEvaluationRow.tenant_id == self._tenant_id)

    def _row(self, evaluation_id: str) -> AdapterEvaluationRow:
        row = self._session.scalar(self._mine().where(AdapterEvaluationRow.id == evaluation_id))
        if row is None:
            raise NotFound("No such evaluation.", param="evaluation")
        return row

    def _record(self, row: AdapterEvaluationRow) -> AdapterEvaluation:
        """The label of the adapter version is made from another table."""
        adapter = AdapterVersions(self._session, self._tenant_id).by_id(row.adapter_version_id)
        return record_from(row, AdapterEvaluation, adapter=adapter.label)
