"""The readiness checks and the metrics of a running service."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from prometheus_client import generate_latest

from app.errors import AppError
from app.http.drain import Drain
from app.index.vector_search import VectorSearch
from app.llm.base import Generator
from app.observability import Metrics
from app.storage.database import Database
from app.storage.schema import schema_serves
from app.storage.sql.queue import JobQueue

LEAST_FREE_BYTES = 100 * 2**20
OK = "ok"


@dataclass(frozen=True, slots=True)
class ReadinessReport:
    """The outcome of every check by its name: "ok", or what is wrong."""

    checks: dict[str, str]
    warnings: tuple[str, ...]  # what does not keep the service from answering

    @property
    def ready(self) -> bool:
        return all(outcome == OK for outcome in self.checks.values())


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
        list_warnings: Callable[[], Sequence[str]],
    ) -> None:
        self._db = db
        self._generator = generator
        self._list_indexes = list_indexes
        self._metrics = metrics
        self._drain = drain
        self._list_warnings = list_warnings

    def check_readiness(self) -> ReadinessReport:
        """Check schema, database, indexes, models and disk, and whether the service is draining."""
        checks = {
            "schema": self._check_schema,
            "database": self._check_database,
            "index": self._check_indexes,
            "models": self._check_models,
            "disk": self._check_disk,
            "draining": self._check_draining,
        }
        outcomes = {name: _outcome(check) for name, check in checks.items()}
        return ReadinessReport(outcomes, tuple(self._list_warnings()) if outcomes["schema"] == OK else ())

    def render_metrics(self) -> bytes:
        """All metrics in Prometheus' text format, with the current figures of the queue and the generator."""
        with self._db.read() as session:
            for status, count in JobQueue(session).counts().items():
                self._metrics.jobs.labels(status).set(count)
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

    def _check_draining(self) -> str:
        return "yes" if self._drain.is_set() else OK


def _outcome(check: Callable[[], str]) -> str:
    try:
        return check()
    except AppError as fault:
        return fault.message
