"""What a caller is told of a fault in the engine."""

from __future__ import annotations

import structlog

from app.engine.adapter_cache import AdapterLocation
from app.engine.sampling import NotFinite
from app.errors import AppError, Conflict, Unavailable

log = structlog.get_logger(__name__)


def told(fault: Exception, request_id: str, adapter: AdapterLocation | None) -> AppError:
    """The error of a request that failed; one that nobody expected is logged."""
    if isinstance(fault, AppError):
        return fault
    if isinstance(fault, NotFinite) and adapter is not None:  # the same would come again
        return Conflict(
            "The adapter computes no finite numbers: its weights are too large to answer with. Name another one, roll "
            "back, or deactivate it.",
            param="adapter",
            code="adapter_not_finite",
        )
    log.error("generation_failed", request_id=request_id, exc_info=fault)
    return failed()


def failed() -> Unavailable:
    return Unavailable("The model failed on this request; try again.", code="generation_failed", retry_after=1)
