"""Vector stores of OpenAI's clients: collections, with what a client says of them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.documents import DocumentStatus

PREFIX = "vs_"
MADE_ELSEWHERE = "0" * 12  # in the place of the time that ids of stores begin with: these come last


@dataclass(frozen=True, slots=True)
class VectorStore:
    """A collection as a vector store."""

    id: str
    collection: str  # its name under /api/v1
    name: str
    description: str | None
    metadata: dict[str, str]
    created_at: datetime
    last_active_at: datetime  # of its newest upload
    usage_bytes: int  # of the files of its documents
    counts: Mapping[DocumentStatus, int] = field(default_factory=dict)  # its documents by the state of the newest file


@dataclass(frozen=True, slots=True)
class VectorStoreChanges:
    """What a client says of a store; None leaves what is there."""

    name: str | None = None
    description: str | None = None
    metadata: Mapping[str, str] | None = None


def id_of_collection(tenant_id: str, name: str) -> str:
    """The id of a collection that no client made as a vector store: always the same, of no use to other tenants."""
    digest = hashlib.sha256(f"{tenant_id}/{name}".encode()).hexdigest()
    return f"{PREFIX}{MADE_ELSEWHERE}{digest[:16]}"
