"""The rules about evaluations of adapters: an adapter against the version that it would replace."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from app.adapters.registry import AdapterRegistry
from app.domain.adapters import BASE_LABEL, BASE_LABELS, AdapterLabel
from app.domain.evaluations import AdapterEvaluation
from app.domain.pagination import Order, Page
from app.domain.quotas import Quota
from app.errors import InvalidRequest
from app.evaluations.case_file import CaseFile, to_stored
from app.evaluations.cases import Case
from app.evaluations.gate.report_page import adapter_page
from app.metering.quotas import NO_QUOTAS, TenantQuotas
from app.metering.upload_room import UploadNeeds
from app.storage.database import Database
from app.storage.sql.tenant_store import TenantStore

UPLOAD = UploadNeeds((Quota.QUEUED_EVALUATIONS,))
MOST_CASES = 2000
MOST_VERSIONS = 1000  # of one adapter, whose evaluations are listed
ON_PAGE = 100  # evaluations and deployments on the report page


class AdapterEvaluationService:
    """Creates, lists and cancels evaluations of all tenants' adapters. A background job runs them."""

    def __init__(self, db: Database, registry: AdapterRegistry, quotas: TenantQuotas = NO_QUOTAS) -> None:
        self._db = db
        self._quotas = quotas
        self._registry = registry

    def create(
        self, tenant_id: str, name: str, file: CaseFile, *, version: str | None = None, against: str | None = None
    ) -> AdapterEvaluation:
        """Queue an evaluation; `against` is "base", a label, or None for the version in force.

        Raises NotFound (adapter), InvalidRequest (cases), RateLimited (too many wait).
        """
        _check_scorable(file.cases(MOST_CASES))
        self._registry.provide_builtin(tenant_id)
        with self._db.write_tenant(tenant_id) as store, self._quotas.keep(store, Quota.QUEUED_EVALUATIONS):
            adapter = self._registry.find(store, name, version)
            self._registry.ref(adapter)
            replaced = self._replaced_label(store, against)
            if replaced == adapter.label:
                raise InvalidRequest("An adapter cannot be evaluated against itself.", param="against")
            return store.adapter_evaluations.create(name, adapter.version, replaced, to_stored(file))

    def _replaced_label(self, store: TenantStore, against: str | None) -> str:
        """The full label of what the adapter is evaluated against. Raises NotFound."""
        if against is None:
            in_force = self._registry.in_force(store)
            return in_force.label if in_force is not None else BASE_LABEL
        if against in BASE_LABELS:
            return BASE_LABEL
        label = AdapterLabel.parse(against)
        return self._registry.find(store, label.name, label.version).label

    def list(
        self,
        tenant_id: str,
        name: str,
        version: str | None = None,
        *,
        limit: int,
        after: str | None = None,
        order: Order = "desc",
    ) -> Page[AdapterEvaluation]:
        """Evaluations of one version, or of all versions of the name. Raises NotFound (adapter)."""
        with self._db.read_tenant(tenant_id) as store:
            newest = store.adapters.get(name, version)
            versions = [newest] if version else store.adapters.page(name, limit=MOST_VERSIONS).data
            ids = [adapter.id for adapter in versions]
            return store.adapter_evaluations.page(ids, limit=limit, after=after, order=order)

    def get(self, tenant_id: str, name: str, evaluation_id: str) -> AdapterEvaluation:
        """Raises NotFound (adapter or evaluation)."""
        with self._db.read_tenant(tenant_id) as store:
            store.adapters.get(name)
            return store.adapter_evaluations.get(evaluation_id)

    def cancel(self, tenant_id: str, name: str, evaluation_id: str) -> AdapterEvaluation:
        """A running evaluation ends at its next case. Raises NotFound, and Conflict if it has ended."""
        with self._db.write_tenant(tenant_id) as store:
            store.adapters.get(name)
            return store.adapter_evaluations.cancel(evaluation_id)

    def report_page(self, tenant_id: str, name: str, version: str | None = None) -> str:
        """The HTML page of a version: origin, evaluations, singular values, deployments. Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            adapter = store.adapters.get(name, version)
            evaluations = store.adapter_evaluations.page([adapter.id], limit=ON_PAGE).data
            deployments = store.deployments.history(ON_PAGE)
        return adapter_page(adapter, evaluations, deployments, partial(self._registry.folder, adapter))


def _check_scorable(cases: Sequence[Case]) -> None:
    """Raises InvalidRequest if an answerable case has no answers, so that it has no F1."""
    unscored = [case.id for case in cases if case.answerable and not case.answers]
    if unscored:
        raise InvalidRequest(f"Cases {', '.join(unscored[:10])} are answerable but have no answers.", param="cases")
