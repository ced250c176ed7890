"""Builds what lies in the data folder: the database, the uploaded files and the paths of everything else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.adapters.files.base import AdapterFiles
from app.bootstrap.files import PAGES, build_adapter_files, build_blobs, open_bucket
from app.settings import Settings
from app.storage.blobs.base import BlobStore
from app.storage.blobs.file_set import ADAPTERS
from app.storage.database import Database, migrate, open_database

if TYPE_CHECKING:  # numpy stays out of commands that need no index
    from app.embeddings.base import Embedder
    from app.index.change_feed import ChangeFeed, OpenChangeFeed


@dataclass(frozen=True, slots=True)
class Storage:
    """The data folder without any model: enough for the command line and for a worker's queue."""

    settings: Settings  # for the other modules of this package; nothing else reads them
    db: Database
    blobs: BlobStore
    adapters: AdapterFiles
    page_cache_dir: Path
    adapters_dir: Path  # of adapter files, and of temporary ones beside them
    index_dir: Path
    trainings_dir: Path


def open_storage(settings: Settings) -> Storage:
    """Migrate and open the data folder. The caller closes `db`."""
    root = settings.data_dir.expanduser().resolve()
    bucket = open_bucket(settings)
    migrate(root, settings.database_url)
    return Storage(
        settings=settings,
        db=open_database(root, settings.database_url, pool_size=settings.database_pool_size),
        blobs=build_blobs(settings, root, bucket),
        adapters=build_adapter_files(settings, root, bucket),
        page_cache_dir=root / PAGES,
        adapters_dir=root / ADAPTERS,
        index_dir=root / "index",
        trainings_dir=root / "trainings",
    )


def changes_of(db: Database) -> OpenChangeFeed:
    """Opens a tenant's change log, from which its indexes follow the database."""

    @contextmanager
    def changes(tenant_id: str, writable: bool) -> Iterator[ChangeFeed]:
        with db.write_tenant(tenant_id) if writable else db.read_tenant(tenant_id) as store:
            yield store.changes

    return changes


def static_vectors_of(db: Database, embedder: Embedder) -> OpenChangeFeed:
    """Opens a tenant's change log with vectors that `embedder` computes from the passages' text on demand."""

    @contextmanager
    def changes(tenant_id: str, writable: bool) -> Iterator[ChangeFeed]:
        with db.write_tenant(tenant_id) if writable else db.read_tenant(tenant_id) as store:
            yield store.static_vector_feed(embedder.embed_passages)

    return changes
