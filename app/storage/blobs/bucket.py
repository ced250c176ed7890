"""One bucket of S3-compatible storage: its calls with timeouts, retries, hashes, and errors that say what to do."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote
from weakref import finalize

import structlog

from app.errors import InvalidRequest
from app.storage.blobs.base import file_damaged, file_gone, new_name
from app.storage.blobs.bucket_faults import BucketFault, Missing, bucket_fault, is_cut_off, is_taken, is_unsupported

log = structlog.get_logger(__name__)
SHA256 = "sha256"  # in an object's metadata: of the bytes that were stored
PART_BYTES = 16 * 2**20  # of an upload in parts; a smaller file is one request
PARTS_AT_ONCE = 4
PIECE_BYTES = 1 << 20
ATTEMPTS = 3  # of each request, and of each download that ends too early
CONNECT_TIMEOUT_S = 3.0
CONNECTIONS = 64
URL_LIFE_S = 300
LISTED_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class BucketAddress:
    """Where a bucket is and who asks. Empty: as the client's own configuration says (environment, role, profile)."""

    bucket: str
    prefix: str = ""  # before every key
    endpoint_url: str = ""
    public_endpoint_url: str = ""  # in URLs for browsers; empty: the same
    region: str = ""
    access_key_id: str = ""
    secret_access_key: str = field(default="", repr=False)
    timeout_s: float = 10.0  # for each answer


@dataclass(frozen=True, slots=True)
class StoredObject:
    key: str
    modified_at: datetime


