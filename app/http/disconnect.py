"""Work that ends when the client that asked for it goes away, or its tenant is suspended."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from fastapi import Request

from app.http.dependencies import PRINCIPAL
from app.http.drain import Drain
from app.http.services import registered_services

CLIENT_GONE = 499  # for the log only: no client reads it
DISCONNECT_POLL_S = 0.2
Result = TypeVar("Result")


async def unless_disconnected(request: Request, work: Coroutine[Any, Any, Result]) -> Result | None:
    """The result of `work`; None, with `work` cancelled, if the client disconnects before.

    Raises Forbidden, with `work` cancelled, if the tenant is suspended or deleted before.
    """
    open_streams = registered_services(request.app).get(Drain).streams
    task = asyncio.ensure_future(work)
    try:
        with open_streams.opened(request.scope[PRINCIPAL].tenant_id) as answer:
            while not (await asyncio.wait({task}, timeout=DISCONNECT_POLL_S))[0]:
                if answer.fault is not None:
                    raise answer.fault
                if await request.is_disconnected():
                    return None
        return task.result()
    finally:
        task.cancel()
