"""Fixtures of the engine's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.engine import native
from tests.support.kernels import running_kernels


@pytest.fixture(params=native.LIBRARIES)
def kernels(request: pytest.FixtureRequest) -> Iterator[None]:
    """The native kernels, each build that this processor can run."""
    with running_kernels(request.param):
        yield
