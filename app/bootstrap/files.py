"""Builds the stores of files that the settings name: a local folder or S3-compatible storage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from app.adapters.files.base import AdapterFiles
from app.adapters.files.local import LocalAdapterFiles
from app.errors import AppError, InvalidRequest
from app.settings import Settings
from app.storage.blobs.base import BlobStore
from app.storage.blobs.bucket import Bucket, BucketAddress
from app.storage.blobs.file_set import ADAPTERS, BLOBS, BucketFiles, FileSet, FolderFiles
from app.storage.blobs.local import LocalBlobs
from app.storage.blobs.node_cache import NodeCache
from app.storage.blobs.s3 import S3Blobs

if TYPE_CHECKING:  # torch stays out of commands that need no model
    from app.operations.diagnosis.finding import Finding

PAGES, CACHE = "pages", "cache"  # in the data folder, beside the folders of a FileSet


def open_bucket(settings: Settings) -> Bucket | None:
    """The bucket of the settings; None if files lie in the data folder. Nothing is sent yet.

    Raises InvalidRequest naming the setting that is wrong or missing.
    """
    return None if settings.blob_store == "local" else Bucket(bucket_address(settings))


def bucket_address(settings: Settings) -> BucketAddress:
    """Where the bucket of the settings is. Raises InvalidRequest if they name none."""
    if not settings.s3_bucket:
        raise InvalidRequest("LORACLE_BLOB_STORE=s3 needs LORACLE_S3_BUCKET.", param="s3_bucket")
    secret = settings.s3_secret_access_key.get_secret_value()
    if bool(settings.s3_access_key_id) != bool(secret):
        raise InvalidRequest("Set both LORACLE_S3_ACCESS_KEY_ID and LORACLE_S3_SECRET_ACCESS_KEY, or neither.")
    return BucketAddress(
        bucket=settings.s3_bucket,
        prefix=settings.s3_prefix,
        endpoint_url=settings.s3_endpoint_url,
        public_endpoint_url=settings.s3_public_endpoint_url,
        region=settings.s3_region,
        access_key_id=settings.s3_access_key_id,
        secret_access_key=secret,
        timeout_s=settings.s3_timeout_s,
    )


def check_files(settings: Settings) -> None:
    """Write, read and delete a file in S3-compatible storage. Raises what says which setting or right is wrong."""
    if (bucket := open_bucket(settings)) is not None:
        bucket.check()


def file_set(settings: Settings, root: Path) -> FileSet:
    """The stored files by their paths, for backups. `root` is the data folder."""
    bucket = open_bucket(settings)
    return FolderFiles(root) if bucket is None else BucketFiles(bucket)


def diagnose_files(settings: Settings) -> Iterator[Finding]:
    """Whether the S3-compatible storage of the settings takes, gives and deletes files."""
    from app.operations.diagnosis.finding import Finding

    if settings.blob_store == "local":
        return
    try:
        check_files(settings)
    except AppError as fault:
        yield Finding("file storage", fault.message, False)
    else:
        yield Finding("file storage", f"bucket {settings.s3_bucket} can be written, read and deleted from", True)


def build_blobs(settings: Settings, root: Path, bucket: Bucket | None) -> BlobStore:
    """Build the store of uploads and of rows to train on. `root` is the data folder."""
    if bucket is None:
        return LocalBlobs(root / BLOBS, derived=root / PAGES)
    cache = NodeCache(root / CACHE / BLOBS, settings.s3_cache_bytes)
    return S3Blobs(bucket, cache, root / PAGES, presigned=settings.s3_presigned)


def build_adapter_files(settings: Settings, root: Path, bucket: Bucket | None) -> AdapterFiles:
    """Build the store of adapter versions. `root` is the data folder."""
    if bucket is None:
        return LocalAdapterFiles(root / ADAPTERS)
    from app.adapters.files.s3 import IDLE_S, S3AdapterFiles

    return S3AdapterFiles(bucket, NodeCache(root / CACHE / ADAPTERS, settings.s3_cache_bytes, idle_s=IDLE_S))
