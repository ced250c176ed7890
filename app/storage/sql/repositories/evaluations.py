"""Evaluations of a tenant's own questions: the cases, the result of each, the scores."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, delete, or_, select
from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.evaluations import Evaluation, EvaluationResult
from app.domain.jobs import FINAL_JOB, JobKind, JobStatus
from app.domain.pagination import NamedSort, Order, Page, order_of
from app.domain.webhooks import WebhookEvent
from app.errors import NotFound
from app.storage.sql.audit_writer import record_audit
from app.storage.sql.pagination import Sorts, by_name, named, number_after, paginate
from app.storage.sql.records import record_from, record_mapper
from app.storage.sql.repositories.jobs import Jobs, record_outcome
from app.storage.sql.repositories.webhook_outbox import emit
from app.storage.sql.tables import AdapterEvaluationRow, ConversationRow, EvaluationResultRow, EvaluationRow, now

JOB_KIND = JobKind.EVALUATE
FIGURES = EvaluationResultRow.figures
VERDICTS = ("useful", "right_refusal", "right_citation", "contains", "found", "kept")  # 1: right, 0: wrong
SORTS: Sorts = {"created_at": EvaluationRow.created_at, "name": by_name(EvaluationRow.name)}


class Evaluations:
    """Creates, reads and deletes the evaluations of one tenant."""

    def __init__(self, session: Session, tenant_id: str) -> None:
        self._session = session
        self._tenant_id = tenant_id

    def create(self, name: str, cases: str, adapter: str | None) -> Evaluation:
        """Queue an evaluation. `name` decides the format of `cases`; `adapter` is a label, None the base model."""
        row = EvaluationRow(tenant_id=self._tenant_id, name=name, cases=cases, adapter=adapter)
        self._session.add(row)
        self._session.flush()
        self._audit(AuditAction.EVALUATION_STARTED, row)
        row.job_id = Jobs(self._session, self._tenant_id).create(JOB_KIND, {"evaluation_id": row.id}).id
        return record_from(row, Evaluation)

    def get(self, evaluation_id: str) -> Evaluation:
        return record_from(self._row(evaluation_id), Evaluation)

    def cases(self, evaluation_id: str) -> str:
        return self._row(evaluation_id).cases

    def page(
        self,
        *,
        q: str | None = None,
        sort: NamedSort = "created_at",
        limit: int = 20,
        after: str | None = None,
        order: Order | None = None,
    ) -> Page[Evaluation]:
        """`q`: words of the name."""
        return paginate(
            self._session,
            named(self._mine(), q, EvaluationRow.name),
            keys=(SORTS[sort], EvaluationRow.id),
            to_record=record_mapper(Evaluation),
            limit=limit,
            after=after,
            order=order_of(sort, order),
            scope=self._mine(),
        )

    def delete(self, evaluation_id: str) -> None:
        """Delete an evaluation, its results and its conversations. A running one ends before its next question."""
        row = self._row(evaluation_id)
        self._audit(AuditAction.EVALUATION_DELETED, row)
        asked = ConversationRow.tenant_id == self._tenant_id, ConversationRow.evaluation_id == row.id
        self._session.execute(delete(ConversationRow).where(*asked))
        self._session.execute(delete(EvaluationRow).where(EvaluationRow.id == row.id))

    def _audit(self, action: AuditAction, row: EvaluationRow) -> None:
        record_audit(self._session, action, "evaluation", row.id, tenant_id=self._tenant_id, name=row.name)

    def add_result(self, evaluation_id: str, part: str, case_id: str, figures: dict[str, Any], progress: float) -> None:
        """Save the result of one case, so that an interrupted run continues after it."""
        row = self._row(evaluation_id)
        row.status, row.progress = JobStatus.RUNNING, progress
        self._session.add(
            EvaluationResultRow(
                tenant_id=self._tenant_id, evaluation_id=evaluation_id, part=part, case_id=case_id, figures=figures
            )
        )

    def results(
        self,
        evaluation_id: str,
        *,
        kind: str | None = None,
        wrong: bool = False,
        limit: int = 20,
        after: str | None = None,
        order: Order = "asc",
    ) -> Page[EvaluationResult]:
        """Results in the order in which they were saved; `kind` and `wrong` narrow them."""
        mine = select(EvaluationResultRow).where(EvaluationResultRow.evaluation_id == self._row(evaluation_id).id)
        wanted = mine if kind is None else mine.where(FIGURES["kind"].as_string() == kind)
        return paginate(
            self._session,
            wanted.where(_is_wrong()) if wrong else wanted,
            keys=(EvaluationResultRow.id,),
            to_record=lambda row: record_from(row, EvaluationResult, id=f"evr_{row.id}"),
            limit=limit,
            after=after,
            order=order,
            row_id=number_after("evr_"),
            scope=mine,
        )

    def rows(self, evaluation_id: str) -> dict[str, list[dict[str, Any]]]:
        """The figures of all results by part, in order."""
        query = select(EvaluationResultRow).where(EvaluationResultRow.evaluation_id == self._row(evaluation_id).id)
        found: dict[str, list[dict[str, Any]]] = {}
        for row in self._session.scalars(query.order_by(EvaluationResultRow.id)):
            found.setdefault(row.part, []).append(dict(row.figures))
        return found

    def finish(self, evaluation_id: str, scores: dict[str, Any]) -> Evaluation:
        row = self._row(evaluation_id)
        row.status, row.progress, row.scores, row.finished_at = JobStatus.SUCCEEDED, 1.0, scores, now()
        row.error_code = row.error_message = None
        tell_finished(self._session, row)
        return record_from(row, Evaluation)

    def record_outcome(self, evaluation_id: str, status: JobStatus, code: str | None, message: str | None) -> None:
        """Record that its job failed, was cancelled or will be tried again. A finished evaluation does not change."""
        row = self._row(evaluation_id)
        if row.status != JobStatus.SUCCEEDED:
            ended_before = row.status in FINAL_JOB
            record_outcome(row, status, code, message)
            if row.status in FINAL_JOB and not ended_before:
                tell_finished(self._session, row)

    def _mine(self) -> Select[EvaluationRow]:
        return select(EvaluationRow).where(EvaluationRow.tenant_id == self._tenant_id)

    def _row(self, evaluation_id: str) -> EvaluationRow:
        row = self._session.scalar(self._mine().where(EvaluationRow.id == evaluation_id))
        if row is None:
            raise NotFound("No such evaluation.", param="evaluation_id")
        return row


def _is_wrong() -> ColumnElement[bool]:
    """An error, a verdict that is 0, or a refusal where an answer is right or the other way about."""
    verdicts = (FIGURES[name].as_float() == 0 for name in VERDICTS)
    decision = FIGURES["refused"].as_boolean() == FIGURES["answerable"].as_boolean()
    return or_(FIGURES["error"]["code"].as_string().is_not(None), decision, *verdicts)


def tell_finished(session: Session, row: EvaluationRow | AdapterEvaluationRow) -> None:
    """Queue the event for the tenant's webhooks."""
    of_adapter = isinstance(row, AdapterEvaluationRow)
    data = {
        "object": "adapter_evaluation" if of_adapter else "evaluation",
        "id": row.id,
        "status": row.status,
        "error": {"code": row.error_code, "message": row.error_message} if row.error_code else None,
    }
    emit(session, row.tenant_id, WebhookEvent.EVALUATION_FINISHED, data)
