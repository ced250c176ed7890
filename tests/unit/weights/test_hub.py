"""Models that a source names on the hub: one GGUF file, or a whole repository."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import save

from app.errors import WeightsUnavailable
from app.weights import requirements
from app.weights.catalog import pull, resolve, verify
from app.weights.folder import fingerprint
from app.weights.gguf import convert_gguf
from tests.support.fake_hub import FakeHub
from tests.support.tiny_gguf import write_gguf

EMBEDDER = {
    "config.json": b'{"architectures": ["BertModel"]}',
    "tokenizer.json": b"{}",
    "1_Pooling/config.json": b"{}",
    "model.safetensors": save({"weight": torch.zeros(4)}),
    "model.py": b"raise SystemExit('run')",
}


def folder_of_tiny(tmp_path: Path) -> dict[str, bytes]:
    (tmp_path / "tiny").mkdir()
    convert_gguf(write_gguf(tmp_path / "tiny.gguf"), tmp_path / "tiny")
    return {path.name: path.read_bytes() for path in (tmp_path / "tiny").iterdir()}


def test_gguf_file_of_a_repository_becomes_a_model_folder(hub: FakeHub, tmp_path: Path) -> None:
    name = "hf:owner/tiny@v1#sub/tiny.gguf"
    hub.repositories["owner/tiny"] = {"sub/tiny.gguf": write_gguf(tmp_path / "tiny.gguf").read_bytes()}
    with pytest.raises(WeightsUnavailable, match="loracle models pull hf:owner"):
        resolve(name, tmp_path / "models")
    folder = pull(name, tmp_path / "models")
    assert resolve(name, tmp_path / "models") == folder
    assert verify(name, tmp_path / "models") == []
    assert list((tmp_path / "models" / "downloads").iterdir()) == []


def test_repository_is_fetched_without_code_and_equal_twice(hub: FakeHub, tmp_path: Path) -> None:
    hub.repositories["owner/embedder"] = EMBEDDER
    first = pull("hf:owner/embedder@main", tmp_path / "a")
    files = sorted(str(path.relative_to(first)) for path in first.rglob("*") if path.is_file())
    assert files == sorted({*EMBEDDER, "loracle-manifest.json"} - {"model.py"})
    assert fingerprint(pull("hf:owner/embedder@main", tmp_path / "b")) == fingerprint(first)


def test_interrupted_repository_goes_on_with_what_has_arrived(
    hub: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.DOWNLOAD_CHUNK_SIZE", 1)
    hub.repositories["owner/embedder"] = EMBEDDER
    hub.cut_after = 10
    with pytest.raises(KeyboardInterrupt):
        pull("hf:owner/embedder@main", tmp_path)
    hub.requests.clear()
    folder = pull("hf:owner/embedder@main", tmp_path)
    ranges = {path.rpartition("/main/")[2]: wanted for method, path, wanted in hub.requests if "/resolve/" in path}
    assert ranges["config.json"] == "bytes=10-"
    assert ranges["model.safetensors"] is None
    assert (folder / "config.json").read_bytes() == EMBEDDER["config.json"]


def test_repository_without_safetensors_says_how_to_name_a_gguf_file(hub: FakeHub, tmp_path: Path) -> None:
    hub.repositories["owner/tiny-GGUF"] = {"tiny.gguf": b"GGUF", "config.json": b"{}"}
    with pytest.raises(WeightsUnavailable, match=r"no \.safetensors file; name one of its \.gguf files"):
        pull("hf:owner/tiny-GGUF@main", tmp_path)


def test_repository_that_names_a_file_outside_of_itself_is_refused(hub: FakeHub, tmp_path: Path) -> None:
    hub.repositories["owner/bad"] = {**EMBEDDER, "../../evil.json": b"{}"}
    with pytest.raises(WeightsUnavailable, match="outside of itself"):
        pull("hf:owner/bad@main", tmp_path)
    assert not (tmp_path / "evil.json").exists()


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("", "hf:owner/tiny@main has no chat template"),
        ("{% if %}", "template of hf:owner/tiny@main cannot be rendered"),
    ],
)
def test_repository_whose_model_cannot_be_asked_is_refused_at_pull(
    template: str, message: str, hub: FakeHub, tmp_path: Path
) -> None:
    files = folder_of_tiny(tmp_path) | {"chat_template.jinja": template.encode()}
    hub.repositories["owner/tiny"] = {name: content for name, content in files.items() if content}
    with pytest.raises(
        WeightsUnavailable, match=r"hf:owner/tiny@main (has no chat template|cannot be rendered)|template of"
    ):
        pull("hf:owner/tiny@main", tmp_path / "models")
    with pytest.raises(WeightsUnavailable, match="not on this machine"):
        resolve("hf:owner/tiny@main", tmp_path / "models")


def test_folder_whose_model_cannot_be_asked_is_refused_at_pull(tmp_path: Path) -> None:
    folder_of_tiny(tmp_path)
    assert pull(f"path:{tmp_path / 'tiny'}", tmp_path / "models") == tmp_path / "tiny"
    (tmp_path / "tiny" / "chat_template.jinja").write_text("{{ raise_exception('broken') }}")
    with pytest.raises(WeightsUnavailable, match="cannot be rendered"):
        pull(f"path:{tmp_path / 'tiny'}", tmp_path / "models")


def test_missing_repository_is_said_with_what_to_do(hub: FakeHub, tmp_path: Path) -> None:
    with pytest.raises(WeightsUnavailable, match=r"Could not fetch hf:owner/gone@main: the hub refused it.*HF_TOKEN"):
        pull("hf:owner/gone@main", tmp_path)


def test_file_that_is_no_gguf_cannot_be_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsUnavailable, match=r"only a \.gguf file can be named"):
        pull("hf:owner/tiny@main#model.bin", tmp_path)


@pytest.mark.parametrize("name", ["hf:owner/tiny@main", "hf:owner/tiny@main#tiny.gguf"])
def test_too_little_disk_is_said_before_a_hub_download(
    name: str, hub: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.repositories["owner/tiny"] = {"tiny.gguf": b"0" * 2_000_000, "model.safetensors": b"0" * 2_000_000}
    monkeypatch.setattr(requirements, "free_disk_bytes", lambda _: 1_000_000)
    with pytest.raises(WeightsUnavailable, match=rf"{name} needs \d+ MB of disk in {tmp_path}, 1 MB are free"):
        pull(name, tmp_path)
    assert {path for method, path, _ in hub.requests if method == "GET" and "/resolve/" in path} == set()


@pytest.mark.parametrize("name", ["hf:owner/tiny@main", "hf:owner/tiny@main#tiny.gguf"])
def test_too_little_memory_is_said_before_a_hub_download(
    name: str, hub: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.repositories["owner/tiny"] = {"tiny.gguf": b"0" * 100, "model.safetensors": b"0" * 100}
    monkeypatch.setattr(requirements, "memory_bytes", lambda: 1_000_000)
    with pytest.raises(WeightsUnavailable, match="of memory to serve, this machine has 1 MB"):
        pull(name, tmp_path)
    assert {path for method, path, _ in hub.requests if method == "GET" and "/resolve/" in path} == set()
