"""A short run of the backup under write load."""

from __future__ import annotations

from pathlib import Path

from tests.reliability.backup import back_up_and_restore, is_sound


def test_backup_under_write_load_is_complete_and_gives_the_same_answers(tmp_path: Path) -> None:
    row = back_up_and_restore(tmp_path, documents=12)
    assert is_sound(row), str(row)
    assert row["questions"] == 12
