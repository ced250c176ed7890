"""A short flood at a tenant's quotas, and a few uploads that fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reliability import quota_flood


@pytest.mark.timeout(300)
def test_flood_ends_at_its_limits_and_failed_uploads_leave_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(quota_flood.QUOTAS, "stored_bytes", 9000)
    rows = quota_flood.measure(tmp_path, seconds=1.5, count=12)
    assert [row["wrong"] for row in rows] == [0, 0], rows
    assert "413 stored_bytes" in rows[0]["answers"], rows
