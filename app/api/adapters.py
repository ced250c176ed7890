"""Adapters: upload, activate, roll back, delete."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated, Any, Literal

from anyio.to_thread import run_sync
from fastapi import APIRouter, File, Form, Query, UploadFile
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field

from app.adapters.registry import check_name
from app.api.deps import After, Limit, Ordered, Reader, RuntimeDep, Writer
from app.api.errors import responses
from app.api.shapes import Deleted, Listing, Strict, listing, timestamp
from app.errors import PayloadTooLarge
from app.runtime import Runtime
from app.store.records import AdapterVersion

router = APIRouter(prefix="/api/v1/adapters", tags=["adapters"])
PIECE = 1 << 20
LARGEST_CONFIG = 64 * 1024
Version = Annotated[str | None, Query(max_length=64, description="One version; all or the newest if left out.")]


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
    created_at: str


class ActiveOut(BaseModel):
    object: Literal["adapter.pointer"]
    active: AdapterOut | None = Field(description="Null: the plain base model answers.")


class ActivateIn(Strict):
    version: str | None = Field(None, max_length=64, description="The newest if left out.")

    model_config = {"json_schema_extra": {"examples": [{"version": "0123456789abcdef"}]}}


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
    return JSONResponse(_adapter(adapter), 201 if created else 200)


@router.get("", response_model=Listing[AdapterOut], summary="List adapters", responses=responses())
def list_adapters(
    principal: Reader, runtime: RuntimeDep, limit: Limit = 20, after: After = None, order: Ordered = "desc"
) -> dict[str, Any]:
    """All versions of all adapters of your tenant, newest first."""
    page = runtime.adapters.page(principal.tenant_id, limit=limit, after=after, order=order)
    data = [_adapter(adapter) for adapter in page.data]
    return listing(data, [adapter["id"] for adapter in data], has_more=page.has_more)


@router.get("/{name}", response_model=AdapterOut, summary="Get an adapter", responses=responses(404))
def get_adapter(principal: Reader, runtime: RuntimeDep, name: str, version: Version = None) -> dict[str, Any]:
    """One version, the newest if none is named."""
    return _adapter(runtime.adapters.get(principal.tenant_id, name, version))


@router.delete("/{name}", response_model=Deleted, summary="Delete an adapter", responses=responses(404, 409))
def delete_adapter(principal: Writer, runtime: RuntimeDep, name: str, version: Version = None) -> Deleted:
    """One version, or all of the name. The active one cannot be deleted."""
    runtime.adapters.delete(principal.tenant_id, name, version)
    return Deleted(id=f"{name}@{version}" if version else name, object="adapter")


@router.post(
    "/{name}/activate", response_model=AdapterOut, summary="Activate an adapter", responses=responses(400, 404)
)
def activate_adapter(
    principal: Writer, runtime: RuntimeDep, name: str, body: ActivateIn | None = None
) -> dict[str, Any]:
    """From the next request on, without a restart; running answers keep the version they began with."""
    version = body.version if body is not None else None
    return _adapter(runtime.adapters.activate(principal.tenant_id, name, version))


@router.post("/{name}/deactivate", response_model=ActiveOut, summary="Deactivate an adapter", responses=responses(404))
def deactivate_adapter(principal: Writer, runtime: RuntimeDep, name: str) -> dict[str, Any]:
    """Back to the plain base model, if this adapter is the active one."""
    runtime.adapters.deactivate(principal.tenant_id, name)
    return _pointer(runtime, principal.tenant_id)


@router.post("/{name}/rollback", response_model=ActiveOut, summary="Roll back", responses=responses(404, 409))
def rollback_adapter(principal: Writer, runtime: RuntimeDep, name: str) -> dict[str, Any]:
    """Back to what was active before, be it another version, another adapter or the plain base model."""
    runtime.adapters.rollback(principal.tenant_id, name)
    return _pointer(runtime, principal.tenant_id)


def _pointer(runtime: Runtime, tenant_id: str) -> dict[str, Any]:
    with runtime.storage.db.read_tenant(tenant_id) as store:
        active = store.adapters.active()
    return {"object": "adapter.pointer", "active": _adapter(active) if active is not None else None}


def _upload(
    runtime: Runtime, tenant_id: str, name: str, config: UploadFile, weights: UploadFile
) -> tuple[AdapterVersion, bool]:
    """Bring the weights to a file of their own, then let the registry check them."""
    most = runtime.storage.settings.adapter_max_bytes
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


def _adapter(adapter: AdapterVersion) -> dict[str, Any]:
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
        "created_at": timestamp(adapter.created_at),
    }
