"""Fixtures of the unit tier."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.numerics.threads import single_torch_thread


@pytest.fixture(autouse=True, scope="module")
def one_torch_thread() -> Iterator[None]:
    """Tiny tensors gain nothing from threads; on shared cores the barriers of two threads cost ten times the work."""
    with single_torch_thread():
        yield
