"""A short run of the mixed load: one kill, one full disk, one database that another holds, slow clients."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.reliability import mixed_load


@pytest.mark.timeout(300)
def test_nothing_acknowledged_is_lost_under_load_and_faults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mixed_load, "FAULT_S", 1.0)
    row = asyncio.run(mixed_load.measure(tmp_path, minutes=0.1, rate=15, every_s=0.3))
    assert (row["wrong"], row["lost"]) == (0, 0), row
    assert row["kills"] >= 1
    assert row["acknowledged"] > 0
