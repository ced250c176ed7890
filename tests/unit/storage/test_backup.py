"""A backup taken while others write is whole, and what is restored from it answers the same."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from app.bootstrap.storage import changes_of
from app.errors import Conflict, InvalidRequest
from app.index.index_cache import IndexCache
from app.storage.backup import DATABASE, MANIFEST, back_up, restore
from app.storage.blobs.local import LocalBlobs
from app.storage.database import Database, open_database
from app.storage.sqlite.files import integrity
from tests.support.storage_factories import DIMENSION, FINGERPRINT, make_ready, ready, vectors

QUERY = vectors(1, seed=99)[0]


def with_file(db: Database, tenant_id: str, name: str) -> str:
    """A ready document whose file lies in the blob folder; the blob's name."""
    writer = LocalBlobs(db.data_dir / "blobs").writer(1000)
    writer.write(name.encode())
    staged = writer.commit()
    with db.write_tenant(tenant_id) as store:
        document, _ = store.documents.upload(
            collection="default",
            filename=name,
            metadata={},
            sha256=staged.sha256,
            size_bytes=staged.size_bytes,
            media_type="text/plain",
            blob=staged.name,
        )
    make_ready(db, tenant_id, document.latest.id, [name])
    return staged.name


def hits(db: Database, tenant_id: str) -> list[tuple[int, float]]:
    return (
        IndexCache(db.data_dir / "index", DIMENSION, FINGERPRINT, changes_of(db)).for_tenant(tenant_id).search(QUERY, 5)
    )


def reopened(data_dir: Path) -> Database:
    return open_database(data_dir)


def test_restored_folder_has_the_same_search_results_and_files(db: Database, tenant_id: str, tmp_path: Path) -> None:
    blob = with_file(db, tenant_id, "a.txt")
    ready(db, tenant_id, "b.txt", ["one", "two"])
    back_up(db, tmp_path / "backup")
    restore(tmp_path / "backup", tmp_path / "restored")
    other = reopened(tmp_path / "restored")
    assert hits(other, tenant_id) == hits(db, tenant_id)
    assert LocalBlobs(tmp_path / "restored" / "blobs").path(blob).read_bytes() == b"a.txt"
    other.close()


def test_backup_during_writes_is_consistent_and_has_all_its_files(db: Database, tenant_id: str, tmp_path: Path) -> None:
    stop, written = threading.Event(), []

    def write() -> None:
        while not stop.is_set():
            written.append(with_file(db, tenant_id, f"{len(written)}.txt"))

    for i in range(20):
        with_file(db, tenant_id, f"before {i}.txt")
    writer = threading.Thread(target=write)
    writer.start()
    while len(written) < 3:
        pass
    backup = back_up(db, tmp_path / "backup")
    more = len(written)
    stop.set()
    writer.join()
    assert backup.missing == ()
    assert integrity(tmp_path / "backup" / DATABASE) == "ok"
    restore(tmp_path / "backup", tmp_path / "restored")
    other = reopened(tmp_path / "restored")
    with other.read_tenant(tenant_id) as store:
        documents = store.documents.page(limit=1000).data
    assert 23 <= len(documents) <= 21 + more
    assert (
        sum(document.live is not None for document in documents) >= len(documents) - 1
    )  # the newest may be on its way
    for document in documents:
        assert LocalBlobs(tmp_path / "restored" / "blobs").path(document.latest.blob).read_bytes()
    other.close()


@pytest.mark.parametrize("victim", [MANIFEST, DATABASE, "blob"])
@pytest.mark.parametrize("damage", ["changed", "gone"])
def test_damaged_backup_is_refused(db: Database, tenant_id: str, tmp_path: Path, victim: str, damage: str) -> None:
    blob = with_file(db, tenant_id, "a.txt")
    back_up(db, tmp_path / "backup")
    path = tmp_path / "backup" / (f"blobs/{blob[:2]}/{blob}" if victim == "blob" else victim)
    path.unlink() if damage == "gone" else path.write_bytes(path.read_bytes()[:-3] + b"xyz")
    with pytest.raises(InvalidRequest, match="damaged"):
        restore(tmp_path / "backup", tmp_path / "restored")
    assert not (tmp_path / "restored").exists()


def test_manifest_with_a_path_outside_the_backup_is_refused(db: Database, tenant_id: str, tmp_path: Path) -> None:
    back_up(db, tmp_path / "backup")
    (tmp_path / "secret").write_text("s")
    manifest = tmp_path / "backup" / MANIFEST
    content = json.loads(manifest.read_text())
    content["files"]["../secret"] = "043a718774c572bd8a25adbeb1bfcd5c0256ae11cecf9f9c3f925d0e52beaf89"
    manifest.write_text(json.dumps(content))
    with pytest.raises(InvalidRequest, match="damaged"):
        restore(tmp_path / "backup", tmp_path / "restored")


@pytest.mark.only_on("sqlite", "its file is in the folder")
def test_existing_folders_are_not_overwritten(db: Database, tenant_id: str, tmp_path: Path) -> None:
    back_up(db, tmp_path / "backup")
    with pytest.raises(Conflict, match="exists"):
        back_up(db, tmp_path / "backup")
    with pytest.raises(Conflict, match="not empty"):
        restore(tmp_path / "backup", db.data_dir)


def test_missing_file_is_recorded_and_the_others_are_copied(db: Database, tenant_id: str, tmp_path: Path) -> None:
    blob = with_file(db, tenant_id, "a.txt")
    LocalBlobs(db.data_dir / "blobs").delete(blob)
    assert back_up(db, tmp_path / "backup").missing == (f"blobs/{blob[:2]}/{blob}",)
    restore(tmp_path / "backup", tmp_path / "restored")
