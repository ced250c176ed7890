"""A short run of the full disk and the locked database."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reliability.faults import inject_faults


@pytest.mark.timeout(600)
def test_full_disk_and_locked_database_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    for row in inject_faults(tmp_path, full=2, locked=3):
        assert (row["wrong"], row["lost"]) == (0, 0), row
        assert row["met"] >= 2, row
        assert row["acknowledged"] > 0, row
