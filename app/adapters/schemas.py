"""Request and response bodies of adapters."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query
from pydantic import Field

from app.domain.adapters import AdapterOrigin
from app.http.schemas import RequestBody, ResponseBody, Text, Timestamp

Version = Annotated[str | None, Query(max_length=64, description="One version; all or the newest if left out.")]
Label = Annotated[Text, Field(min_length=1, max_length=140, description="name or name@version")]


class SourceOut(ResponseBody):
    document_id: str
    filename: str
    deleted: bool = Field(description="The document is gone; what the adapter learned of it is not.")


class LineageOut(ResponseBody):
    origin: AdapterOrigin
    parents: list[str] = Field(description="name@version of the adapters it was made from.")
    sources: list[SourceOut] = Field(description="Documents that it learned from.")


class AdapterOut(ResponseBody):
    id: str = Field(validation_alias="label", description="name@version")
    object: Literal["adapter"] = "adapter"
    name: str
    version: str = Field(description="Names the content: 16 hexadecimal digits of its hash.")
    active: bool = Field(description="Your tenant's next request runs under it, unless `not_served` says why not.")
    builtin: bool = Field(description="It ships with the service; where nothing else is activated it answers.")
    rank: int
    alpha: float
    target_modules: list[str]
    bytes: int = Field(validation_alias="size_bytes")
    base_fingerprint: str
    lineage: LineageOut
    stale: bool = Field(description="A document that it learned from was deleted: train it anew.")
    not_served: str | None = Field(
        description="Why it cannot answer: it can only be exported (DoRA, IA3), or it was made for another base model "
        "than the one served. Else null."
    )
    invocation_tokens: list[int] | None = Field(
        description="Activated LoRA: token ids from whose last occurrence in the prompt it acts; before it, and in "
        "prompts without them, the base model answers. Null: it acts on the whole prompt."
    )
    warning: str | None = Field(description="What to know before it answers, such as that it rarely acts. Else null.")
    created_at: Timestamp


class CompressIn(RequestBody):
    version: str | None = Field(None, max_length=64, description="The newest if left out.")
    rank: int | None = Field(None, ge=1, le=1024, description="The rank to come down to.")
    energy: float | None = Field(None, gt=0, le=1, description="Instead: the share of the updates' energy to keep.")

    model_config = {"json_schema_extra": {"examples": [{"rank": 8}]}}


class CompressionOut(ResponseBody):
    object: Literal["adapter.compression"] = "adapter.compression"
    adapter: AdapterOut
    rank_before: int
    rank: int
    energy_kept: float = Field(description="Share of the squared norm of all updates, 0 to 1.")
    largest_relative_error: float = Field(description="Of one layer's update, in the Frobenius norm.")
    energy_by_rank: list[float]
    bytes_before: int
    bytes_after: int
    seconds: float


class LayerSpectrumOut(ResponseBody):
    layer: str
    singular_values: list[float] = Field(description="Of its update, descending.")


class SpectrumOut(ResponseBody):
    object: Literal["adapter.spectrum"] = "adapter.spectrum"
    rank: int
    energy_by_rank: list[float] = Field(
        description="Share of the squared norm of all updates that rank 1, 2, ... keeps."
    )
    layers: list[LayerSpectrumOut]


class PartIn(RequestBody):
    adapter: Label
    weight: float = Field(1.0, ge=-100, le=100)


class MergeIn(RequestBody):
    parts: Annotated[list[PartIn], Field(min_length=1, max_length=16)]
    rank: int | None = Field(None, ge=1, le=1024, description="Approximate at this rank; else the sum is exact.")

    model_config = {"json_schema_extra": {"examples": [{"parts": [{"adapter": "style", "weight": 0.5}]}]}}
