"""Cases that fail: each is recorded with its error, and the run goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import structlog

from app.errors import AppError, RateLimited, StorageFull, Unavailable
from app.evaluations.records import CaseError, CaseResult

log = structlog.get_logger(__name__)
CASE_TIMEOUT_S = 600.0  # of one answer: an evaluation shares the engine with users
RETRY_AFTER_S = 0.5  # while the service is at its limit
NOT_BUSY = frozenset({"shutting_down", "generation_failed", "weights_unavailable"})  # trying again does not help
Result = TypeVar("Result")


async def recorded(work: Awaitable[CaseResult], head: CaseResult) -> CaseResult:
    """The result of `work`, or `head` with the error that it raised.

    Raises what would fail every other case too: the service shuts down, or the disk is full.
    """
    try:
        return await work
    except TimeoutError:
        return failed(head, "timed_out", "The answer took longer than an evaluation waits.")
    except AppError as fault:
        if isinstance(fault, StorageFull) or fault.code == "shutting_down":
            raise
        return failed(head, fault.code, fault.message)
    except Exception as fault:
        log.exception("evaluation_case_failed", case=head["id"])
        return failed(head, "internal_error", f"{type(fault).__name__}; the log has the details.")


def failed(head: CaseResult, code: str, message: str) -> CaseResult:
    """`head` as the result of a case that failed."""
    error: CaseError = {"code": code, "message": message}
    result: CaseResult = {**head, "error": error}
    return result


def is_busy(fault: AppError) -> bool:
    """Whether the same request may succeed in a moment."""
    return isinstance(fault, RateLimited | Unavailable) and fault.code not in NOT_BUSY


async def when_free(work: Callable[[], Awaitable[Result]]) -> Result:
    """The result of `work`, tried again while the service is at its limit. Raises its other errors."""
    while True:
        try:
            return await work()
        except (RateLimited, Unavailable) as fault:
            if not is_busy(fault):
                raise
        await asyncio.sleep(RETRY_AFTER_S)


@dataclass(frozen=True, slots=True)
class Failure:
    """A case that has no figures, and why."""

    part: str
    case_id: str
    question: str
    code: str
    message: str


def failures(results: Mapping[str, Sequence[CaseResult]]) -> list[Failure]:
    """The cases that failed, of results by part."""
    return [
        Failure(part, one["id"], one.get("question", ""), one["error"]["code"], one["error"]["message"])
        for part, found in results.items()
        for one in found
        if "error" in one
    ]
