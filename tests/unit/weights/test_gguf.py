"""Converting GGUF files: the same bytes as transformers writes, piece by piece; and clear words for bad files."""

from __future__ import annotations

import struct
from pathlib import Path
from random import Random

import pytest
from gguf import GGMLQuantizationType as Kind
from safetensors.torch import load_file

from app.errors import WeightsUnavailable
from app.weights import gguf as conversion
from app.weights import requirements
from app.weights.catalog import local_folder, pull, resolve, verify
from app.weights.folder import check_folder
from app.weights.gguf import convert_gguf
from app.weights.gguf_file import ARCHITECTURES, open_gguf
from tests.support.tiny_gguf import convert_with_transformers, write_gguf


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("architecture", "tied"),
    # The format has no separate head for Gemma.
    [(name, tied) for name in sorted(ARCHITECTURES) for tied in (False, True) if tied or not name.startswith("gemma")],
)
def test_folder_is_byte_for_byte_that_of_transformers(architecture: str, tied: bool, tmp_path: Path) -> None:
    gguf = write_gguf(tmp_path / "tiny.gguf", architecture, tied=tied)
    (tmp_path / "ours").mkdir()
    convert_gguf(gguf, tmp_path / "ours")
    convert_with_transformers(gguf, tmp_path / "theirs")
    ours, theirs = (contents(tmp_path / each) for each in ("ours", "theirs"))
    assert sorted(ours) == sorted(theirs)
    assert [name for name in ours if ours[name] != theirs[name]] == []


def test_pieces_of_few_rows_make_the_same_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gguf = write_gguf(tmp_path / "tiny.gguf")
    for folder in ("one", "many"):
        (tmp_path / folder).mkdir()
    convert_gguf(gguf, tmp_path / "one")
    monkeypatch.setattr(conversion, "PIECE_ELEMENTS", 3 * 256)  # the last piece is shorter
    convert_gguf(gguf, tmp_path / "many")
    assert (tmp_path / "one" / "model.safetensors").read_bytes() == (
        tmp_path / "many" / "model.safetensors"
    ).read_bytes()


def test_type_that_stores_whole_numbers_is_named(tmp_path: Path) -> None:
    gguf = write_gguf(tmp_path / "tiny.gguf", kinds=(Kind.F32,))
    content = gguf.read_bytes()
    place = content.index(b"output.weight") + len(b"output.weight") + 4 + 2 * 8
    gguf.write_bytes(content[:place] + struct.pack("<I", Kind.I32) + content[place + 4 :])
    with pytest.raises(WeightsUnavailable, match=r"stores output\.weight as I32.*These types work: .*Q4_K.*Q8_0"):
        convert_gguf(gguf, tmp_path)


def test_type_of_a_later_version_is_named_by_its_number(tmp_path: Path) -> None:
    gguf = write_gguf(tmp_path / "tiny.gguf", kinds=(Kind.F32,))
    content = gguf.read_bytes()
    place = content.index(b"output.weight") + len(b"output.weight") + 4 + 2 * 8
    gguf.write_bytes(content[:place] + struct.pack("<I", 999) + content[place + 4 :])
    with pytest.raises(WeightsUnavailable, match="as type 999"):
        convert_gguf(gguf, tmp_path)


def test_architecture_that_is_not_read_is_named_with_those_that_are(tmp_path: Path) -> None:
    gguf = write_gguf(tmp_path / "tiny.gguf", named="mamba")
    with pytest.raises(WeightsUnavailable, match=r"architecture 'mamba'.*These work: llama, qwen2, qwen3.*path:"):
        convert_gguf(gguf, tmp_path)


@pytest.mark.parametrize("share", [0.0001, 0.001, 0.01, 0.5, 0.999])
def test_cut_off_file_is_said_to_be_cut_off(share: float, tmp_path: Path) -> None:
    gguf = write_gguf(tmp_path / "tiny.gguf")
    content = gguf.read_bytes()
    gguf.write_bytes(content[: max(8, int(len(content) * share))])
    with pytest.raises(WeightsUnavailable, match=r"damaged or cut off.*Fetch it again"):
        convert_gguf(gguf, tmp_path)


