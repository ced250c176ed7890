"""The operator's view of background jobs over HTTP: listed, cancelled, tried again, held back."""

from __future__ import annotations

from typing import Any

from app.domain.jobs import JobKind, JobStatus
from tests.support.service import Service

HOUSE = b"The house has nine rooms."


async def paused_upload(service: Service, name: str = "house.txt") -> dict[str, Any]:
    """The job of a document that waits, because the queue is paused."""
    assert (await service.operator.post("/api/v1/queue/pause")).json()["paused"]
    made = (await service.upload(service.acme, name, HOUSE)).json()
    jobs = await listed(service, status="queued")
    return next(one for one in jobs if one["subject"] == made["id"])


async def listed(service: Service, **query: str) -> list[dict[str, Any]]:
    response = await service.operator.get("/api/v1/jobs", params=query)
    assert response.status_code == 200, response.text
    return list(response.json()["data"])


async def test_jobs_are_listed_by_tenant_kind_and_status(service: Service) -> None:
    document = await service.take_in(service.acme, "house.txt", HOUSE)
    await service.take_in(service.other, "other.txt", HOUSE)
    jobs = await listed(service, tenant_id=service.acme_id, kind="ingest", status="succeeded")
    assert [(one["subject"], one["tenant_id"], one["error"]) for one in jobs] == [
        (document["id"], service.acme_id, None)
    ]
    assert await listed(service, status="failed") == []
    assert len(await listed(service, kind="ingest")) == 2
    assert (await service.acme.get("/api/v1/jobs")).status_code == 403
    assert (await service.acme.post("/api/v1/queue/pause")).status_code == 403


async def test_queued_job_is_cancelled_with_its_document_and_tried_again(service: Service) -> None:
    job = await paused_upload(service)
    assert (await service.operator.get("/api/v1/queue")).json()["counts"]["queued"] == 1
    cancelled = (await service.operator.post(f"/api/v1/jobs/{job['id']}/cancel")).json()
    assert cancelled["status"] == "cancelled"
    document = (await service.acme.get(f"/api/v1/documents/{job['subject']}")).json()
    assert (document["status"], document["error"]["message"]) == ("cancelled", "Cancelled by the operator.")
    assert (await service.operator.post(f"/api/v1/jobs/{job['id']}/cancel")).status_code == 409
    again = (await service.operator.post(f"/api/v1/jobs/{job['id']}/retry")).json()
    assert (again["id"], again["status"], again["attempts"]) == (job["id"], "queued", 0)
    assert not again["cancel_requested"]
    assert not (await service.operator.post("/api/v1/queue/resume")).json()["paused"]
    document = await service.ready(service.acme, job["subject"])
    assert (document["status"], document["error"]) == ("ready", None)
    assert (await service.operator.post(f"/api/v1/jobs/{job['id']}/retry")).status_code == 409  # it has succeeded
    assert (await service.operator.post("/api/v1/jobs/job_unknown/retry")).status_code == 404


async def test_job_of_what_is_gone_is_not_tried_again(service: Service) -> None:
    job = await paused_upload(service)
    await service.operator.post(f"/api/v1/jobs/{job['id']}/cancel")
    await service.acme.delete(f"/api/v1/documents/{job['subject']}")
    refused = await service.operator.post(f"/api/v1/jobs/{job['id']}/retry")
    assert (refused.status_code, refused.json()["error"]["message"]) == (409, "What the job was for is gone.")


async def test_delivery_is_left_to_its_tenant(service: Service) -> None:
    with service.runtime.storage.db.write_tenant(service.acme_id) as store:
        job = store.jobs.create(JobKind.DELIVER, {"delivery_id": "dlv_1"})
        assert store.jobs.cancel(job.id).status is JobStatus.CANCELLED
    refused = await service.operator.post(f"/api/v1/jobs/{job.id}/retry")
    assert refused.status_code == 409
    assert "/deliveries/" in refused.json()["error"]["message"]
