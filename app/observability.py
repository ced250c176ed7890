"""Logs without secrets or document text, request ids, metrics, and the time that steps take."""

from __future__ import annotations

import logging
import re
import secrets
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import accumulate
from typing import Any, Literal

import psutil
import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.core import HistogramMetricFamily
from prometheus_client.registry import Collector
from prometheus_client.utils import floatToGoString

request_id_var: ContextVar[str] = ContextVar("request_id", default="")
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
SECRET = re.compile(r"l([kt])_[A-Za-z0-9]{40}")
# What a terminal or a reader of lines would obey or not show: control characters, line and paragraph separators,
# marks that change the direction of text, characters without width.
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
DRIVER_DETAIL = re.compile(r"^(DETAIL|CONTEXT|LINE \d+): .*$", re.MULTILINE)  # PostgreSQL's, with values of rows
NOISY = ("httpx", "httpcore", "transformers", "sentence_transformers", "bitsandbytes", "alembic", "filelock", "urllib3")


def configure_logging(level: str = "INFO", form: Literal["json", "console"] = "json") -> None:
    """Log to stderr, one line for each event."""
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _add_request_id,
            structlog.processors.format_exc_info,
            _hide_row_values,
            _mask_secrets,
            _escape_controls,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level)),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),  # whatever that is when the line is written
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, force=True)
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.ERROR)


def new_request_id(offered: str | None = None) -> str:
    """The id that the caller offers if it is short and printable, else a new one."""
    if offered and REQUEST_ID.fullmatch(offered):
        return offered
    return f"req_{secrets.token_hex(12)}"


class Metrics:
    """The metrics of one application; each has its own registry, so that tests can have many."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "loracle_http_requests", "HTTP requests", ["method", "route", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "loracle_http_request_seconds", "Time to the end of the answer", ["method", "route"], registry=self.registry
        )
        self.at_work = Gauge("loracle_requests_at_work", "Requests that hold a place", ["work"], registry=self.registry)
        self.waiting = Gauge(
            "loracle_requests_waiting", "Requests that wait for a place", ["work"], registry=self.registry
        )
        self.answers = Counter("loracle_answers", "Chat answers", ["outcome"], registry=self.registry)
        self.tokens = Counter("loracle_generated_tokens", "Completion tokens", registry=self.registry)
        self.ttft = Histogram("loracle_ttft_seconds", "Time to first token of the generator", registry=self.registry)
        self.jobs = Gauge("loracle_jobs", "Jobs by status", ["status"], registry=self.registry)
        self.generator = Gauge("loracle_generator", "The generator's own figures", ["figure"], registry=self.registry)
        self.start = Gauge("loracle_start_seconds", "Time to ready", ["step"], registry=self.registry)
        self.durations = Durations()
        self.registry.register(self.durations)


class Durations(Collector):
    """Exports histograms that others count: `histograms` maps a name to (upper bounds, counts, sum), in seconds."""

    def __init__(self) -> None:
        self.histograms: Mapping[str, tuple[Sequence[float], Sequence[int], float]] = {}

    def collect(self) -> Iterator[HistogramMetricFamily]:
        for name, (bounds, counts, total) in self.histograms.items():
            family = HistogramMetricFamily(f"loracle_generator_{name}_seconds", f"Generator: {name}")
            labels = [*map(floatToGoString, bounds), "+Inf"]
            family.add_metric([], list(zip(labels, accumulate(counts), strict=True)), total)
            yield family


class StepTimer:
    """Seconds of each step of something slow by its name, in the order of the first mention. Not thread-safe."""

    def __init__(self, report: Callable[[str, float], None] = lambda _name, _seconds: None) -> None:
        """`report` is called with each step that is added and its seconds."""
        self.seconds: dict[str, float] = {}
        self._report = report

    @contextmanager
    def measure(self, name: str) -> Iterator[None]:
        """Add the time of the block to the step, also if it raises."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.add(name, time.perf_counter() - started)

    def add(self, name: str, seconds: float) -> None:
        self.seconds[name] = self.seconds.get(name, 0.0) + seconds
        self._report(name, seconds)

    def rounded(self) -> dict[str, float]:
        """For a log: hundredths of seconds."""
        return {name: round(seconds, 2) for name, seconds in self.seconds.items()}


def log_step(name: str, seconds: float) -> None:
    """Log a step of a start, for StepTimer's `report`."""
    structlog.get_logger(__name__).info("start_step", step=name, seconds=round(seconds, 2))


def process_age_s() -> float:
    """Seconds since this process was started, before the interpreter ran; 0 if the clock was set back since."""
    return max(0.0, time.time() - float(psutil.Process().create_time()))


def _add_request_id(_logger: Any, _method: str, event: Any) -> Any:
    request_id = request_id_var.get()
    if request_id:
        event.setdefault("request_id", request_id)
    return event


def _mask_secrets(_logger: Any, _method: str, event: Any) -> Any:
    return {key: SECRET.sub(r"l\1_***", value) if isinstance(value, str) else value for key, value in event.items()}


def _hide_row_values(_logger: Any, _method: str, event: Any) -> Any:
    """Errors of the database name the statement; the values in it and in its rows stay out of the log."""
    for key in ("exception", "message", "error"):
        if isinstance(event.get(key), str):
            event[key] = DRIVER_DETAIL.sub(r"\1: (not logged)", event[key])
    return event


def _escape_controls(_logger: Any, _method: str, event: Any) -> Any:
    return {key: value if key == "exception" else _escaped(value) for key, value in event.items()}


def _escaped(value: Any) -> Any:
    """Text, and text within lists, without characters that change how a line is shown."""
    if isinstance(value, str):
        return CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", value)
    return [_escaped(each) for each in value] if isinstance(value, (list, tuple)) else value
