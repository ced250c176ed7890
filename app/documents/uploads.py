"""Uploads: checked, staged as a blob, recorded as a document with its job."""

from __future__ import annotations

import json
from typing import Any

from fastapi import UploadFile
from pydantic import TypeAdapter, ValidationError

from app.bootstrap.runtime import Runtime
from app.documents.parsing.media_types import detect_media_type
from app.domain.documents import Document
from app.errors import InvalidRequest
from app.http.schemas import Metadata, encodable
from app.storage.blobs import StagedBlob

PIECE = 1 << 20
METADATA: TypeAdapter[dict[str, Any]] = TypeAdapter(Metadata)


def staged_upload(runtime: Runtime, file: UploadFile) -> StagedBlob:
    """The upload as a blob, whole and durable; its type is checked before it is kept."""
    blobs = runtime.storage.blobs
    writer = blobs.writer(runtime.limits.upload_bytes)
    while piece := file.file.read(PIECE):
        writer.write(piece)
    blob = writer.commit()
    try:
        if not blob.size_bytes:
            raise InvalidRequest("The file is empty.", param="file", code="empty_document")
        detect_media_type(blobs.path(blob.name), file.filename or "")
    except BaseException:
        blobs.delete(blob.name)
        raise
    return blob


def record_upload(
    runtime: Runtime, tenant_id: str, blob: StagedBlob, filename: str, collection: str, metadata: dict[str, Any]
) -> tuple[Document, bool]:
    """Document, version and job of a file that is staged; the blob is deleted if it is not needed."""
    blobs = runtime.storage.blobs
    try:
        media_type = detect_media_type(blobs.path(blob.name), filename)
        with runtime.storage.db.write_tenant(tenant_id) as store:
            document, created = store.documents.upload(
                collection=collection,
                filename=filename,
                metadata=metadata,
                sha256=blob.sha256,
                size_bytes=blob.size_bytes,
                media_type=media_type,
                blob=blob.name,
            )
    except BaseException:
        blobs.delete(blob.name)
        raise
    if not created:
        blobs.delete(blob.name)
    return document, created


def checked_filename(declared: str) -> str:
    """The last part of the declared name: a label, never a path."""
    name = declared.replace("\\", "/").rsplit("/", 1)[-1].strip()
    name = "".join(char for char in name if char.isprintable())[:255]
    if not name or name in {".", ".."}:
        raise InvalidRequest("Send the file with a file name.", param="file")
    return checked_text("file", name)


def checked_text(param: str, text: str) -> str:
    try:
        return encodable(text)
    except ValueError as fault:
        raise InvalidRequest(f"{param} {fault}.", param=param) from None


def checked_metadata(raw: str) -> dict[str, Any]:
    try:
        return METADATA.validate_python(json.loads(raw, parse_constant=_no_constant))
    except (ValueError, ValidationError, RecursionError):
        raise InvalidRequest(
            "metadata must be a JSON object of up to 64 fields whose values are strings (up to 1,000 characters), "
            'numbers or booleans, for example {"year": 2026}.',
            param="metadata",
        ) from None


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")
