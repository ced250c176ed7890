"""The service over fakes, reached over HTTP without a socket."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from app.settings import Settings
from tests.support.service import Service, open_service


@pytest.fixture
async def service(settings: Settings, fresh_database: None) -> AsyncIterator[Service]:
    async with open_service(settings) as opened:
        yield opened
