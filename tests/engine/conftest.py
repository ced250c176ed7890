"""Fixtures of the engine's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.engine.kernels import running_kernels


@pytest.fixture
def kernels() -> Iterator[None]:
    """The native kernels, whatever processor this is."""
    with running_kernels():
        yield
