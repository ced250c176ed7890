"""Webhooks: events are queued where they become true, signed, sent, tried again, and listed."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update

from app.bootstrap import workers
from app.domain.jobs import JobStatus
from app.errors import InvalidRequest
from app.jobs.worker import Worker, WorkerTiming
from app.storage.database import Database
from app.storage.sql.repositories.tenants import Tenants
from app.storage.sql.tables import JobRow, now
from app.webhooks.handler import ATTEMPTS, WebhookJobs
from tests.support.service import Service
from tests.support.storage_factories import make_ready, ready, uploaded

PUBLIC = "https://93.184.216.34/hook"
HOOKS = "/api/v1/webhooks"


class Receiver:
    """Takes deliveries; answers with the next of `answers`, then with 200."""

    def __init__(self, *answers: int | InvalidRequest) -> None:
        self.got: list[tuple[str, bytes, dict[str, str]]] = []
        self.answers = list(answers)

    def __call__(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        self.got.append((url, body, dict(headers)))
        answer = self.answers.pop(0) if self.answers else 200
        if isinstance(answer, InvalidRequest):
            raise answer
        return answer


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """The service's own workers send nothing: tests deliver by a worker of theirs."""
    monkeypatch.setattr(workers.WebhookJobs, "workers", lambda *_: [])


def webhook(db: Database, tenant_id: str, *events: str) -> tuple[str, str]:
    """(id, secret)"""
    secret = "whsec_" + base64.b64encode(b"0" * 32).decode()
    with db.write_tenant(tenant_id) as store:
        return store.webhooks.create(PUBLIC, events, "", True, secret).id, secret


def deliver(db: Database, receiver: Receiver, most: int = 100) -> None:
    """Run all jobs that are due; a job that is put off is made due again."""
    worker = build_worker(db, receiver)
    for _ in range(most):
        with db.write() as session:
            session.execute(update(JobRow).where(JobRow.status == JobStatus.QUEUED).values(run_after=now()))
        if not worker.run_once():
            return


def build_worker(db: Database, receiver: Receiver) -> Any:
    timing = replace(WorkerTiming(), max_attempts=ATTEMPTS)
    return Worker(db, {"deliver": WebhookJobs(db, receiver)}, timing, sweeps=False)


def deliveries(db: Database, tenant_id: str, webhook_id: str) -> list[Any]:
    with db.read_tenant(tenant_id) as store:
        return store.webhooks.deliveries(webhook_id, order="asc").data


def test_an_event_is_sent_once_with_a_signature_that_verifies(db: Database, tenant_id: str) -> None:
    webhook_id, secret = webhook(db, tenant_id, "document.ready")
    document = ready(db, tenant_id, "relatório.txt", ["The text."])
    receiver = Receiver()
    deliver(db, receiver)
    [(url, body, headers)] = receiver.got
    assert url == PUBLIC
    sent = json.loads(body)
    assert (sent["type"], sent["data"]["id"], sent["data"]["filename"]) == (
        "document.ready",
        document.id,
        "relatório.txt",
    )
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    [done] = deliveries(db, tenant_id, webhook_id)
    assert (done.id, done.status, done.attempts, done.response_status) == (sent["id"], "delivered", 1, 200)
    assert headers["webhook-id"] == done.id


def test_a_refused_delivery_is_tried_again_with_the_same_id_and_bytes(db: Database, tenant_id: str) -> None:
    webhook_id, _ = webhook(db, tenant_id, "document.ready")
    ready(db, tenant_id, "a.txt", ["The text."])
    receiver = Receiver(500, InvalidRequest("The URL cannot be fetched: its host is not on the public internet."), 302)
    deliver(db, receiver)
    assert len({(headers["webhook-id"], body) for _, body, headers in receiver.got}) == 1
    [done] = deliveries(db, tenant_id, webhook_id)
    assert (done.status, done.attempts, done.error) == ("delivered", 4, None)


def test_a_delivery_fails_when_its_attempts_are_used_up_and_can_be_sent_again(db: Database, tenant_id: str) -> None:
    webhook_id, _ = webhook(db, tenant_id, "document.ready")
    ready(db, tenant_id, "a.txt", ["The text."])
    receiver = Receiver(*[503] * ATTEMPTS)
    deliver(db, receiver)
    [failed] = deliveries(db, tenant_id, webhook_id)
    assert (failed.status, failed.attempts, failed.error) == ("failed", ATTEMPTS, "The receiver answered 503.")
    with db.write_tenant(tenant_id) as store:
        assert store.webhooks.deliver_again(webhook_id, failed.id).status == "pending"
    deliver(db, receiver)
    [done] = deliveries(db, tenant_id, webhook_id)
    assert (done.status, done.attempts) == ("delivered", ATTEMPTS + 1)


def test_only_asked_for_events_reach_enabled_webhooks_of_the_tenant(db: Database, tenant_id: str) -> None:
    with db.write() as session:
        other = Tenants(session).create("other").id
    asks, foreign = webhook(db, tenant_id, "document.failed")[0], webhook(db, other, "document.failed")[0]
    off = webhook(db, tenant_id, "document.failed")[0]
    with db.write_tenant(tenant_id) as store:
        store.webhooks.update(off, enabled=False)
    ready(db, tenant_id, "a.txt", ["The text."])
    failing = uploaded(db, tenant_id, "b.txt", b"other")
    with db.write_tenant(tenant_id) as store:
        for _ in range(2):  # the second time it has failed already
            store.document_versions.record_outcome(failing.latest.id, JobStatus.FAILED, "broken", "Cannot be read.")
    [told] = deliveries(db, tenant_id, asks)
    assert told.data["error"] == {"code": "broken", "message": "Cannot be read."}
    assert deliveries(db, tenant_id, off) == []
    assert deliveries(db, other, foreign) == []


