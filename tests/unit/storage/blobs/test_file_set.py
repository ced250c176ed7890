"""Backups of files in object storage, and the way there from the data folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import Conflict
from app.storage.backup import back_up, restore
from app.storage.blobs.base import BlobStore, open_blob
from app.storage.blobs.bucket import Bucket
from app.storage.blobs.file_set import BucketFiles, CopiedFiles, FolderFiles, copy_referenced
from app.storage.blobs.local import LocalBlobs
from app.storage.blobs.node_cache import NodeCache
from app.storage.blobs.s3 import S3Blobs
from app.storage.database import Database
from tests.support.s3 import S3Server

FILES = ("adapter_config.json", "adapter_model.safetensors")


@pytest.fixture
def bucket(s3: S3Server) -> Bucket:
    return Bucket(s3.address())


def on_s3(bucket: Bucket, folder: Path) -> S3Blobs:
    return S3Blobs(bucket, NodeCache(folder / "cache", 10**8), folder / "pages")


def with_file(db: Database, tenant_id: str, blobs: BlobStore, content: bytes) -> str:
    """A recorded file; the name of its blob."""
    writer = blobs.writer(1000)
    writer.write(content)
    staged = writer.commit()
    with db.write_tenant(tenant_id) as store:
        store.documents.upload(
            collection="default",
            filename=content.decode(),
            metadata={},
            sha256=staged.sha256,
            size_bytes=staged.size_bytes,
            media_type="text/plain",
            blob=staged.name,
        )
    return staged.name


def with_adapter(db: Database, tenant_id: str, path: str) -> None:
    with db.write_tenant(tenant_id) as store:
        store.adapters.add(
            "style",
            "0123456789abcdef",
            path=path,
            rank=8,
            alpha=16.0,
            target_modules=("q_proj",),
            size_bytes=1,
            base_fingerprint="base",
        )


def content(blobs: BlobStore, name: str) -> bytes:
    with open_blob(blobs, name) as file:
        return file.read()


def test_backup_of_object_storage_is_restored_into_another_and_into_a_folder(
    db: Database, tenant_id: str, s3: S3Server, bucket: Bucket, tmp_path: Path
) -> None:
    blobs = on_s3(bucket, tmp_path)
    name = with_file(db, tenant_id, blobs, b"a.txt")
    path = f"adapters/{tenant_id}/0123456789abcdef-00"
    with_adapter(db, tenant_id, path.partition("/")[2])
    for file in FILES:
        (tmp_path / file).write_text(file)
        BucketFiles(bucket).load(f"{path}/{file}", tmp_path / file)
    made = back_up(db, tmp_path / "backup", BucketFiles(bucket))
    assert len(made.files) == 4
    assert made.missing == ()
    other = Bucket(s3.address())
    restore(tmp_path / "backup", tmp_path / "there", stored=BucketFiles(other))
    assert content(on_s3(other, tmp_path / "new"), name) == b"a.txt"
    assert [one.key for one in other.list("adapters/")] == [f"{path}/{file}" for file in FILES]
    restore(tmp_path / "backup", tmp_path / "folder")
    assert content(LocalBlobs(tmp_path / "folder" / "blobs"), name) == b"a.txt"
    assert (tmp_path / "folder" / path / FILES[1]).read_text() == FILES[1]


def test_backup_without_files_needs_them_where_they_were(
    db: Database, tenant_id: str, bucket: Bucket, tmp_path: Path
) -> None:
    name = with_file(db, tenant_id, on_s3(bucket, tmp_path), b"a.txt")
    made = back_up(db, tmp_path / "backup", BucketFiles(bucket), with_files=False)
    assert (list(made.files), len(made.left), made.missing) == (["loracle.db"], 1, ())
    restore(tmp_path / "backup", tmp_path / "restored", stored=BucketFiles(bucket))
    bucket.delete(f"blobs/{name}")
    with pytest.raises(Conflict, match="1 of them are not in the storage"):
        restore(tmp_path / "backup", tmp_path / "again", stored=BucketFiles(bucket))


@pytest.mark.parametrize("damage", ["gone", "changed"])
def test_missing_or_damaged_object_is_recorded_and_the_others_are_copied(
    db: Database, tenant_id: str, bucket: Bucket, tmp_path: Path, damage: str
) -> None:
    blobs = on_s3(bucket, tmp_path)
    name, other = with_file(db, tenant_id, blobs, b"a.txt"), with_file(db, tenant_id, blobs, b"b.txt")
    digest = bucket.sha256(f"blobs/{name}") or ""
    bucket.delete(f"blobs/{name}")
    if damage == "changed":
        (tmp_path / "changed").write_bytes(b"other bytes")
        bucket.put(f"blobs/{name}", tmp_path / "changed", digest)
    made = back_up(db, tmp_path / "backup", BucketFiles(bucket))
    assert made.missing == (f"blobs/{name[:2]}/{name}",)
    restore(tmp_path / "backup", tmp_path / "restored")
    assert content(LocalBlobs(tmp_path / "restored" / "blobs"), other) == b"b.txt"


def test_files_are_copied_once_and_answer_from_the_storage(
    db: Database, tenant_id: str, bucket: Bucket, tmp_path: Path
) -> None:
    local = LocalBlobs(db.data_dir / "blobs")
    names = [with_file(db, tenant_id, local, text) for text in (b"a.txt", b"b.txt", b"lost.txt")]
    local.delete(names[2])
    folder = db.data_dir / "adapters" / tenant_id / "0123456789abcdef"
    folder.mkdir(parents=True)
    for file in FILES:
        (folder / file).write_text(file)
    with_adapter(db, tenant_id, f"{tenant_id}/0123456789abcdef")
    source, target = FolderFiles(db.data_dir), BucketFiles(bucket)
    missing = [f"blobs/{names[2][:2]}/{names[2]}"]
    assert copy_referenced(db, source, target) == CopiedFiles(4, 0, missing)
    assert copy_referenced(db, source, target) == CopiedFiles(0, 4, missing)
    assert content(on_s3(bucket, tmp_path), names[1]) == b"b.txt"


def test_another_file_in_the_way_is_not_replaced(db: Database, tenant_id: str, bucket: Bucket, tmp_path: Path) -> None:
    name = with_file(db, tenant_id, LocalBlobs(db.data_dir / "blobs"), b"a.txt")
    (tmp_path / "other").write_bytes(b"other")
    bucket.put(f"blobs/{name}", tmp_path / "other", "0" * 64)
    with pytest.raises(Conflict, match="LORACLE_S3_PREFIX"):
        copy_referenced(db, FolderFiles(db.data_dir), BucketFiles(bucket))
