"""The shapes of adapters that several routers share."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import BaseModel, Field

from app.adapters.registry import NOT_SERVED
from app.bootstrap.runtime import Runtime
from app.domain.adapters import AdapterOrigin, AdapterVersion
from app.http.schemas import timestamp

Version = Annotated[str | None, Query(max_length=64, description="One version; all or the newest if left out.")]


class SourceOut(BaseModel):
    document_id: str
    filename: str
    deleted: bool = Field(description="The document is gone; what the adapter learned of it is not.")


class LineageOut(BaseModel):
    origin: AdapterOrigin
    parents: list[str] = Field(description="name@version of the adapters it was made from.")
    sources: list[SourceOut] = Field(description="Documents that it learned from.")


class AdapterOut(BaseModel):
    id: str = Field(description="name@version")
    object: Literal["adapter"]
    name: str
    version: str = Field(description="Names the content: 16 hexadecimal digits of its hash.")
    active: bool = Field(description="Your tenant's next request runs under it.")
    rank: int
    alpha: float
    target_modules: list[str]
    bytes: int
    base_fingerprint: str
    lineage: LineageOut
    stale: bool = Field(description="A document that it learned from was deleted: train it anew.")
    not_served: str | None = Field(description="Why it cannot answer, only be exported: DoRA and IA3. Else null.")
    created_at: str


class CanaryOut(BaseModel):
    adapter: AdapterOut
    share: float = Field(description="Of conversations, 0 to 1.")
    created_at: str


class ActiveOut(BaseModel):
    object: Literal["adapter.pointer"]
    active: AdapterOut | None = Field(description="Null: the plain base model answers.")
    canary: CanaryOut | None = Field(description="The version that answers a share of the conversations on trial.")


def adapter_dict(adapter: AdapterVersion) -> dict[str, Any]:
    return {
        "id": f"{adapter.name}@{adapter.version}",
        "object": "adapter",
        "name": adapter.name,
        "version": adapter.version,
        "active": adapter.active,
        "rank": adapter.rank,
        "alpha": adapter.alpha,
        "target_modules": list(adapter.target_modules),
        "bytes": adapter.size_bytes,
        "base_fingerprint": adapter.base_fingerprint,
        "lineage": {
            "origin": adapter.lineage.origin,
            "parents": list(adapter.lineage.parents),
            "sources": [asdict(source) for source in adapter.lineage.sources],
        },
        "stale": adapter.stale,
        "not_served": adapter.lineage.details.get(NOT_SERVED),
        "created_at": timestamp(adapter.created_at),
    }


def pointer_dict(runtime: Runtime, tenant_id: str) -> dict[str, Any]:
    with runtime.storage.db.read_tenant(tenant_id) as store:
        active, canary = store.deployments.active(), store.deployments.canary()
    trial = None
    if canary is not None:
        trial = {
            "adapter": adapter_dict(canary.adapter),
            "share": canary.share,
            "created_at": timestamp(canary.created_at),
        }
    return {
        "object": "adapter.pointer",
        "active": adapter_dict(active) if active is not None else None,
        "canary": trial,
    }
