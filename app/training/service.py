"""Asking for a training: checked against dataset, recipe and base before it is queued; resumed, deleted."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from app.adapters.base_spec import BaseSpec
from app.adapters.registry import check_name
from app.domain.training import Training
from app.errors import InvalidRequest
from app.storage.sql.repositories.trainings import newest_rate
from app.storage.sqlite.database import Database
from app.training.datasets.service import DatasetLibrary
from app.training.estimate import Estimate, LastRun, estimate
from app.training.hyperparameter_search import HyperparameterSearch, grid_recipes, parse_search
from app.training.recipe import Recipe, recipe_from

DEFAULT_EVALUATION_SHARE = 0.1


class TrainingRequests:
    """All tenants' trainings, as their tenants ask for them. `folder`: where runs keep their checkpoints."""

    def __init__(self, db: Database, library: DatasetLibrary, folder: Path, base: BaseSpec, *, max_rank: int) -> None:
        self._db = db
        self._base = base
        self._library = library
        self._max_rank = max_rank
        self.folder = folder

    def recipe(self, tenant_id: str, dataset_id: str, given: dict[str, Any]) -> Recipe:
        """The recipe; what is not given is the default for so many rows over this base. Raises InvalidRequest."""
        dataset = self._library.get(tenant_id, dataset_id)
        recipe = recipe_from(given, rows=dataset.report["rows"], width=self._base.width)
        self._check_rank(recipe, "hyperparameters.rank")
        self._library.check_trainable(dataset, recipe.max_tokens)
        return recipe

    def search(self, recipe: Recipe, given: dict[str, Any] | None) -> HyperparameterSearch | None:
        """The search around a recipe, each of its recipes checked. Raises InvalidRequest."""
        if given is None:
            return None
        search = parse_search(given, recipe)
        for one in grid_recipes(search, recipe):
            self._check_rank(one, "search.grid.rank" if "rank" in search.grid else "search.grid.init")
        return search

    def request(
        self,
        tenant_id: str,
        adapter: str,
        dataset_id: str,
        given: dict[str, Any],
        *,
        evaluation_share: float,
        search: dict[str, Any] | None = None,
    ) -> Training:
        """Queue a training, with a search before it if one is asked for. Raises NotFound (dataset), InvalidRequest."""
        check_name(adapter)
        recipe = self.recipe(tenant_id, dataset_id, given)
        found = self.search(recipe, search)
        asked = found.describe() if found else None
        with self._db.write_tenant(tenant_id) as store:
            dataset = store.datasets.get(dataset_id)
            return store.trainings.create(
                adapter, dataset, recipe.describe(), evaluation_share=evaluation_share, search=asked
            )

    def estimate(
        self,
        tenant_id: str,
        dataset_id: str,
        given: dict[str, Any],
        *,
        evaluation_share: float,
        search: dict[str, Any] | None = None,
    ) -> Estimate:
        """What that training would take. Raises as `request` does."""
        recipe = self.recipe(tenant_id, dataset_id, given)
        found = self.search(recipe, search)
        report = self._library.get(tenant_id, dataset_id).report
        with self._db.read() as session:
            last = newest_rate(session)
        return estimate(
            rows=report["rows"],
            tokens=report["tokens"],
            computed_tokens=report.get("computed_tokens", report["tokens"]),  # older reports do not say
            group_sizes=report.get("together", [[1, report["rows"]]]),
            recipe=recipe,
            evaluation_share=evaluation_share,
            layers=self._base.layers,
            last=LastRun(last[0], recipe_from(last[1])) if last else None,
            search=found,
        )

    def _check_rank(self, recipe: Recipe, param: str) -> None:
        if recipe.widest > self._max_rank:
            grown = " (PiSSA doubles it)" if recipe.init == "pissa" else ""
            grown = " (adalora's initial_rank)" if recipe.method == "adalora" else grown
            raise InvalidRequest(
                f"The rank would be up to {recipe.widest}{grown}; at most {self._max_rank} is served here.", param=param
            )

    def delete(self, tenant_id: str, training_id: str) -> None:
        """Its record and checkpoints; the adapter it made stays. Conflict while it may still run."""
        with self._db.write_tenant(tenant_id) as store:
            store.trainings.delete(training_id)
        shutil.rmtree(self.folder / training_id, ignore_errors=True)
