"""Jobs that deliver the events of webhooks."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import structlog

from app.domain.jobs import Job, JobKind, JobStatus
from app.errors import InvalidRequest, Unavailable
from app.jobs.worker import Worker, WorkerTiming
from app.storage.database import Database
from app.storage.notifications.base import JobNotifications
from app.storage.notifications.polling import Polling
from app.storage.sql.repositories.webhooks import Attempt, delete_old_deliveries
from app.webhooks.signature import body_of, headers_of

log = structlog.get_logger(__name__)
WORKERS = 2  # a slow receiver does not hold up those of other tenants
POLL_S = 1.0
ATTEMPTS = 8  # over about ten minutes
KEPT = timedelta(days=30)
Post = Callable[[str, bytes, Mapping[str, str]], int]  # URL, body, headers -> status; raises InvalidRequest


class WebhookJobs:
    """Handler of `deliver` jobs."""

    def __init__(self, db: Database, post: Post) -> None:
        self._db = db
        self._post = post

    def workers(self, timing: WorkerTiming, notifications: JobNotifications | None = None) -> list[Worker]:
        """The workers of one process. The first one sweeps."""
        patient, polling = replace(timing, max_attempts=ATTEMPTS), threading.Lock()
        return [
            Worker(
                self._db,
                {JobKind.DELIVER: self},
                patient,
                sweeps=place == 0,
                polling=polling,
                notifications=notifications or Polling(POLL_S),
            )
            for place in range(WORKERS)
        ]

    def run(self, job: Job) -> None:
        """Send the event once. Raises Unavailable if the receiver did not take it: the job is tried again."""
        delivery_id = job.payload["delivery_id"]
        with self._db.read_tenant(job.tenant_id) as store:
            attempt = store.webhooks.attempt(delivery_id)
        status, error = self._send(attempt)
        with self._db.write_tenant(job.tenant_id) as store:
            store.webhooks.record_attempt(delivery_id, status, error)
        if error is not None:
            raise Unavailable(error, code="webhook_not_delivered")

    def record_outcome(self, job: Job, status: JobStatus, code: str, message: str) -> None:
        with self._db.write_tenant(job.tenant_id) as store:
            store.webhooks.record_outcome(job.payload["delivery_id"], status, code, message)

    def sweep(self) -> None:
        """Delete deliveries that ended a month ago."""
        with self._db.write() as session:
            delete_old_deliveries(session, KEPT)

    def _send(self, attempt: Attempt) -> tuple[int | None, str | None]:
        """The status of the response and why the event was not delivered; None for what there is not."""
        body = body_of(attempt.delivery)
        try:
            headers = headers_of(attempt.delivery.id, body, attempt.secret, datetime.now(UTC))
            status = self._post(attempt.url, body, headers)
        except InvalidRequest as fault:
            return None, fault.message
        return status, None if 200 <= status < 300 else f"The receiver answered {status}."
