"""The rules about trainings: checked before they are queued, estimated, followed, resumed, deleted."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.adapters.base_spec import BaseSpec
from app.adapters.names import check_name
from app.domain.pagination import NamedSort, Order, Page
from app.domain.quotas import Quota
from app.domain.training import LossCurve, Training, TrainingLog
from app.errors import InvalidRequest
from app.metering.quotas import NO_QUOTAS, TenantQuotas
from app.storage.database import Database
from app.storage.sql.repositories.trainings import newest_rate
from app.training.datasets.service import DatasetService
from app.training.estimate import Estimate, LastRun, RowStatistics, estimate
from app.training.hyperparameter_search import HyperparameterSearch, grid_recipes, parse_search
from app.training.loss_curve_page import curve_page
from app.training.recipe import NO_GENERATION_PROMPT, Recipe, defaults_for, recipe_from

DEFAULT_EVALUATION_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class TrainingRequest:
    """`hyperparameters` and `search` hold the fields of the request only; the others get their defaults."""

    adapter: str  # the adapter's name
    dataset_id: str
    hyperparameters: dict[str, Any] = field(default_factory=dict)
    evaluation_share: float = DEFAULT_EVALUATION_SHARE
    search: dict[str, Any] | None = None
    client: dict[str, Any] = field(default_factory=dict)  # fields to give back as they are, kept with the training


@dataclass(frozen=True, slots=True)
class _Checked:
    """A request whose recipe and search fit its dataset. `report` describes the rows."""

    recipe: Recipe
    search: HyperparameterSearch | None
    report: dict[str, Any]


class TrainingService:
    """Trainings of all tenants. Runs keep their checkpoints in `folder`."""

    def __init__(
        self,
        db: Database,
        datasets: DatasetService,
        folder: Path,
        base: BaseSpec,
        *,
        max_rank: int,
        quotas: TenantQuotas = NO_QUOTAS,
    ) -> None:
        self._db = db
        self._quotas = quotas
        self._datasets = datasets
        self._folder = folder
        self._base = base
        self._max_rank = max_rank

    def create(self, tenant_id: str, request: TrainingRequest) -> Training:
        """Queue a training. Raises NotFound (dataset), InvalidRequest naming the field, RateLimited if too many wait.

        Raises QuotaExceeded if there is no room for its adapter; once it is queued, its adapter is stored.
        """
        check_name(request.adapter)
        checked = self._check(tenant_id, request)
        with self._db.write_tenant(tenant_id) as store, self._quotas.keep(store, Quota.QUEUED_TRAININGS):
            self._quotas.check(store, Quota.STORED_BYTES, Quota.ADAPTERS)
            return store.trainings.create(
                request.adapter,
                store.datasets.get(request.dataset_id),
                checked.recipe.describe(),
                evaluation_share=request.evaluation_share,
                search=checked.search.describe() if checked.search else None,
                client=request.client,
            )

    def estimate(self, tenant_id: str, request: TrainingRequest) -> Estimate:
        """Estimate the cost of a training. Raises NotFound (dataset), InvalidRequest naming the field."""
        checked = self._check(tenant_id, request)
        with self._db.read() as session:
            last = newest_rate(session)
        return estimate(
            RowStatistics.from_report(checked.report),
            checked.recipe,
            self._base.layers,
            evaluation_share=request.evaluation_share,
            last=LastRun(last[0], recipe_from(last[1])) if last else None,
            search=checked.search,
        )

    def list(
        self,
        tenant_id: str,
        *,
        q: str | None = None,
        sort: NamedSort = "created_at",
        limit: int,
        after: str | None = None,
        order: Order | None = None,
    ) -> Page[Training]:
        """`q`: words of the name."""
        with self._db.read_tenant(tenant_id) as store:
            return store.trainings.page(q=q, sort=sort, limit=limit, after=after, order=order)

    def get(self, tenant_id: str, training_id: str) -> Training:
        """Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            return store.trainings.get(training_id)

    def get_log(self, tenant_id: str, training_id: str, *, after: int = 0) -> TrainingLog:
        """Events after the event with the id `after`. Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            return TrainingLog(tuple(store.trainings.events(training_id, after=after)))

    def get_loss_curve(self, tenant_id: str, training_id: str, *, after_step: int = 0) -> LossCurve:
        """Figures of the steps after `after_step`. Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            return LossCurve(tuple(store.trainings.points(training_id, after=after_step)))

    def render_report(self, tenant_id: str, training_id: str) -> str:
        """The HTML page with loss curve, search and events. Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            training = store.trainings.get(training_id)
            points, events = store.trainings.points(training_id), store.trainings.events(training_id)
        return curve_page(training, points, events)

    def cancel(self, tenant_id: str, training_id: str) -> Training:
        """End a queued training at once, a running one after its step. Raises NotFound, Conflict if it has ended."""
        with self._db.write_tenant(tenant_id) as store:
            return store.trainings.cancel(training_id)

    def learning_rate(self, method: str | None = None) -> float:
        """The rate by which the method trains over this base if a request names none."""
        return defaults_for(None, self._base.width, method).learning_rate

    def pause(self, tenant_id: str, training_id: str) -> Training:
        """Stop as `cancel` does, to be resumed. Raises NotFound, Conflict if it has ended or is paused."""
        with self._db.write_tenant(tenant_id) as store:
            return store.trainings.pause(training_id)

    def resume(self, tenant_id: str, training_id: str) -> Training:
        """Queue a failed, cancelled or paused training again; it resumes from its newest checkpoint.

        Raises NotFound, Conflict for other states, RateLimited if too many wait.
        """
        with self._db.write_tenant(tenant_id) as store, self._quotas.keep(store, Quota.QUEUED_TRAININGS):
            return store.trainings.resume(training_id)

    def delete(self, tenant_id: str, training_id: str) -> None:
        """Delete the record and the checkpoints, not the trained adapter. Raises NotFound, Conflict while it runs."""
        with self._db.write_tenant(tenant_id) as store:
            store.trainings.delete(training_id)
        shutil.rmtree(self._folder / training_id, ignore_errors=True)

    def _check(self, tenant_id: str, request: TrainingRequest) -> _Checked:
        report = self._datasets.current_report(tenant_id, request.dataset_id)
        recipe = recipe_from(request.hyperparameters, rows=report["rows"], width=self._base.width)
        self._check_rank(recipe, "hyperparameters.rank")
        if recipe.activated and self._base.frame is not None and not self._base.frame.generation_prompt:
            raise InvalidRequest(NO_GENERATION_PROMPT, param="hyperparameters.activated")
        if report["longest_row_tokens"] > recipe.max_tokens:
            raise InvalidRequest(
                f"The longest row has {report['longest_row_tokens']} tokens with its prompt; max_tokens is "
                f"{recipe.max_tokens}. Raise it or shorten the row.",
                param="hyperparameters.max_tokens",
            )
        return _Checked(recipe, self._check_search(recipe, request.search), report)

    def _check_search(self, recipe: Recipe, fields: dict[str, Any] | None) -> HyperparameterSearch | None:
        if fields is None:
            return None
        search = parse_search(fields, recipe)
        for one in grid_recipes(search, recipe):
            self._check_rank(one, "search.grid.rank" if "rank" in search.grid else "search.grid.init")
        return search

    def _check_rank(self, recipe: Recipe, param: str) -> None:
        if recipe.max_saved_rank > self._max_rank:
            reason = " (PiSSA doubles it)" if recipe.init == "pissa" else ""
            reason = " (adalora's initial_rank)" if recipe.method == "adalora" else reason
            raise InvalidRequest(
                f"The rank would be up to {recipe.max_saved_rank}{reason}; at most {self._max_rank} is served here.",
                param=param,
            )
