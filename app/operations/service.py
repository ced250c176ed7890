"""The readiness checks and the metrics of a running service."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Sequence

from prometheus_client import generate_latest

from app.errors import AppError, NotFound, Unauthenticated
from app.http.drain import Drain
from app.http.middleware.concurrency import ConcurrencyLimits
from app.http.shared_bytes import SharedBytes
from app.index.vector_search import VectorSearch
from app.llm.base import Generator
from app.observability import Metrics
from app.operations.readiness import OK, ReadinessProbe, ReadinessReport
from app.operations.text_server import TextAnswer
from app.storage.database import Database
from app.storage.schema import schema_serves
from app.storage.sql.queue import JobQueue

PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"
LEAST_FREE_BYTES = 100 * 2**20
METRICS_AGE_S = 1.0


class OperationsService:
    """Says whether the service is ready and what it is doing.

    `list_indexes` returns the vector search of each embedding model, `list_warnings` what does not keep the service
    from answering.
    """

    def __init__(
        self,
        db: Database,
        generator: Generator,
        list_indexes: Callable[[], Sequence[VectorSearch]],
        metrics: Metrics,
        drain: Drain,
        concurrency: ConcurrencyLimits,
        list_warnings: Callable[[], Sequence[str]],
        metrics_key: str = "",
        *,
        metrics_elsewhere: bool = False,
    ) -> None:
        """`metrics_key`: what a request for the metrics must carry; empty: nothing.

        `metrics_elsewhere`: they have a port of their own, and this one does not answer with them.
        """
        self._db = db
        self._generator = generator
        self._list_indexes = list_indexes
        self._metrics = metrics
        self._concurrency = concurrency
        self._list_warnings = list_warnings
        self._metrics_key = metrics_key
        self._metrics_elsewhere = metrics_elsewhere
        self.readiness = ReadinessProbe(self.check_readiness, drain.is_set)
        self.rendered_metrics = SharedBytes(self.render_metrics, METRICS_AGE_S)

    def check_readiness(self) -> ReadinessReport:
        """Check schema, database, indexes, models and disk."""
        checks = {
            "schema": self._check_schema,
            "database": self._check_database,
            "index": self._check_indexes,
            "models": self._check_models,
            "disk": self._check_disk,
        }
        outcomes = {name: _outcome(check) for name, check in checks.items()}
        return ReadinessReport(outcomes, tuple(self._list_warnings()) if outcomes["schema"] == OK else ())

    def check_metrics_here(self) -> None:
        """Raises NotFound if the metrics have a port of their own."""
        if self._metrics_elsewhere:
            raise NotFound("The metrics have a port of their own: LORACLE_METRICS_PORT.", code="metrics_elsewhere")

    def answer_scrape(self, path: str, authorization: str | None) -> TextAnswer:
        """The answer on the port of the metrics."""
        if path.partition("?")[0] != "/metrics":
            return TextAnswer(404, b"not found: the metrics are at /metrics\n")
        try:
            self.check_metrics_key(authorization)
            return TextAnswer(200, self.render_metrics(), PROMETHEUS)
        except AppError as fault:
            return TextAnswer(fault.status, f"{fault.message}\n".encode())

    def check_metrics_key(self, authorization: str | None) -> None:
        """Raises Unauthenticated if the metrics have a key and the Authorization header does not name it."""
        sent = (authorization or "").removeprefix("Bearer ").strip()
        if self._metrics_key and not secrets.compare_digest(sent.encode(), self._metrics_key.encode()):
            raise Unauthenticated(
                "The metrics have a key of their own: `Authorization: Bearer` with LORACLE_METRICS_KEY."
            )

    def render_metrics(self) -> bytes:
        """All metrics in Prometheus' text format, with the current figures of the queue and the generator."""
        with self._db.read() as session:
            for status, count in JobQueue(session).counts().items():
                self._metrics.jobs.labels(status).set(count)
        for work, (at_work, waiting) in self._concurrency.counts().items():
            self._metrics.at_work.labels(work).set(at_work)
            self._metrics.waiting.labels(work).set(waiting)
        for figure, value in self._generator.describe().items():
            if isinstance(value, int | float):
                self._metrics.generator.labels(figure).set(value)
        self._metrics.durations.histograms = self._generator.durations()
        return generate_latest(self._metrics.registry)

    def _check_schema(self) -> str:
        with self._db.read() as session:
            return OK if schema_serves(session) else "the schema is older than this version; run `loracle migrate`"

    def _check_database(self) -> str:
        self._db.check_writable()
        return OK

    def _check_indexes(self) -> str:
        indexes = self._list_indexes()
        for cache in indexes:
            cache.catch_up_all()
        return OK if all(cache.is_current() for cache in indexes) else "an index is behind its change log"

    def _check_models(self) -> str:
        return OK if self._generator.ready() else " ".join(self._generator.warnings())

    def _check_disk(self) -> str:
        free = shutil.disk_usage(self._db.data_dir).free
        return OK if free > LEAST_FREE_BYTES else f"only {free // 2**20} MB free in the data folder"


def _outcome(check: Callable[[], str]) -> str:
    try:
        return check()
    except AppError as fault:
        return fault.message
