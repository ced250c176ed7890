"""The contract of every store of files: the same tests on a local folder and on S3-compatible storage."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.errors import NotFound, PayloadTooLarge
from app.storage.blobs.base import BlobStore, StagedBlob, open_blob
from app.storage.blobs.bucket import PART_BYTES, Bucket
from app.storage.blobs.local import LocalBlobs
from app.storage.blobs.node_cache import NodeCache
from app.storage.blobs.s3 import S3Blobs
from tests.support.s3 import S3Server

Machine = Callable[[str], BlobStore]  # the store, as the machine of that name sees it
MEGABYTE = b"0123456789abcdef" * 2**16


@pytest.fixture(params=["local", "s3"])
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Machine:
    if request.param == "local":
        return lambda _name: LocalBlobs(tmp_path / "blobs", derived=tmp_path / "pages")
    server: S3Server = request.getfixturevalue("s3")
    bucket = Bucket(server.address(prefix="some/prefix"))
    return lambda name: S3Blobs(bucket, NodeCache(tmp_path / name / "cache", 10**8), tmp_path / name / "pages")


@pytest.fixture
def blobs(machine: Machine) -> BlobStore:
    return machine("here")


def stored(blobs: BlobStore, *pieces: bytes) -> StagedBlob:
    writer = blobs.writer(10**8)
    for piece in pieces:
        writer.write(piece)
    return writer.commit()


def test_file_is_read_as_it_was_written(blobs: BlobStore) -> None:
    staged = stored(blobs, b"one ", b"two")
    assert staged.size_bytes == 7
    assert staged.sha256 == hashlib.sha256(b"one two").hexdigest()
    with blobs.hold(staged.name) as path:
        assert path.read_bytes() == b"one two"
    with open_blob(blobs, staged.name) as file:
        file.seek(4)
        assert file.read() == b"two"


def test_empty_file_is_a_file(blobs: BlobStore) -> None:
    name = stored(blobs).name
    with open_blob(blobs, name) as file:
        assert file.read() == b""


def test_file_larger_than_a_part_is_read_as_it_was_written_on_another_machine(machine: Machine) -> None:
    pieces = [MEGABYTE] * (PART_BYTES // len(MEGABYTE) * 2 + 1)
    staged = stored(machine("here"), *pieces)
    with machine("there").hold(staged.name) as path:
        assert path.stat().st_size == len(pieces) * len(MEGABYTE)
        assert hashlib.sha256(path.read_bytes()).hexdigest() == staged.sha256


def test_same_bytes_stored_twice_are_two_files(machine: Machine) -> None:
    one, two = stored(machine("here"), b"same"), stored(machine("there"), b"same")
    assert one.name != two.name
    assert one.sha256 == two.sha256
    machine("here").delete(one.name)
    assert machine("here").exists(two.name)


def test_too_large_file_is_not_stored(blobs: BlobStore, tmp_path: Path) -> None:
    writer = blobs.writer(5)
    with pytest.raises(PayloadTooLarge):
        writer.write(b"123456")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    assert blobs.sweep(set(), older_than_s=-60) == 0


def test_aborted_file_is_not_stored(blobs: BlobStore, tmp_path: Path) -> None:
    writer = blobs.writer(100)
    writer.write(b"half")
    writer.abort()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    assert blobs.sweep(set(), older_than_s=-60) == 0


@pytest.mark.parametrize("name", ["../secret", "a/b", "..", "a\0b"])
def test_name_with_a_path_is_refused(blobs: BlobStore, name: str) -> None:
    for use in (blobs.hold, blobs.exists, blobs.delete):
        with pytest.raises(ValueError, match="not a blob name"):
            use(name)


def test_file_that_was_not_kept_is_gone(blobs: BlobStore) -> None:
    for use in (blobs.hold, blobs.exists, blobs.delete):
        with pytest.raises(NotFound, match="gone; upload it again"):
            use("")


def test_missing_file_raises_not_found(blobs: BlobStore) -> None:
    assert not blobs.exists("abcdef")
    with pytest.raises(NotFound, match="gone; upload it again"):
        blobs.hold("abcdef")


def test_deleted_file_is_gone_for_every_machine_and_may_be_deleted_again(machine: Machine) -> None:
    name = stored(machine("here"), b"text").name
    machine("there").delete(name)
    assert not machine("here").exists(name)
    with pytest.raises(NotFound):
        machine("a third one").hold(name)
    machine("there").delete(name)


def test_what_was_derived_is_deleted_with_the_file(blobs: BlobStore, tmp_path: Path) -> None:
    name = stored(blobs, b"text").name
    home = next(tmp_path / place for place in ("here", "") if (tmp_path / place).is_dir())
    derived = home / "pages" / name[:2] / name
    derived.mkdir(parents=True)
    blobs.delete(name)
    assert not derived.exists()


def test_file_deleted_while_it_is_held_is_read_to_its_end(machine: Machine) -> None:
    staged = stored(machine("here"), MEGABYTE, MEGABYTE)
    with open_blob(machine("there"), staged.name) as file:
        first = file.read(1000)
        machine("here").delete(staged.name)
        machine("there").delete(staged.name)
        assert hashlib.sha256(first + file.read()).hexdigest() == staged.sha256


def test_sweep_deletes_only_what_no_row_refers_to(blobs: BlobStore) -> None:
    kept, orphan = stored(blobs, b"kept").name, stored(blobs, b"orphan").name
    assert blobs.sweep({kept}) == 0  # it may be an upload in progress
    assert blobs.sweep({kept}, older_than_s=-60) == 1
    assert (blobs.exists(kept), blobs.exists(orphan)) == (True, False)


def test_200_concurrent_reads_each_get_the_whole_file(machine: Machine) -> None:
    names = {stored(machine("here"), bytes([letter]) * 50_000).name: letter for letter in range(10)}
    reader = machine("there")

    def read(name: str) -> bool:
        with reader.hold(name) as path:
            return path.read_bytes() == bytes([names[name]]) * 50_000

    with ThreadPoolExecutor(40) as threads:
        assert all(threads.map(read, list(names) * 20))


def test_reads_beside_a_deletion_get_the_whole_file_or_not_found(machine: Machine) -> None:
    staged = stored(machine("here"), MEGABYTE)
    outcomes: set[str] = set()

    def read(number: int) -> None:
        try:
            with machine(f"reader {number % 4}").hold(staged.name) as path:
                content = path.open("rb")
            with content:
                whole = hashlib.sha256(content.read()).hexdigest() == staged.sha256
            outcomes.add("whole" if whole else "not whole")
        except (NotFound, FileNotFoundError):
            outcomes.add("gone")

    with ThreadPoolExecutor(8) as threads:
        reads = [threads.submit(read, number) for number in range(40)]
        time.sleep(0.02)
        threads.submit(machine("here").delete, staged.name).result()
        for one in reads:
            one.result()
    assert outcomes <= {"whole", "gone"}
    with pytest.raises(NotFound):
        machine("a new one").hold(staged.name)
