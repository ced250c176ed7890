"""OpenAI's own package as a client of the service, without a socket."""

from __future__ import annotations

import httpx
import openai
import pytest

from tests.support.files import MUSEUM
from tests.support.service import Service


@pytest.fixture
async def museum(service: Service) -> Service:
    assert (await service.take_in(service.acme, "museum.md", MUSEUM))["status"] == "ready"
    return service


def openai_client(service: Service, client: httpx.AsyncClient, **more: object) -> openai.AsyncOpenAI:
    """The package's client as it comes, with the key of `client`."""
    key = client.headers["authorization"].removeprefix("Bearer ")
    http = httpx.AsyncClient(transport=httpx.ASGITransport(service.app, raise_app_exceptions=False))
    return openai.AsyncOpenAI(
        api_key=key, base_url="http://testserver/v1", http_client=http, **{"max_retries": 0, **more}
    )


@pytest.fixture
def acme(museum: Service) -> openai.AsyncOpenAI:
    return openai_client(museum, museum.acme)


@pytest.fixture
def other(museum: Service) -> openai.AsyncOpenAI:
    return openai_client(museum, museum.other)
