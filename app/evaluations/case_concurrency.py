"""Works on several cases at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Sequence
from typing import TypeVar

from app.evaluations.records import CaseResult

CASES_OF_A_TURN = 16  # a few seconds of them: other tenants' evaluations wait no longer
Item = TypeVar("Item")


def slices(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """CASES_OF_A_TURN at a time."""
    return (items[start : start + CASES_OF_A_TURN] for start in range(0, len(items), CASES_OF_A_TURN))


async def as_they_end(
    work: Callable[[Item], Awaitable[CaseResult]], items: Sequence[Item], concurrency: int
) -> AsyncGenerator[CaseResult, None]:
    """The result of `work` on each item, at most `concurrency` at a time, in the order in which they end.

    Closing it cancels the rest and waits until that has cleaned up. Raises what `work` raises.
    """
    slots = asyncio.Semaphore(concurrency)

    async def work_on(item: Item) -> CaseResult:
        async with slots:
            return await work(item)

    tasks = [asyncio.create_task(work_on(item)) for item in items]
    try:
        for completed in asyncio.as_completed(tasks):
            yield await completed
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
