"""The rules about evaluations of answers: a tenant's own questions, asked of its documents."""

from __future__ import annotations

from typing import cast

from app.adapters.deployments.service import DeploymentService
from app.chat.conversations.service import ConversationService
from app.domain.adapters import BASE_LABEL, AdapterLabel
from app.domain.evaluations import Evaluation, EvaluationComparison, EvaluationResult
from app.domain.pagination import NamedSort, Order, Page
from app.domain.quotas import Quota
from app.errors import Conflict, InvalidRequest
from app.evaluations.case_file import CaseFile
from app.evaluations.compare import changed_verdicts, compare
from app.evaluations.records import RunScores, stored_results
from app.evaluations.report import render
from app.metering.quotas import NO_QUOTAS, TenantQuotas
from app.metering.upload_room import UploadNeeds
from app.storage.database import Database

UPLOAD = UploadNeeds((Quota.QUEUED_EVALUATIONS,))
MOST_CASES = 1000
FEEDBACK_NAME = "feedback.jsonl"


class EvaluationService:
    """Creates, lists, compares and deletes evaluations of all tenants. A background job runs them."""

    def __init__(
        self,
        db: Database,
        conversations: ConversationService,
        deployments: DeploymentService,
        quotas: TenantQuotas = NO_QUOTAS,
    ) -> None:
        self._db = db
        self._quotas = quotas
        self._conversations = conversations
        self._deployments = deployments

    def create(self, tenant_id: str, file: CaseFile, adapter: str | None) -> Evaluation:
        """Queue an evaluation. `adapter` is "base", a label, or None for the version in force.

        Raises CasesInvalid with lines, InvalidRequest (too many cases), NotFound (adapter), RateLimited (too many
        wait).
        """
        file.questions(MOST_CASES)
        answering = self._deployments.resolve(tenant_id, adapter)
        label = None if answering is None else str(AdapterLabel(answering.name, answering.version))
        with self._db.write_tenant(tenant_id) as store, self._quotas.keep(store, Quota.QUEUED_EVALUATIONS):
            return store.evaluations.create(file.name, file.text, label)

    def create_from_feedback(self, tenant_id: str, adapter: str | None) -> Evaluation:
        """Queue an evaluation with the corrections of the tenant's users as cases. Raises as `create` does."""
        text = self._conversations.feedback_cases(tenant_id)
        if not text:
            raise InvalidRequest("No feedback says what is right yet: give corrected answers first.", param="source")
        return self.create(tenant_id, CaseFile(FEEDBACK_NAME, text), adapter)

    def list(
        self,
        tenant_id: str,
        *,
        q: str | None = None,
        sort: NamedSort = "created_at",
        limit: int,
        after: str | None = None,
        order: Order | None = None,
    ) -> Page[Evaluation]:
        """`q`: words of the name."""
        with self._db.read_tenant(tenant_id) as store:
            return store.evaluations.page(q=q, sort=sort, limit=limit, after=after, order=order)

    def get(self, tenant_id: str, evaluation_id: str) -> Evaluation:
        """Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            return store.evaluations.get(evaluation_id)

    def results(
        self,
        tenant_id: str,
        evaluation_id: str,
        *,
        kind: str | None = None,
        wrong: bool = False,
        limit: int,
        after: str | None = None,
        order: Order = "asc",
    ) -> Page[EvaluationResult]:
        """The results so far, in the order of the answers: of one kind, only wrong ones, or all. Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            return store.evaluations.results(
                evaluation_id, kind=kind, wrong=wrong, limit=limit, after=after, order=order
            )

    def report_page(self, tenant_id: str, evaluation_id: str) -> str:
        """The report as HTML. Raises NotFound, and Conflict while there are no scores."""
        evaluation = self.get(tenant_id, evaluation_id)
        if not evaluation.scores:
            raise Conflict("The evaluation has no report yet: wait until its status is succeeded.")
        with self._db.read_tenant(tenant_id) as store:
            results = stored_results(store.evaluations.rows(evaluation_id))
        about = {"questions": evaluation.name, "adapter": evaluation.adapter or BASE_LABEL}
        name = evaluation.name
        return render({name: cast("RunScores", evaluation.scores)}, {}, about, {name: results})

    def compare(self, tenant_id: str, first: str, second: str) -> EvaluationComparison:
        """Paired differences, second minus first, over the cases that both answered. Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            before, after = store.evaluations.rows(first), store.evaluations.rows(second)
        old, new = stored_results(before), stored_results(after)
        return EvaluationComparison(first, second, {**compare(old, new)}, changed_verdicts(old, new))

    def delete(self, tenant_id: str, evaluation_id: str) -> None:
        """Delete an evaluation with its results; a running one ends. Raises NotFound."""
        with self._db.write_tenant(tenant_id) as store:
            store.evaluations.delete(evaluation_id)
