"""The official SDK's client of the service, without a socket."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from tests.support.service import Service

VERSIONS = ("auto", "legacy")  # of the protocol: the newest that both speak, and the one with a handshake


@asynccontextmanager
async def mcp_client(service: Service, of: httpx.AsyncClient, mode: str = "auto") -> AsyncIterator[Client]:
    """The SDK's client as it comes, with the key of `of`."""
    http = httpx2.AsyncClient(
        transport=httpx2.ASGITransport(service.app), headers={"Authorization": of.headers["authorization"]}
    )
    transport = streamable_http_client("http://testserver/mcp", http_client=http)
    async with http, Client(transport, mode=mode) as client:
        yield client