def test_flipped_bytes_are_read_or_refused_and_nothing_else(tmp_path: Path) -> None:
    """In the tables of the file: counts, lengths, types, sizes and offsets of every kind."""
    content = write_gguf(tmp_path / "tiny.gguf").read_bytes()
    end = content.index(b"output_norm.weight") + 2_000
    random = Random(5)
    damaged, refused = tmp_path / "damaged.gguf", 0
    for _ in range(300):
        changed = bytearray(content)
        for place in random.choices(range(4, end), k=2):
            changed[place] = random.choice([0, 1, 127, 255, changed[place] ^ 1])
        damaged.write_bytes(changed)
        try:
            open_gguf(damaged)
        except WeightsUnavailable:
            refused += 1
    assert refused > 20


@pytest.mark.parametrize("content", [b"", b"GG", b"PK\x03\x04 a wheel"])
def test_file_of_another_format_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.gguf").write_bytes(content)
    with pytest.raises(WeightsUnavailable, match="not a GGUF file"):
        convert_gguf(tmp_path / "a.gguf", tmp_path)


def test_file_without_some_of_the_tensors_is_refused(tmp_path: Path) -> None:
    gguf = write_gguf(tmp_path / "tiny.gguf", leave_out="blk.1.ffn_up")
    with pytest.raises(WeightsUnavailable, match=r"lacks 1 of .*layers\.1\.mlp\.up_proj\.weight.*split"):
        convert_gguf(gguf, tmp_path)


def test_tensor_of_another_size_than_the_metadata_say_is_refused(tmp_path: Path) -> None:
    gguf = write_gguf(tmp_path / "tiny.gguf")
    content = gguf.read_bytes()
    place = content.index(b"feed_forward_length") + len(b"feed_forward_length") + 4
    gguf.write_bytes(content[:place] + struct.pack("<I", 384) + content[place + 4 :])
    with pytest.raises(WeightsUnavailable, match=r"inconsistent: blk\.0\.ffn_"):
        convert_gguf(gguf, tmp_path)


@pytest.mark.parametrize(
    ("template", "message"),
    [
        (None, "has no chat template"),
        ("{% for message in messages %}{{ message.content }}", "cannot be rendered"),
        ("{{ raise_exception('no system role') }}", "cannot be rendered.*no system role"),
    ],
)
def test_model_that_cannot_be_asked_is_refused_at_pull(template: str | None, message: str, tmp_path: Path) -> None:
    gguf = write_gguf(tmp_path / "tiny.gguf", template=template)
    with pytest.raises(WeightsUnavailable, match=message):
        pull(f"path:{gguf}", tmp_path / "models")
    assert not local_folder(f"path:{gguf}", tmp_path / "models").exists()


def test_gguf_file_on_this_machine_becomes_a_model_folder_by_its_content(tmp_path: Path) -> None:
    gguf, models = write_gguf(tmp_path / "tiny.gguf"), tmp_path / "models"
    name = f"path:{gguf}"
    with pytest.raises(WeightsUnavailable, match="loracle models pull path:"):
        resolve(name, models)
    folder = pull(name, models)
    assert folder == resolve(name, models) == check_folder(folder)
    assert folder.parent == models
    assert verify(name, models) == []
    assert "model.layers.1.mlp.up_proj.weight" in load_file(folder / "model.safetensors")
    before = (folder / "model.safetensors").stat().st_mtime_ns
    assert pull(name, models) == folder
    assert (folder / "model.safetensors").stat().st_mtime_ns == before
    write_gguf(gguf, "qwen2")
    with pytest.raises(WeightsUnavailable, match="not on this machine"):
        resolve(name, models)


def test_disk_and_memory_are_checked_before_a_conversion(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"path:{write_gguf(tmp_path / 'tiny.gguf')}"
    monkeypatch.setattr(requirements, "free_disk_bytes", lambda _: 1_000_000)
    with pytest.raises(WeightsUnavailable, match=r"tiny\.gguf needs 3 MB of disk in .*, 1 MB are free"):
        pull(name, tmp_path / "models")
    monkeypatch.undo()
    monkeypatch.setattr(requirements, "memory_bytes", lambda: 1_000_000)
    with pytest.raises(WeightsUnavailable, match="this machine has 1 MB"):
        pull(name, tmp_path / "models")
    assert pull(name, tmp_path / "models", force=True).is_dir()


def test_gguf_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsUnavailable, match="There is no file"):
        pull(f"path:{tmp_path / 'gone.gguf'}", tmp_path / "models")
