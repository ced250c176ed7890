"""The real service in a process of its own: real models, real HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.serving import ServedLoracle


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedLoracle]:
    with ServedLoracle(tmp_path_factory.mktemp("served") / "data", tenant_queue_size=16) as running:
        yield running
