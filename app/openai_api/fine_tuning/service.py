"""The rules about fine-tuning jobs: trainings, whose client keeps fields of its own with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.files import IdPage
from app.domain.pagination import Page
from app.domain.training import Training, TrainingEvent, TrainingStatus
from app.errors import InvalidRequest, NotFound
from app.openai_api.files.service import FileService
from app.openai_api.fine_tuning.request import JobRequest
from app.openai_api.models.service import BASE, DOCUMENTS, ModelService
from app.training.datasets.service import DatasetService
from app.training.service import TrainingRequest, TrainingService

DATASET_PREFIX = "ds_"
MOST_EVENTS = 100_000  # of one training that are paged
MOST_JOBS = 1000  # that a filter on metadata looks at, the newest ones


class FineTuningService:
    """Fine-tuning jobs of all tenants."""

    def __init__(
        self, trainings: TrainingService, datasets: DatasetService, files: FileService, models: ModelService
    ) -> None:
        self._trainings = trainings
        self._datasets = datasets
        self._files = files
        self._models = models

    def create(self, tenant_id: str, wanted: JobRequest, user: str | None = None) -> Training:
        """Queue a training over the rows of a file. Raises NotFound (model, file), InvalidRequest naming the field."""
        self._check_model(tenant_id, wanted.model)
        dataset_id = self._dataset_id(tenant_id, wanted.training_file, user)
        recipe = dict(wanted.recipe)
        if wanted.learning_rate_multiplier is not None and "learning_rate" not in recipe:
            usual = self._trainings.learning_rate(recipe.get("method"))
            recipe["learning_rate"] = usual * wanted.learning_rate_multiplier
        client = {
            "model": wanted.model,
            "training_file": wanted.training_file,
            "learning_rate_multiplier": wanted.learning_rate_multiplier or 1.0,
            "metadata": wanted.metadata,
        }
        adapter = wanted.adapter or self._datasets.get(tenant_id, dataset_id).name
        return self._trainings.create(tenant_id, TrainingRequest(adapter, dataset_id, recipe, client=client))

    def list(
        self, tenant_id: str, *, limit: int, after: str | None, metadata: Mapping[str, str] | None = None
    ) -> Page[Training]:
        """Newest first; with `metadata`, those of the newest 1,000 that have all of it. InvalidRequest: `after`."""
        if not metadata:
            return self._trainings.list(tenant_id, limit=limit, after=after)
        found: list[Training] = []
        for _ in range(MOST_JOBS // limit + 1):
            page = self._trainings.list(tenant_id, limit=limit, after=after)
            found += [one for one in page.data if metadata.items() <= one.client.get("metadata", {}).items()]
            after = page.next_cursor
            if after is None or len(found) > limit:
                break
        return Page(found[:limit], len(found) > limit)

    def get(self, tenant_id: str, job_id: str) -> Training:
        """Raises NotFound."""
        return self._trainings.get(tenant_id, job_id)

    def cancel(self, tenant_id: str, job_id: str) -> Training:
        """Raises NotFound, Conflict if it has ended."""
        return self._trainings.cancel(tenant_id, job_id)

    def pause(self, tenant_id: str, job_id: str) -> Training:
        """Raises NotFound, Conflict if it has ended or is paused."""
        return self._trainings.pause(tenant_id, job_id)

    def resume(self, tenant_id: str, job_id: str) -> Training:
        """Raises NotFound, Conflict unless it is paused, failed or was cancelled."""
        return self._trainings.resume(tenant_id, job_id)

    def events(self, tenant_id: str, job_id: str, *, limit: int, after: int | None) -> IdPage[TrainingEvent]:
        """What happened before the event `after`, newest first. Raises NotFound."""
        events = self._events(tenant_id, job_id)
        older = [event for event in reversed(events) if after is None or event.id < after]
        return IdPage(older[:limit], len(older) > limit)

    def checkpoints(self, tenant_id: str, job_id: str) -> Sequence[Training]:
        """The training, if it made an adapter: no checkpoint before that can answer. Raises NotFound."""
        training = self.get(tenant_id, job_id)
        return [training] if training.status == TrainingStatus.SUCCEEDED else []

    def _events(self, tenant_id: str, job_id: str) -> Sequence[TrainingEvent]:
        events: list[TrainingEvent] = []
        while len(events) < MOST_EVENTS:
            more = self._trainings.get_log(tenant_id, job_id, after=events[-1].id if events else 0).data
            if not more:
                break
            events += more
        return events

    def _check_model(self, tenant_id: str, model: str) -> None:
        if model in {BASE, DOCUMENTS}:
            return
        self._models.get(tenant_id, model)
        message = f"Adapters are trained over the base model, not over another adapter: send {BASE}."
        raise InvalidRequest(message, param="model", code="model_not_trained")

    def _dataset_id(self, tenant_id: str, file_id: str, user: str | None) -> str:
        try:
            if file_id.startswith(DATASET_PREFIX):
                return self._datasets.get(tenant_id, file_id).id
            file = self._files.get(tenant_id, file_id, user)
        except NotFound:
            raise NotFound("No such file.", param="training_file") from None
        if file.dataset_id is None:
            message = f"{file_id} is to be searched, not to train on: upload it with the purpose `fine-tune`."
            raise InvalidRequest(message, param="training_file")
        return file.dataset_id
