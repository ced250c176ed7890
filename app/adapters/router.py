"""Adapters: uploaded, made from others by compressing and merging, listed, exported, deleted."""

from __future__ import annotations

import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Literal

from anyio.to_thread import run_sync
from fastapi import APIRouter, File, Form, Query, UploadFile
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field

from app.adapters.export import gguf_bytes, zipped
from app.adapters.registry import check_name
from app.adapters.schemas import AdapterOut, Version, adapter_dict
from app.bootstrap.runtime import Runtime
from app.domain.adapters import AdapterVersion
from app.errors import NotFound, PayloadTooLarge
from app.http.dependencies import After, Limit, Ordered, Reader, RuntimeDep, Writer
from app.http.errors import responses
from app.http.schemas import Deleted, Listing, RequestBody, Text, listing

router = APIRouter(prefix="/api/v1/adapters", tags=["adapters"])
PIECE = 1 << 20
LARGEST_CONFIG = 64 * 1024
Label = Annotated[Text, Field(min_length=1, max_length=140, description="name or name@version")]


class CompressIn(RequestBody):
    version: str | None = Field(None, max_length=64, description="The newest if left out.")
    rank: int | None = Field(None, ge=1, le=1024, description="The rank to come down to.")
    energy: float | None = Field(None, gt=0, le=1, description="Instead: the share of the updates' energy to keep.")

    model_config = {"json_schema_extra": {"examples": [{"rank": 8}]}}


class CompressionOut(BaseModel):
    object: Literal["adapter.compression"]
    adapter: AdapterOut
    rank_before: int
    rank: int
    energy_kept: float = Field(description="Share of the squared norm of all updates, 0 to 1.")
    largest_relative_error: float = Field(description="Of one layer's update, in the Frobenius norm.")
    energy_by_rank: list[float]
    bytes_before: int
    bytes_after: int
    seconds: float


class PartIn(RequestBody):
    adapter: Label
    weight: float = Field(1.0, ge=-100, le=100)


class MergeIn(RequestBody):
    parts: Annotated[list[PartIn], Field(min_length=1, max_length=16)]
    rank: int | None = Field(None, ge=1, le=1024, description="Approximate at this rank; else the sum is exact.")

    model_config = {"json_schema_extra": {"examples": [{"parts": [{"adapter": "style", "weight": 0.5}]}]}}


@router.post(
    "",
    status_code=201,
    response_model=AdapterOut,
    summary="Upload an adapter",
    description=(
        "A LoRA adapter as PEFT's save_pretrained writes it, for the base model served here. It is checked to the "
        "last value and kept under a version that names its content; it answers once it is activated."
    ),
    responses={200: {"model": AdapterOut, "description": "This version is here already."}, **responses(400, 413, 507)},
)
async def upload_adapter(
    principal: Writer,
    runtime: RuntimeDep,
    name: Annotated[str, Form(min_length=1, max_length=64, description="a-z, 0-9, '.', '_' and '-'.")],
    adapter_config: Annotated[UploadFile, File(alias="adapter_config.json")],
    adapter_model: Annotated[UploadFile, File(alias="adapter_model.safetensors")],
) -> Response:
    check_name(name)
    adapter, created = await run_sync(_upload, runtime, principal.tenant_id, name, adapter_config, adapter_model)
    return JSONResponse(adapter_dict(adapter), 201 if created else 200)


@router.get("", response_model=Listing[AdapterOut], summary="List adapters", responses=responses())
def list_adapters(
    principal: Reader, runtime: RuntimeDep, limit: Limit = 20, after: After = None, order: Ordered = "desc"
) -> dict[str, Any]:
    """All versions of all adapters of your tenant, newest first."""
    page = runtime.adapters.page(principal.tenant_id, limit=limit, after=after, order=order)
    data = [adapter_dict(adapter) for adapter in page.data]
    return listing(data, [adapter["id"] for adapter in data], page)