class Bucket:
    """Objects by their keys, below the prefix. Thread-safe. Every method raises BucketFault, which is Unavailable."""

    def __init__(self, address: BucketAddress) -> None:
        """Raises InvalidRequest if the settings are no address. Nothing is sent yet."""
        self._address = address
        self._client = _client(address, address.endpoint_url)
        self._public_client = self._client
        if address.public_endpoint_url:
            self._public_client = _client(address, address.public_endpoint_url)
        finalize(self, self._client.close)  # its connections; the other client signs, and sends nothing
        self._once: dict[str, str] = {"IfNoneMatch": "*"}  # until the store says that it does not know it

    def put(self, key: str, path: Path, sha256: str) -> None:
        """Store a file under a key that has none yet. Large files go in parts, which are taken back after a fault.

        Raises FileExistsError if the key has other bytes.
        """
        try:
            with self._translated():
                self._put(key, path, sha256)
        except FileExistsError:
            if self.sha256(key) != sha256:  # equal: stored by an earlier attempt of ours, or by another process
                raise

    def fetch(self, key: str, target: Path) -> None:
        """Write an object to a file and check its bytes. Raises NotFound if it is gone or not what was stored."""
        for left in reversed(range(ATTEMPTS)):
            try:
                with self._translated():
                    expected, found = self._download(key, target)
            except Missing:
                raise file_gone() from None
            except EOFError as fault:
                if not left:
                    raise BucketFault(f"downloads break off: {fault}") from fault
                continue
            if found == expected:
                return
        log.error("stored_file_damaged", key=key, sha256=found, stored_with_sha256=expected)
        raise file_damaged()

    def sha256(self, key: str) -> str | None:
        """The hash that was stored with an object; None if there is no such object."""
        try:
            with self._translated():
                metadata = self._client.head_object(**self._at(key))["Metadata"]
        except Missing:
            return None
        return str(metadata.get(SHA256, ""))

    def delete(self, key: str) -> None:
        """Delete an object, if it is there."""
        with suppress(Missing), self._translated():
            self._client.delete_object(**self._at(key))

    def list(self, prefix: str) -> Iterator[StoredObject]:
        """The objects whose keys begin with `prefix`."""
        start = len(self._key(""))
        with self._translated():
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self._address.bucket, Prefix=self._key(prefix), PaginationConfig={"PageSize": LISTED_AT_ONCE}
            )
            for page in pages:
                for one in page.get("Contents", ()):
                    yield StoredObject(one["Key"][start:], one["LastModified"])

    def url(self, key: str, filename: str) -> str:
        """A signed URL from which a browser saves the object as `filename` for URL_LIFE_S seconds."""
        shown = {
            "ResponseContentDisposition": f"attachment; filename*=UTF-8''{quote(filename, safe='')}",
            "ResponseContentType": "application/octet-stream",
            "ResponseCacheControl": "private, no-store",
        }
        with self._translated():
            url: str = self._public_client.generate_presigned_url(
                "get_object", Params={**self._at(key), **shown}, ExpiresIn=URL_LIFE_S
            )
        return url

    def check(self) -> None:
        """Write, read and delete an object. Raises BucketFault whose message says what an operator has to do."""
        at, content = self._at(f"check/{new_name()}"), b"loracle"
        try:
            with self._translated():
                self._client.put_object(**at, Body=content)
                self._client.get_object(**at)["Body"].read()
                self._client.delete_object(**at)
        except BucketFault as fault:
            raise fault.for_operator() from fault

    def _put(self, key: str, path: Path, sha256: str) -> None:
        metadata, in_parts = {SHA256: sha256}, path.stat().st_size > PART_BYTES
        if (in_parts or not self._once) and self.sha256(key) is not None:  # the store itself does not look
            raise FileExistsError(key)
        if in_parts:
            self._put_in_parts(key, path, metadata)
            return
        try:
            with path.open("rb") as file:
                self._client.put_object(**self._at(key), Body=file, Metadata=metadata, **self._once)
        except Exception as fault:
            if is_taken(fault):
                raise FileExistsError(key) from fault
            if not self._once or not is_unsupported(fault):
                raise
            self._once = {}
            self._put(key, path, sha256)

    def _put_in_parts(self, key: str, path: Path, metadata: dict[str, str]) -> None:
        from boto3.s3.transfer import TransferConfig, create_transfer_manager

        config = TransferConfig(
            multipart_threshold=PART_BYTES, multipart_chunksize=PART_BYTES, max_concurrency=PARTS_AT_ONCE
        )
        with create_transfer_manager(self._client, config) as transfers:
            at = self._at(key)
            transfers.upload(str(path), at["Bucket"], at["Key"], {"Metadata": metadata}).result()

    def _download(self, key: str, target: Path) -> tuple[str, str]:
        """(stored hash, hash of what came). Raises EOFError if the connection broke off."""
        answer, digest = self._client.get_object(**self._at(key)), hashlib.sha256()
        try:
            with target.open("wb") as file:
                for piece in answer["Body"].iter_chunks(PIECE_BYTES):
                    file.write(piece)
                    digest.update(piece)
        except Exception as fault:
            if is_cut_off(fault):
                raise EOFError(str(fault)) from fault
            raise
        return answer["Metadata"].get(SHA256, ""), digest.hexdigest()

    def _at(self, key: str) -> dict[str, str]:
        return {"Bucket": self._address.bucket, "Key": self._key(key)}

    def _key(self, key: str) -> str:
        return f"{self._address.prefix}/{key}" if self._address.prefix else key

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn the client's errors into Missing and BucketFault."""
        try:
            yield
        except Exception as fault:
            translated = bucket_fault(fault, self._address.bucket, self._client.meta.endpoint_url)
            if translated is None:
                raise
            raise translated from fault


def _client(address: BucketAddress, endpoint_url: str) -> Any:
    try:
        import boto3
        from botocore.config import Config
    except ImportError:
        raise InvalidRequest(
            'LORACLE_BLOB_STORE=s3 needs the package boto3: run `pip install "loracle[s3]"`, in a checkout '
            '`.venv/bin/pip install -e ".[s3]"`.',
            param="blob_store",
        ) from None
    config = Config(
        connect_timeout=CONNECT_TIMEOUT_S,
        read_timeout=address.timeout_s,
        retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
        max_pool_connections=CONNECTIONS,
        tcp_keepalive=True,
        signature_version="s3v4",
        # The signature covers the hash of each body, which every store checks; not all know the newer checksums.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        s3={"payload_signing_enabled": True, "addressing_style": "path" if endpoint_url else "auto"},
    )
    try:
        return boto3.session.Session().client(
            "s3",
            endpoint_url=endpoint_url or None,
            region_name=address.region or None,
            aws_access_key_id=address.access_key_id or None,
            aws_secret_access_key=address.secret_access_key or None,
            config=config,
        )
    except ValueError as fault:
        raise InvalidRequest(f"LORACLE_S3_ENDPOINT_URL: {fault}", param="s3_endpoint_url") from None
