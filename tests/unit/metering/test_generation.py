"""Generation is charged as it is used: whole, cut off by whoever reads it, or refused."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import date
from typing import Any, cast

import pytest

from app.domain.usage import Amounts, RateLimits
from app.errors import RateLimited
from app.llm.base import Delta, GenerationRequest, Generator, Sampling
from app.metering.generation import charged_stream
from app.metering.memory_limiter import MemoryRateLimiter
from app.metering.meter import Meter, metered
from app.metering.rate_limiter import Owner
from app.metering.usage_log import UsageLog
from app.storage.database import Database

DAY = date(2026, 1, 31)
REQUEST = GenerationRequest("req_1", "ten_1", (1, 2, 3, 4), None, Sampling(max_tokens=9))


class FiveTokens:
    """Generates five tokens; with a `fault` it raises it before the first."""

    def __init__(self, fault: Exception | None = None) -> None:
        self._fault = fault

    async def stream(self, _request: GenerationRequest) -> AsyncGenerator[Delta, None]:
        if self._fault is not None:
            raise self._fault
        for tokens in range(1, 6):
            yield Delta("word ", tokens, "stop" if tokens == 5 else None)


async def read(most: int, fault: Exception | None = None) -> None:
    async with aclosing(charged_stream(cast("Generator", FiveTokens(fault)), REQUEST)) as deltas:
        async for delta in deltas:
            if delta.tokens == most:
                return


@pytest.mark.parametrize(
    ("most", "fault", "charged"), [(9, None, (4, 5)), (2, None, (4, 2)), (9, RateLimited("."), None)]
)
async def test_what_was_used_is_charged_to_the_request(
    db: Database, tenant_id: str, most: int, fault: Exception | None, charged: tuple[int, int] | None
) -> None:
    usage: Any = UsageLog(db, today=lambda: DAY)
    meter = Meter(MemoryRateLimiter(lambda: 0.0), usage, tenant_id, [Owner("tenant", tenant_id, RateLimits())], None)
    with metered(meter):
        if fault is None:
            await read(most)
        else:
            with pytest.raises(type(fault)):
                await read(most, fault)
    usage.flush()
    with db.read_tenant(tenant_id) as store:
        days = store.usage.days_by_user(DAY, DAY)
    found = [day.amounts for day in days]
    assert found == ([] if charged is None else [Amounts(prompt_tokens=charged[0], completion_tokens=charged[1])])


async def test_work_outside_of_a_request_is_not_charged() -> None:
    await read(9)
