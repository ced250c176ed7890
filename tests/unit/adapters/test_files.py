"""The contract of every store of adapter files: the same tests on a local folder and on S3-compatible storage."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.adapters.files.base import SHARED, AdapterFiles
from app.adapters.files.local import LocalAdapterFiles
from app.adapters.files.s3 import S3AdapterFiles
from app.adapters.peft_config import CONFIG, WEIGHTS, lora_config
from app.adapters.validate import CleanAdapter, content_version
from app.errors import NotFound
from app.storage.blobs.bucket import Bucket
from app.storage.blobs.node_cache import NodeCache
from tests.support.s3 import S3Server, only, other_bytes

Machine = Callable[[str], AdapterFiles]


@pytest.fixture
def bucket(s3: S3Server) -> Bucket:
    return Bucket(s3.address())


def on_s3(bucket: Bucket, folder: Path) -> S3AdapterFiles:
    return S3AdapterFiles(bucket, NodeCache(folder, 10**8, idle_s=60))


@pytest.fixture(params=["local", "s3"])
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Machine:
    if request.param == "local":
        return lambda _name: LocalAdapterFiles(tmp_path / "adapters")
    bucket = request.getfixturevalue("bucket")
    return lambda name: on_s3(bucket, tmp_path / name)


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    path = tmp_path / "weights"
    path.write_bytes(b"tensors")
    return path


@pytest.fixture
def adapter(weights: Path) -> CleanAdapter:
    config = lora_config("base", rank=8, alpha=16.0, target_modules=["q_proj"])
    return CleanAdapter(config, 8, 16.0, ("q_proj",), content_version(config, weights), 7)


def test_version_is_whole_on_another_machine(machine: Machine, adapter: CleanAdapter, weights: Path) -> None:
    path = machine("here").publish("tenant", adapter, weights)
    assert path.startswith(f"tenant/{adapter.version}")
    folder = machine("there").folder(path)
    assert {file.name for file in folder.iterdir()} == {CONFIG, WEIGHTS}
    assert (folder / WEIGHTS).read_bytes() == b"tensors"


def test_located_folder_is_there_after_it_is_fetched(machine: Machine, adapter: CleanAdapter, weights: Path) -> None:
    path = machine("here").publish("tenant", adapter, weights)
    folder, fetch = machine("there").locate(path)
    if fetch is not None:
        fetch()
    assert (folder / WEIGHTS).is_file()
    assert folder.is_absolute()


def test_deleted_version_is_gone_and_others_stay(machine: Machine, adapter: CleanAdapter, weights: Path) -> None:
    files = machine("here")
    path, other = files.publish("tenant", adapter, weights), files.publish("other", adapter, weights)
    files.delete(path)
    assert not machine("here").locate(path)[0].exists()
    assert files.folder(other).is_dir()
    files.delete(path)


def test_shared_version_is_stored_once_and_not_deleted(machine: Machine, adapter: CleanAdapter, weights: Path) -> None:
    with ThreadPoolExecutor(4) as threads:
        paths = set(threads.map(lambda n: machine(f"machine {n}").publish(SHARED, adapter, weights), range(4)))
    assert paths == {f"{SHARED}/{adapter.version}"}
    files = machine("there")
    files.delete(*paths)
    assert files.folder(*paths).is_dir()


def test_version_to_be_deleted_later_stays_for_an_hour(
    machine: Machine, adapter: CleanAdapter, weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = machine("here")
    path, other = files.publish("tenant", adapter, weights), files.publish("other", adapter, weights)
    folder = files.folder(path)
    files.delete_later(path)
    assert files.sweep({other}) == 0
    assert (folder / WEIGHTS).is_file()
    for age in ("local.ORPHAN_AGE_S", "s3.IDLE_S"):
        monkeypatch.setattr(f"app.adapters.files.{age}", -60.0)
    files.sweep({other})
    assert not folder.exists()
    assert files.folder(other).is_dir()
    assert not list(folder.parent.iterdir())


def test_version_that_is_published_again_is_not_swept(
    machine: Machine, adapter: CleanAdapter, weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = machine("here")
    files.delete_later(files.publish("tenant", adapter, weights))
    again = files.publish("tenant", adapter, weights)
    monkeypatch.setattr("app.adapters.files.local.ORPHAN_AGE_S", -60.0)
    assert files.sweep(set()) == 0, "it may be about to be recorded"
    assert (files.folder(again) / WEIGHTS).is_file()


def test_version_that_is_published_in_the_middle_of_a_sweep_stays(
    tmp_path: Path, adapter: CleanAdapter, weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = LocalAdapterFiles(tmp_path / "adapters")
    path = files.publish("tenant", adapter, weights)
    files.delete_later(path)
    monkeypatch.setattr("app.adapters.files.local.ORPHAN_AGE_S", -60.0)
    rename, published = Path.rename, list[str]()

    def interrupted(source: Path, target: Path) -> Path:
        if not published:
            published.append(files.publish("tenant", adapter, weights))
        return rename(source, target)

    monkeypatch.setattr(Path, "rename", interrupted)
    assert files.sweep(set()) == 0
    assert published == [path]
    assert (files.folder(path) / WEIGHTS).read_bytes() == b"tensors"
    assert {one.name for one in files.folder(path).parent.iterdir()} == {adapter.version}


def test_everything_of_a_tenant_is_deleted(machine: Machine, adapter: CleanAdapter, weights: Path) -> None:
    files = machine("here")
    path, other = files.publish("tenant", adapter, weights), files.publish("tenant-2", adapter, weights)
    files.delete_owner("tenant")
    with pytest.raises(NotFound, match="No such adapter: its files are gone"):
        machine("there").folder(path)
    assert files.folder(other).is_dir()


def test_deletion_does_not_take_what_is_published_at_the_same_moment(
    bucket: Bucket, tmp_path: Path, adapter: CleanAdapter, weights: Path
) -> None:
    here, there = on_s3(bucket, tmp_path / "here"), on_s3(bucket, tmp_path / "there")
    old = here.publish("tenant", adapter, weights)
    new = there.publish("tenant", adapter, weights)  # the same content again, elsewhere
    here.delete(old)
    assert on_s3(bucket, tmp_path / "a third one").folder(new).is_dir()


def test_damaged_version_is_never_used(
    s3: S3Server, bucket: Bucket, tmp_path: Path, adapter: CleanAdapter, weights: Path
) -> None:
    path = on_s3(bucket, tmp_path / "here").publish("tenant", adapter, weights)
    there = on_s3(bucket, tmp_path / "there")
    with s3.spoiled(only("GET", other_bytes)), pytest.raises(NotFound, match="damaged"):
        there.folder(path)
    bucket.delete(f"adapters/{path}/{WEIGHTS}")
    with pytest.raises(NotFound, match="gone or damaged"):
        there.folder(path)
    weights.write_bytes(b"other tensors")
    bucket.put(f"adapters/{path}/{WEIGHTS}", weights, "e" * 64)
    with pytest.raises(NotFound, match="damaged"):
        there.folder(path)


def test_files_of_another_version_are_never_used(
    bucket: Bucket, tmp_path: Path, adapter: CleanAdapter, weights: Path
) -> None:
    """Whole objects in the wrong place: the content does not fit the name."""
    files = on_s3(bucket, tmp_path / "here")
    path = files.publish("tenant", adapter, weights)
    for name in (CONFIG, WEIGHTS):
        copy = tmp_path / name
        bucket.fetch(f"adapters/{path}/{name}", copy)
        bucket.put(f"adapters/tenant/0123456789abcdef-00/{name}", copy, bucket.sha256(f"adapters/{path}/{name}") or "")
    with pytest.raises(NotFound, match="damaged"):
        files.folder("tenant/0123456789abcdef-00")


def test_sweep_deletes_publications_that_were_never_recorded(
    bucket: Bucket, tmp_path: Path, adapter: CleanAdapter, weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = on_s3(bucket, tmp_path / "here")
    kept, orphan = files.publish("tenant", adapter, weights), files.publish("tenant", adapter, weights)
    assert files.sweep({kept}) == 0, "it may be about to be recorded"
    monkeypatch.setattr("app.adapters.files.s3.ORPHAN_AGE_S", -60.0)
    assert files.sweep({kept}) == 1
    assert not [one.key for one in bucket.list(f"adapters/{orphan}/")]
    assert on_s3(bucket, tmp_path / "there").folder(kept).is_dir()
