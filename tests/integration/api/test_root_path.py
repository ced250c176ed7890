"""Behind a proxy that puts a path before every address."""

from __future__ import annotations

import re

import httpx
import pytest

from app.settings import Settings
from tests.support.service import Service


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"root_path": "/answers"})


async def test_service_answers_below_its_root_path(service: Service) -> None:
    transport = httpx.ASGITransport(service.app, root_path="/answers")
    key = service.acme.headers["Authorization"]
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver/answers") as http:
        assert (await http.get("healthz")).status_code == 200
        assert (await http.get("api/v1/documents")).status_code == 401
        assert (await http.get("api/v1/documents", headers={"Authorization": key})).status_code == 200
        servers = (await http.get("openapi.json")).json()["servers"]
        assert servers[0] == {"url": "/answers"}
        page = (await http.get("docs")).text
        for asset in re.findall(r'(?:src|href)="([^"]+)"', page):
            assert (await http.get(asset)).status_code == 200, asset
