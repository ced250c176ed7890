"""Metrics on a port of their own: there alone, with the key if one is set, until the service ends."""

from __future__ import annotations

import socket

import httpx
import pytest
from anyio.to_thread import run_sync
from pydantic import SecretStr

from app.bootstrap.lifespan import _metrics_port
from app.errors import InvalidRequest
from app.http.services import registered_services
from app.operations.service import OperationsService
from app.settings import Settings
from tests.support.ports import free_port
from tests.support.service import Service

KEY = {"Authorization": "Bearer scrape-me"}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"metrics_port": free_port(), "metrics_key": SecretStr("scrape-me")})


async def test_metrics_are_on_their_own_port_alone(service: Service, settings: Settings) -> None:
    url = f"http://127.0.0.1:{settings.metrics_port}"
    scraped = await run_sync(lambda: httpx.get(f"{url}/metrics", headers=KEY))
    assert (scraped.status_code, "loracle_http_requests_total" in scraped.text) == (200, True)
    assert scraped.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert (await run_sync(lambda: httpx.get(f"{url}/metrics"))).status_code == 401
    assert (await run_sync(lambda: httpx.get(f"{url}/api/v1/documents", headers=KEY))).status_code == 404
    here = await service.nobody.get("/metrics", headers=KEY)
    assert (here.status_code, here.json()["error"]["code"]) == (404, "metrics_elsewhere")


async def test_port_is_closed_at_the_end_and_one_in_use_is_one_clear_line(service: Service, settings: Settings) -> None:
    operations = registered_services(service.app).get(OperationsService)
    taken = pytest.raises(InvalidRequest, match="LORACLE_METRICS_HOST and LORACLE_METRICS_PORT")
    with taken, _metrics_port(settings, operations):
        pass
    other = settings.model_copy(update={"metrics_port": free_port()})
    with _metrics_port(other, operations):
        assert socket.create_connection(("127.0.0.1", other.metrics_port), 5).close() is None
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", other.metrics_port), 5)
