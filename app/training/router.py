"""Training jobs: queued, followed, cancelled, resumed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import asdict
from typing import Annotated, Any

from anyio.to_thread import run_sync
from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, StreamingResponse

from app.bootstrap.runtime import Runtime
from app.domain.training import FINAL_TRAINING
from app.http.dependencies import After, Limit, Ordered, Reader, RuntimeDep, Writer
from app.http.errors import responses
from app.http.schemas import Deleted, Listing, listing
from app.http.sse import SSE_RESPONSE, sse_event, sse_response
from app.training.loss_curve_page import curve_page
from app.training.schemas import (
    CurveOut,
    EstimateOut,
    EventsOut,
    TrainingIn,
    TrainingOut,
    event_dict,
    point_dict,
    training_dict,
)
from app.web.templates import PAGE_HEADERS

router = APIRouter(prefix="/api/v1/training/jobs", tags=["training"])
POLL_S = 0.5
LATEST_ID = 2**62


@router.post(
    "", status_code=202, response_model=TrainingOut, summary="Train an adapter", responses=responses(400, 404, 413, 507)
)
def create_training(principal: Writer, runtime: RuntimeDep, body: TrainingIn) -> dict[str, Any]:
    """Queue a training. One runs at a time, below serving in priority; a new adapter version comes of it.

    The version is evaluated on the rows that were kept out, against what is in force; it answers only once it has
    passed and was activated. With `search` recipes of a grid are tried first, and the best one is trained to its end.
    """
    training = runtime.trainings.request(
        principal.tenant_id,
        body.adapter,
        body.dataset,
        body.recipe(),
        evaluation_share=body.evaluation_share,
        search=body.searched(),
    )
    return training_dict(training)


@router.post("/estimate", response_model=EstimateOut, summary="Estimate a training", responses=responses(400, 404, 413))
def estimate_training(principal: Reader, runtime: RuntimeDep, body: TrainingIn) -> dict[str, Any]:
    """What it would take: steps, tokens, time. Nothing is queued."""
    made = runtime.trainings.estimate(
        principal.tenant_id,
        body.dataset,
        body.recipe(),
        evaluation_share=body.evaluation_share,
        search=body.searched(),
    )
    return {"object": "training.estimate", **asdict(made)}


@router.get("", response_model=Listing[TrainingOut], summary="List trainings", responses=responses())
def list_trainings(
    principal: Reader, runtime: RuntimeDep, limit: Limit = 20, after: After = None, order: Ordered = "desc"
) -> dict[str, Any]:
    """Newest first."""
    with runtime.storage.db.read_tenant(principal.tenant_id) as store:
        page = store.trainings.page(limit=limit, after=after, order=order)
    data = [training_dict(training) for training in page.data]
    return listing(data, [training["id"] for training in data], page)


@router.get("/{training_id}", response_model=TrainingOut, summary="Get a training", responses=responses(404))
def get_training(principal: Reader, runtime: RuntimeDep, training_id: str) -> dict[str, Any]:
    """Status, progress, time left, figures of the newest step; in the end what was made, or why not."""
    with runtime.storage.db.read_tenant(principal.tenant_id) as store:
        return training_dict(store.trainings.get(training_id))


@router.get("/{training_id}/metrics", response_model=CurveOut, summary="Get the loss curve", responses=responses(404))
def get_training_metrics(
    principal: Reader,
    runtime: RuntimeDep,
    training_id: str,
    after_step: Annotated[int, Query(ge=0, le=2**31, description="Only what came behind this step.")] = 0,
) -> dict[str, Any]:
    """Figures of each step: training loss, token accuracy, learning rate, tokens a second; validation loss."""
    with runtime.storage.db.read_tenant(principal.tenant_id) as store:
        points = store.trainings.points(training_id, after=after_step)
    return {"object": "training.curve", "data": [point_dict(point) for point in points]}


@router.get(
    "/{training_id}/report",
    response_model=None,
    summary="Report page of a training",
    responses={200: {"content": {"text/html": {}}}, **responses(404)},
)
def report_training(principal: Reader, runtime: RuntimeDep, training_id: str) -> HTMLResponse:
    """The loss curve, the trials of a search and what happened, on one page."""
    with runtime.storage.db.read_tenant(principal.tenant_id) as store:
        training = store.trainings.get(training_id)
        points, events = store.trainings.points(training_id), store.trainings.events(training_id)
    return HTMLResponse(curve_page(training, points, events), headers=PAGE_HEADERS)


@router.get("/{training_id}/log", response_model=EventsOut, summary="List what happened", responses=responses(404))
def get_training_log(
    principal: Reader,
    runtime: RuntimeDep,
    training_id: str,
    after: Annotated[int, Query(ge=0, le=LATEST_ID, description="Only what came behind this event.")] = 0,
) -> dict[str, Any]:
    """Its events, the oldest first."""
    with runtime.storage.db.read_tenant(principal.tenant_id) as store:
        events = store.trainings.events(training_id, after=after)
    return {"object": "list", "data": [event_dict(event) for event in events]}


@router.get(
    "/{training_id}/events",
    summary="Follow a training",
    response_class=StreamingResponse,
    responses={200: SSE_RESPONSE, **responses(404)},
)
async def follow_training(
    principal: Reader, runtime: RuntimeDep, request: Request, training_id: str
) -> StreamingResponse:
    """Server-sent events: `log` and `point` as they come, `progress` with the job when it changed, then `done`."""
    await run_sync(_look, runtime, principal.tenant_id, training_id, 0, 0)
    return sse_response(_follow(runtime, principal.tenant_id, training_id), request.app.state.draining)


@router.post(
    "/{training_id}/cancel", response_model=TrainingOut, summary="Cancel a training", responses=responses(404, 409)
)
def cancel_training(principal: Writer, runtime: RuntimeDep, training_id: str) -> dict[str, Any]:
    """A queued one ends at once, a running one after its step; its checkpoint stays, so that it can be resumed."""
    with runtime.storage.db.write_tenant(principal.tenant_id) as store:
        return training_dict(store.trainings.cancel(training_id))


@router.post(
    "/{training_id}/resume",
    status_code=202,
    response_model=TrainingOut,
    summary="Resume a training",
    responses=responses(404, 409, 507),
)
def resume_training(principal: Writer, runtime: RuntimeDep, training_id: str) -> dict[str, Any]:
    """Queue one that failed or was cancelled again: it goes on from its newest checkpoint."""
    with runtime.storage.db.write_tenant(principal.tenant_id) as store:
        return training_dict(store.trainings.resume(training_id))


@router.delete("/{training_id}", response_model=Deleted, summary="Delete a training", responses=responses(404, 409))
def delete_training(principal: Writer, runtime: RuntimeDep, training_id: str) -> Deleted:
    """Its record and checkpoints. The adapter that it made stays."""
    runtime.trainings.delete(principal.tenant_id, training_id)
    return Deleted(id=training_id, object="training.job")


Look = tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]]


def _look(runtime: Runtime, tenant_id: str, training_id: str, after_event: int, after_step: int) -> Look:
    """(the job, new events, new points)."""
    with runtime.storage.db.read_tenant(tenant_id) as store:
        job = training_dict(store.trainings.get(training_id))
        events = [event_dict(event) for event in store.trainings.events(training_id, after=after_event)]
        points = [point_dict(point) for point in store.trainings.points(training_id, after=after_step)]
    return job, events, points


async def _follow(runtime: Runtime, tenant_id: str, training_id: str) -> AsyncGenerator[str, None]:
    event_id, step, last = 0, 0, None
    while True:
        job, events, points = await run_sync(_look, runtime, tenant_id, training_id, event_id, step)
        for event in events:
            event_id = event["id"]
            yield sse_event("log", event)
        for point in points:
            step = point["step"]
            yield sse_event("point", point)
        if job["status"] in FINAL_TRAINING:
            yield sse_event("done", job)
            return
        if job != last:
            yield sse_event("progress", job)
        last = job
        await asyncio.sleep(POLL_S)
