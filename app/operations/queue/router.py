"""HTTP operations on background jobs and their queue, for the operator, whose key has the scope `admin`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from app.domain.jobs import Job, JobKind, JobStatus
from app.domain.pagination import Page
from app.http.dependencies import Admin, After, Limit, Ordered
from app.http.errors import responses
from app.http.idempotent_route import IdempotentRoute
from app.http.schemas import Listing
from app.http.services import provide
from app.operations.queue.schemas import JobOut, QueueOut
from app.operations.queue.service import QueueService, QueueState

router = APIRouter(prefix="/api/v1", tags=["operations"], route_class=IdempotentRoute)
Queue = Annotated[QueueService, provide(QueueService)]


@router.get("/jobs", response_model=Listing[JobOut], summary="List jobs", responses=responses())
def list_jobs(
    _principal: Admin,
    queue: Queue,
    tenant_id: Annotated[str | None, Query(max_length=64, description="Only of this tenant.")] = None,
    kind: Annotated[JobKind | None, Query(description="Only of this kind.")] = None,
    status: Annotated[JobStatus | None, Query(description="Only with this status.")] = None,
    limit: Limit = 20,
    after: After = None,
    order: Ordered = "desc",
) -> Page[Job]:
    """Background jobs of all tenants, newest first."""
    return queue.list(tenant_id=tenant_id, kind=kind, status=status, limit=limit, after=after, order=order)


@router.post("/jobs/{job_id}/cancel", response_model=JobOut, summary="Cancel a job", responses=responses(404, 409))
def cancel_job(_principal: Admin, queue: Queue, job_id: str) -> Job:
    """A queued one ends at once, a running one as soon as it can."""
    return queue.cancel(job_id)


@router.post("/jobs/{job_id}/retry", response_model=JobOut, summary="Retry a job", responses=responses(404, 409))
def retry_job(_principal: Admin, queue: Queue, job_id: str) -> Job:
    """Queues one that failed or was cancelled once more. A training goes on from its checkpoint, in a new job."""
    return queue.retry(job_id)


@router.get("/queue", response_model=QueueOut, summary="Get the queue", responses=responses())
def get_queue(_principal: Admin, queue: Queue) -> QueueState:
    """How many jobs wait, run and failed, and whether further ones start."""
    return queue.state()


@router.post("/queue/pause", response_model=QueueOut, summary="Pause the queue", responses=responses())
def pause_queue(_principal: Admin, queue: Queue) -> QueueState:
    """No further job starts, of any tenant; running ones go on. What is uploaded waits."""
    queue.pause()
    return queue.state()


@router.post("/queue/resume", response_model=QueueOut, summary="Resume the queue", responses=responses())
def resume_queue(_principal: Admin, queue: Queue) -> QueueState:
    """Jobs start again."""
    queue.resume()
    return queue.state()