def test_a_new_reading_of_a_ready_version_is_no_event(db: Database, tenant_id: str) -> None:
    webhook_id, _ = webhook(db, tenant_id, "document.ready")
    document = ready(db, tenant_id, "a.txt", ["The text."])
    make_ready(db, tenant_id, document.latest.id, ["The", "text."])
    assert len(deliveries(db, tenant_id, webhook_id)) == 1


def test_evaluations_and_activations_are_told(db: Database, tenant_id: str) -> None:
    webhook_id, _ = webhook(db, tenant_id, "evaluation.finished", "adapter.activated")
    with db.write_tenant(tenant_id) as store:
        made = store.evaluations.create("cases.jsonl", "{}", None)
        store.evaluations.record_outcome(made.id, JobStatus.FAILED, "broken", "No.")
        store.evaluations.record_outcome(made.id, JobStatus.FAILED, "broken", "No.")
        done = store.evaluations.create("cases.jsonl", "{}", None)
        store.evaluations.finish(done.id, {})
        args = {
            "path": "p",
            "rank": 4,
            "alpha": 8.0,
            "target_modules": ("q",),
            "size_bytes": 1,
            "base_fingerprint": "b",
        }
        store.adapters.add("style", "v1", **args)
        store.deployments.activate("style")
        store.deployments.activate("style")
        store.deployments.rollback()
    told = [(one.event, one.data.get("status", one.data.get("name"))) for one in deliveries(db, tenant_id, webhook_id)]
    assert told == [
        ("evaluation.finished", "failed"),
        ("evaluation.finished", "succeeded"),
        ("adapter.activated", "style"),
        ("adapter.activated", None),
    ]


async def test_webhooks_are_made_changed_tested_and_deleted(service: Service) -> None:
    body = {"url": PUBLIC, "events": ["document.ready"], "description": "Ours"}
    made = (await service.acme.post(HOOKS, json=body)).json()
    assert made["secret"].startswith("whsec_")
    path = f"{HOOKS}/{made['id']}"
    assert "secret" not in (await service.acme.get(path)).json()
    changed = (await service.acme.patch(path, json={"events": ["document.failed"]})).json()
    assert (changed["events"], changed["url"]) == (["document.failed"], PUBLIC)
    sent = (await service.acme.post(f"{path}/test")).json()
    assert (sent["event"], sent["status"]) == ("webhook.test", "pending")
    assert (await service.acme.post(f"{path}/deliveries/{sent['id']}/retry")).status_code == 409
    receiver = Receiver()
    await asyncio.to_thread(deliver, service.runtime.storage.db, receiver)
    listed = (await service.acme.get(f"{path}/deliveries", params={"status": "delivered"})).json()
    assert [one["id"] for one in listed["data"]] == [sent["id"]]
    assert (await service.other.get(f"{path}/deliveries")).status_code == 404
    assert (await service.acme.delete(path)).json()["deleted"] is True
    assert (await service.acme.get(HOOKS)).json()["total"] == 0


async def test_no_private_address_gets_a_webhook(service: Service) -> None:
    urls = ("http://127.0.0.1/", "http://10.0.0.5/", "https://[::1]/", "http://169.254.169.254/", "ftp://8.8.8.8/",
            "https://8.8.8.8:8443/", "https://user:pass@8.8.8.8/", "http://localhost/")  # fmt: skip
    made = (await service.acme.post(HOOKS, json={"url": PUBLIC, "events": ["document.ready"]})).json()
    for url in urls:
        body = {"url": url, "events": ["document.ready"]}
        made_of_it = await service.acme.post(HOOKS, json=body)
        changed_to_it = await service.acme.patch(f"{HOOKS}/{made['id']}", json={"url": url})
        for refused in (made_of_it, changed_to_it):
            assert (refused.status_code, refused.json()["error"]["param"]) == (422, "url"), url


async def test_a_webhook_that_cannot_be_is_refused_by_name(service: Service) -> None:
    for body, param in (
        ({"url": PUBLIC, "events": []}, "events"),
        ({"url": PUBLIC, "events": ["webhook.test"]}, "events.0"),
        ({"events": ["document.ready"]}, "url"),
    ):
        refused = await service.acme.post(HOOKS, json=body)
        assert (refused.status_code, refused.json()["error"]["param"]) == (422, param)
    for _ in range(20):
        assert (await service.acme.post(HOOKS, json={"url": PUBLIC, "events": ["document.ready"]})).status_code == 201
    full = await service.acme.post(HOOKS, json={"url": PUBLIC, "events": ["document.ready"]})
    assert (full.status_code, full.json()["error"]["code"]) == (409, "too_many_webhooks")


async def test_a_token_has_no_webhooks(service: Service) -> None:
    made = (await service.acme.post("/api/v1/tokens", json={"scopes": ["read", "write"]})).json()
    headers = {"Authorization": f"Bearer {made['token']}"}
    assert (await service.acme.get(HOOKS)).status_code == 200
    refused = await service.nobody.get(HOOKS, headers=headers)
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "key_required")
