"""Requests to a server in the form of OpenAI's API, with every fault of the server as a ServerFault."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import httpx

from app.errors import DeadlineExceeded
from app.llm.remote.faults import InternalError, RequestRefused, ServerBusy, ServerFault, ServerLost, UnknownModel

CONNECT_S = 3.0
DONE = "[DONE]"
LONGEST_REASON = 300  # characters of a server's reason that are passed on

Json = dict[str, Any]


class ApiServer:
    """One server. Its connections belong to the event loop that uses it first. Close it there."""

    def __init__(self, url: str, key: str = "", *, use_proxies: bool = False) -> None:
        """`use_proxies`: of the environment (HTTPS_PROXY and the like)."""
        self.url = url.rstrip("/")
        self._client = httpx.AsyncClient(
            base_url=self.url,
            headers={"Authorization": f"Bearer {key}"} if key else {},
            timeout=httpx.Timeout(None, connect=CONNECT_S),  # whoever asks sets a deadline for the rest
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=64),
            trust_env=use_proxies,
        )

    async def get(self, path: str, timeout_s: float) -> Json:
        """The JSON object at `path`; empty if the answer has no body. Raises ServerFault."""
        return await self._json("GET", path, None, timeout_s)

    async def post(self, path: str, body: Mapping[str, Any], timeout_s: float) -> Json:
        """The JSON object that answers; empty if it is no JSON object. Raises ServerFault, RequestRefused."""
        return await self._json("POST", path, body, timeout_s)

    async def events(
        self, path: str, body: Mapping[str, Any], scope: asyncio.Timeout, deadline: float, stall_s: float
    ) -> AsyncGenerator[Json, None]:
        """The server-sent JSON objects that answer, up to `[DONE]`. Raises ServerFault, RequestRefused.

        From the first one on, `scope` expires `stall_s` after the last, and at the `deadline` of the loop's clock.
        """
        with connection_faults():
            async with self._client.stream("POST", path, json=body) as response:
                if response.status_code != httpx.codes.OK:
                    await response.aread()
                    raise refusal(response)
                async for line in response.aiter_lines():
                    if not line.startswith("data:"):
                        continue
                    data = line.removeprefix("data:").strip()
                    if data == DONE:
                        return
                    yield _event(data)
                    if not scope.expired():
                        scope.reschedule(min(deadline, asyncio.get_running_loop().time() + stall_s))
        raise ServerFault("it ended the answer in the middle")

    async def close(self) -> None:
        await self._client.aclose()

    async def _json(self, method: str, path: str, body: Mapping[str, Any] | None, timeout_s: float) -> Json:
        with connection_faults():
            try:
                async with asyncio.timeout(timeout_s):
                    response = await self._client.request(method, path, json=body)
            except TimeoutError:
                raise ServerFault(f"it did not answer {path} within {timeout_s:.0f} s") from None
        if response.status_code != httpx.codes.OK:
            raise refusal(response)
        try:
            found = response.json() if response.content else {}
        except ValueError:
            found = {}
        return found if isinstance(found, dict) else {}


@asynccontextmanager
async def answered_within(stall_s: float, deadline: float) -> AsyncIterator[asyncio.Timeout]:
    """Limits the time that is waited for an answer; `events` moves the limit. `deadline` is of the loop's clock.

    Raises DeadlineExceeded, or ServerFault if the server stalls before the deadline.
    """
    clock = asyncio.get_running_loop().time
    try:
        async with asyncio.timeout_at(min(deadline, clock() + stall_s)) as scope:
            yield scope
    except TimeoutError:
        if clock() >= deadline:
            raise DeadlineExceeded("The request's time is over.") from None
        raise ServerFault("it stopped answering") from None


@contextmanager
def connection_faults() -> Iterator[None]:
    """Turns a fault of the connection into ServerLost."""
    try:
        yield
    except httpx.ConnectError as fault:
        raise ServerLost(f"no connection ({_text(fault)})") from fault
    except httpx.TimeoutException as fault:
        raise ServerLost("no connection in time") from fault
    except httpx.TransportError as fault:
        raise ServerLost(f"the connection broke ({_text(fault)})") from fault


def refusal(response: httpx.Response) -> ServerFault | RequestRefused:
    """What an answer with another status than 200 means."""
    status, reason = response.status_code, _reason(response)
    if status == httpx.codes.NOT_FOUND:
        return UnknownModel(reason)
    if status in {httpx.codes.TOO_MANY_REQUESTS, httpx.codes.SERVICE_UNAVAILABLE}:
        return ServerBusy(reason)
    if status in {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}:
        return ServerFault(f"it refuses the key ({reason})")
    if httpx.codes.is_client_error(status):
        return RequestRefused(reason)
    failed = f"it failed with HTTP {status} ({reason})"
    return InternalError(failed) if status == httpx.codes.INTERNAL_SERVER_ERROR else ServerFault(failed)


def _event(data: str) -> Json:
    try:
        found = json.loads(data)
    except ValueError:
        raise ServerFault("it answered something else than JSON") from None
    if not isinstance(found, dict):
        raise ServerFault("it answered something else than a JSON object")
    if "error" in found:
        error = found["error"]
        raise ServerFault(f"it failed: {error.get('message') if isinstance(error, dict) else error}"[:LONGEST_REASON])
    return found


def _reason(response: httpx.Response) -> str:
    try:
        found = response.json()
    except ValueError:
        return f"HTTP {response.status_code}"
    error = found.get("error", found) if isinstance(found, dict) else {}
    message = error.get("message") if isinstance(error, dict) else error
    return str(message or f"HTTP {response.status_code}")[:LONGEST_REASON]


def _text(fault: Exception) -> str:
    return str(fault)[:LONGEST_REASON] or type(fault).__name__
