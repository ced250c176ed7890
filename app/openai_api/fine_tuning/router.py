"""HTTP operations on fine-tuning jobs, as OpenAI's clients call them."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from app.http.dependencies import CURSOR_PATTERN, KeyReader, KeyWriter
from app.http.errors import responses
from app.http.idempotent_route import IdempotentRoute
from app.http.services import provide
from app.openai_api.fine_tuning.jobs import checkpoint_out, event_number, event_out, job_out
from app.openai_api.fine_tuning.request import read_job
from app.openai_api.fine_tuning.schemas import CheckpointOut, FineTuningJobIn, FineTuningJobOut, JobEventOut
from app.openai_api.fine_tuning.service import FineTuningService
from app.openai_api.lists import ItemList

router = APIRouter(prefix="/v1/fine_tuning/jobs", tags=["openai"], route_class=IdempotentRoute)
Jobs = Annotated[FineTuningService, provide(FineTuningService)]
JobLimit = Annotated[int, Query(ge=1, le=100, description="How many at most.")]
Before = Annotated[
    str | None, Query(max_length=400, pattern=CURSOR_PATTERN, description="Id of the last item of the page before.")
]
METADATA = re.compile(r"metadata\[(.{1,64})\]")


def metadata_filter(request: Request) -> dict[str, str]:
    """Entries that the metadata must have, sent as `metadata[key]=value`."""
    found = ((METADATA.fullmatch(name), value) for name, value in request.query_params.items())
    return {match[1]: value for match, value in found if match is not None}


@router.post("", response_model=FineTuningJobOut, summary="Fine-tune a model", responses=responses(400, 404, 413, 507))
def create_fine_tuning_job(principal: KeyWriter, jobs: Jobs, body: FineTuningJobIn) -> FineTuningJobOut:
    """Queues a training of an adapter: `POST /api/v1/training/jobs` in OpenAI's form.

    The adapter is evaluated on rows that were kept out, and answers for everybody once it has passed and is activated;
    `fine_tuned_model` names it at once.
    """
    return job_out(jobs.create(principal.tenant_id, read_job(body), principal.user))


@router.get("", response_model=ItemList[FineTuningJobOut], summary="List fine-tuning jobs", responses=responses())
def list_fine_tuning_jobs(
    principal: KeyReader,
    jobs: Jobs,
    metadata: Annotated[dict[str, str], Depends(metadata_filter)],
    limit: JobLimit = 20,
    after: Before = None,
) -> ItemList[FineTuningJobOut]:
    """All trainings of the tenant, newest first; `metadata[key]=value` looks at the newest 1,000."""
    page = jobs.list(principal.tenant_id, limit=limit, after=after, metadata=metadata)
    return ItemList(data=[job_out(one) for one in page.data], has_more=page.has_more)


@router.get("/{job_id}", response_model=FineTuningJobOut, summary="Get a fine-tuning job", responses=responses(404))
def get_fine_tuning_job(principal: KeyReader, jobs: Jobs, job_id: str) -> FineTuningJobOut:
    """Status, and in the end the model or the error."""
    return job_out(jobs.get(principal.tenant_id, job_id))


@router.get(
    "/{job_id}/events",
    response_model=ItemList[JobEventOut],
    summary="List the events of a fine-tuning job",
    responses=responses(404),
)
def list_fine_tuning_events(
    principal: KeyReader, jobs: Jobs, job_id: str, limit: JobLimit = 20, after: Before = None
) -> ItemList[JobEventOut]:
    """What happened, newest first."""
    page = jobs.events(principal.tenant_id, job_id, limit=limit, after=event_number(after))
    return ItemList(data=[event_out(one) for one in page.data], has_more=page.has_more)


@router.get(
    "/{job_id}/checkpoints",
    response_model=ItemList[CheckpointOut],
    summary="List the checkpoints of a fine-tuning job",
    responses=responses(404),
)
def list_fine_tuning_checkpoints(
    principal: KeyReader, jobs: Jobs, job_id: str, limit: JobLimit = 10, after: Before = None
) -> ItemList[CheckpointOut]:
    """The adapter that it made, once it has succeeded: checkpoints before it are for going on, not for answering."""
    found = [] if after else [checkpoint_out(one) for one in jobs.checkpoints(principal.tenant_id, job_id)]
    return ItemList(data=found[:limit], has_more=False)


@router.post(
    "/{job_id}/cancel",
    response_model=FineTuningJobOut,
    summary="Cancel a fine-tuning job",
    responses=responses(404, 409),
)
def cancel_fine_tuning_job(principal: KeyWriter, jobs: Jobs, job_id: str) -> FineTuningJobOut:
    """A queued or paused one ends at once, a running one after its step."""
    return job_out(jobs.cancel(principal.tenant_id, job_id))


@router.post(
    "/{job_id}/pause",
    response_model=FineTuningJobOut,
    summary="Pause a fine-tuning job",
    responses=responses(404, 409),
)
def pause_fine_tuning_job(principal: KeyWriter, jobs: Jobs, job_id: str) -> FineTuningJobOut:
    """A queued one is paused at once, a running one after its step."""
    return job_out(jobs.pause(principal.tenant_id, job_id))


@router.post(
    "/{job_id}/resume",
    response_model=FineTuningJobOut,
    summary="Resume a fine-tuning job",
    responses=responses(404, 409, 507),
)
def resume_fine_tuning_job(principal: KeyWriter, jobs: Jobs, job_id: str) -> FineTuningJobOut:
    """Queues a paused one again: it goes on from its newest checkpoint. So do those that failed or were cancelled."""
    return job_out(jobs.resume(principal.tenant_id, job_id))