@router.get("/{name}", response_model=AdapterOut, summary="Get an adapter", responses=responses(404))
def get_adapter(principal: Reader, runtime: RuntimeDep, name: str, version: Version = None) -> dict[str, Any]:
    """One version, the newest if none is named."""
    return adapter_dict(runtime.adapters.get(principal.tenant_id, name, version))


@router.delete("/{name}", response_model=Deleted, summary="Delete an adapter", responses=responses(404, 409))
def delete_adapter(principal: Writer, runtime: RuntimeDep, name: str, version: Version = None) -> Deleted:
    """One version, or all of the name. The active one cannot be deleted."""
    runtime.adapters.delete(principal.tenant_id, name, version)
    return Deleted(id=f"{name}@{version}" if version else name, object="adapter")


@router.post(
    "/{name}/compress",
    status_code=201,
    response_model=CompressionOut,
    summary="Compress an adapter",
    responses=responses(400, 404, 507),
)
def compress_adapter(principal: Writer, runtime: RuntimeDep, name: str, body: CompressIn) -> dict[str, Any]:
    """A new version at a lower rank, by truncated SVD of its updates: exact, without the base model.

    What it costs in answers is for an evaluation to say; the report page shows both.
    """
    adapter, done = runtime.adapters.compress(
        principal.tenant_id, name, body.version, rank=body.rank, energy=body.energy
    )
    figures = asdict(done)
    figures.pop("layers")
    return {"object": "adapter.compression", "adapter": adapter_dict(adapter), **figures}


@router.post(
    "/{name}/merge",
    status_code=201,
    response_model=AdapterOut,
    summary="Merge adapters",
    responses=responses(400, 404, 507),
)
def merge_adapters(principal: Writer, runtime: RuntimeDep, name: str, body: MergeIn) -> dict[str, Any]:
    """A new version of `name` that is the weighted sum of other adapters of yours."""
    parts = [(part.adapter, part.weight) for part in body.parts]
    return adapter_dict(runtime.adapters.merge(principal.tenant_id, name, parts, rank=body.rank))


@router.get(
    "/{name}/export",
    response_class=Response,
    summary="Export an adapter",
    responses={200: {"content": {"application/zip": {}, "application/octet-stream": {}}}, **responses(404)},
)
def export_adapter(
    principal: Reader,
    runtime: RuntimeDep,
    name: str,
    version: Version = None,
    to: Annotated[Literal["peft", "gguf"], Query(description="A ZIP of PEFT's files, or llama.cpp's GGUF.")] = "peft",
) -> Response:
    """The adapter in a format that other programs load."""
    adapter = runtime.adapters.get(principal.tenant_id, name, version)
    folder = runtime.adapters.folder(adapter)
    if not folder.is_dir():
        raise NotFound("No such adapter.", param="adapter")
    content = zipped(folder) if to == "peft" else gguf_bytes(folder, runtime.base_folder())
    suffix, media_type = ("zip", "application/zip") if to == "peft" else ("gguf", "application/octet-stream")
    disposition = f'attachment; filename="{adapter.name}-{adapter.version}.{suffix}"'
    return Response(content, media_type=media_type, headers={"Content-Disposition": disposition})


def _upload(
    runtime: Runtime, tenant_id: str, name: str, config: UploadFile, weights: UploadFile
) -> tuple[AdapterVersion, bool]:
    """Bring the weights to a file of their own, then let the registry check them."""
    most = runtime.limits.adapter_bytes
    config_bytes = config.file.read(LARGEST_CONFIG + 1)
    runtime.storage.adapters_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=runtime.storage.adapters_dir, prefix=".upload-") as staged:
        size = 0
        while piece := weights.file.read(PIECE):
            size += len(piece)
            if size > most:
                raise PayloadTooLarge(f"An adapter may have at most {most:,} bytes.", param="adapter_model.safetensors")
            staged.write(piece)
        staged.flush()
        return runtime.adapters.upload(tenant_id, name, config_bytes, Path(staged.name))
