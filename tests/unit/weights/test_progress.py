"""The progress of a pull where no terminal shows a bar."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from app.weights.progress import PullProgress, folder_bytes


def test_line_now_and_then_tells_how_far_a_download_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    progress = PullProgress(line_interval_s=0.01)
    (tmp_path / "pip-1").mkdir()
    (tmp_path / "pip-1" / "part.whl").write_bytes(b"0" * 2_000_000)
    with progress.watch("tiny", tmp_path, 4_000_000):
        said = ""
        for _ in range(500):
            said += capsys.readouterr().err
            if "tiny: 2 of 4 MB" in said:
                break
            time.sleep(0.01)
    assert "tiny: 2 of 4 MB" in said
    assert "\x1b" not in said


def test_folder_that_is_not_there_holds_no_bytes(tmp_path: Path) -> None:
    assert folder_bytes(tmp_path / "gone") == 0
