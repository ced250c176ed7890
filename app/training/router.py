"""HTTP operations on training jobs."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, StreamingResponse

from app.domain.pagination import Page
from app.domain.training import LossCurve, Training, TrainingLog
from app.http.dependencies import After, KeyReader, KeyWriter, Limit, SortedByName, SortOrder, Words
from app.http.drain import Drain
from app.http.errors import responses
from app.http.idempotent_route import IdempotentRoute
from app.http.schemas import Deleted, Listing
from app.http.services import provide
from app.http.sse import event_stream, sse_event, sse_response
from app.training.estimate import Estimate
from app.training.schemas import (
    UPDATE_BODIES,
    CurveOut,
    EstimateOut,
    EventOut,
    EventsOut,
    PointOut,
    TrainingIn,
    TrainingOut,
)
from app.training.service import TrainingService
from app.training.updates import TrainingUpdate, TrainingUpdates
from app.web.templates import PAGE_HEADERS

router = APIRouter(prefix="/api/v1/training/jobs", tags=["training"], route_class=IdempotentRoute)
Trainings = Annotated[TrainingService, provide(TrainingService)]
LATEST_ID = 2**62
EVENTS = event_stream(log=EventOut, point=PointOut, progress=TrainingOut, done=TrainingOut)


@router.post(
    "", status_code=202, response_model=TrainingOut, summary="Train an adapter", responses=responses(400, 404, 413, 507)
)
def create_training(principal: KeyWriter, trainings: Trainings, body: TrainingIn) -> Training:
    """Queue a training. One runs at a time, below serving in priority; a new adapter version comes of it.

    The version is evaluated on the rows that were kept out, against what is in force; it answers only once it has
    passed and was activated. With `search` recipes of a grid are tried first, and the best one is trained to its end.
    """
    return trainings.create(principal.tenant_id, body.request())


@router.post("/estimate", response_model=EstimateOut, summary="Estimate a training", responses=responses(400, 404, 413))
def estimate_training(principal: KeyReader, trainings: Trainings, body: TrainingIn) -> Estimate:
    """What it would take: steps, tokens, time. Nothing is queued."""
    return trainings.estimate(principal.tenant_id, body.request())


@router.get("", response_model=Listing[TrainingOut], summary="List trainings", responses=responses())
def list_trainings(
    principal: KeyReader,
    trainings: Trainings,
    q: Words = None,
    sort: SortedByName = "created_at",
    limit: Limit = 20,
    after: After = None,
    order: SortOrder = None,
) -> Page[Training]:
    """Newest first."""
    return trainings.list(principal.tenant_id, q=q, sort=sort, limit=limit, after=after, order=order)


@router.get("/{training_id}", response_model=TrainingOut, summary="Get a training", responses=responses(404))
def get_training(principal: KeyReader, trainings: Trainings, training_id: str) -> Training:
    """Status, progress, time left, figures of the newest step; in the end what was made, or why not."""
    return trainings.get(principal.tenant_id, training_id)


@router.get("/{training_id}/metrics", response_model=CurveOut, summary="Get the loss curve", responses=responses(404))
def get_training_metrics(
    principal: KeyReader,
    trainings: Trainings,
    training_id: str,
    after_step: Annotated[int, Query(ge=0, le=2**31, description="Only what came behind this step.")] = 0,
) -> LossCurve:
    """Figures of each step: training loss, token accuracy, learning rate, tokens a second; validation loss."""
    return trainings.get_loss_curve(principal.tenant_id, training_id, after_step=after_step)


@router.get(
    "/{training_id}/report",
    response_class=HTMLResponse,
    summary="Report page of a training",
    responses=responses(404),
)
def report_training(principal: KeyReader, trainings: Trainings, training_id: str) -> HTMLResponse:
    """The loss curve, the trials of a search and what happened, on one page."""
    return HTMLResponse(trainings.render_report(principal.tenant_id, training_id), headers=PAGE_HEADERS)


@router.get("/{training_id}/log", response_model=EventsOut, summary="List what happened", responses=responses(404))
def get_training_log(
    principal: KeyReader,
    trainings: Trainings,
    training_id: str,
    after: Annotated[int, Query(ge=0, le=LATEST_ID, description="Only what came behind this event.")] = 0,
) -> TrainingLog:
    """Its events, the oldest first."""
    return trainings.get_log(principal.tenant_id, training_id, after=after)


@router.get(
    "/{training_id}/events",
    summary="Follow a training",
    response_class=StreamingResponse,
    responses={200: EVENTS, **responses(404)},
)
async def follow_training(
    principal: KeyReader,
    updates: Annotated[TrainingUpdates, provide(TrainingUpdates)],
    drain: Annotated[Drain, provide(Drain)],
    training_id: str,
) -> StreamingResponse:
    """Server-sent events: `log` and `point` as they come, `progress` with the job when it changed, then `done`."""
    return sse_response(_encode(await updates.follow(principal.tenant_id, training_id)), drain, follows=True)


@router.post(
    "/{training_id}/cancel", response_model=TrainingOut, summary="Cancel a training", responses=responses(404, 409)
)
def cancel_training(principal: KeyWriter, trainings: Trainings, training_id: str) -> Training:
    """A queued one ends at once, a running one after its step; its checkpoint stays, so that it can be resumed."""
    return trainings.cancel(principal.tenant_id, training_id)


@router.post(
    "/{training_id}/pause", response_model=TrainingOut, summary="Pause a training", responses=responses(404, 409)
)
def pause_training(principal: KeyWriter, trainings: Trainings, training_id: str) -> Training:
    """Stops as `cancel` does, and frees the place for the next training; `resume` goes on from its checkpoint."""
    return trainings.pause(principal.tenant_id, training_id)


@router.post(
    "/{training_id}/resume",
    status_code=202,
    response_model=TrainingOut,
    summary="Resume a training",
    responses=responses(404, 409, 507),
)
def resume_training(principal: KeyWriter, trainings: Trainings, training_id: str) -> Training:
    """Queue one that failed, was cancelled or is paused again: it goes on from its newest checkpoint."""
    return trainings.resume(principal.tenant_id, training_id)


@router.delete("/{training_id}", response_model=Deleted, summary="Delete a training", responses=responses(404, 409))
def delete_training(principal: KeyWriter, trainings: Trainings, training_id: str) -> Deleted:
    """Its record and checkpoints. The adapter that it made stays."""
    trainings.delete(principal.tenant_id, training_id)
    return Deleted(id=training_id, object="training.job")


async def _encode(updates: AsyncGenerator[TrainingUpdate, None]) -> AsyncGenerator[str, None]:
    async for update in updates:
        body = UPDATE_BODIES[type(update.record)].model_validate(update.record)
        yield sse_event(update.name, body.model_dump(mode="json"))
