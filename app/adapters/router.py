"""HTTP operations on adapters: upload, list, compress, merge, export, delete."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Path, Query, Response, UploadFile

from app.adapters.names import NAMED, NAMED_OF
from app.adapters.registry import UPLOAD
from app.adapters.schemas import AdapterOut, CompressIn, CompressionOut, MergeIn, SpectrumOut, Version
from app.adapters.service import AdapterService, CompressedAdapter, ExportFormat
from app.adapters.spectra import Spectrum
from app.domain.adapters import AdapterLabel, AdapterVersion
from app.domain.pagination import Page
from app.http.dependencies import After, KeyReader, KeyWriter, Limit, Reader, SortedByName, SortOrder, Words
from app.http.errors import responses
from app.http.idempotent_route import IdempotentRoute
from app.http.openapi import file_content
from app.http.schemas import Deleted, Listing
from app.http.services import provide
from app.http.uploads import Uploads

PATH = "/api/v1/adapters"
router = APIRouter(prefix=PATH, tags=["adapters"], route_class=IdempotentRoute)
Adapters = Annotated[AdapterService, provide(AdapterService)]
NewName = Annotated[str, Path(description=NAMED_OF, json_schema_extra=NAMED)]


@router.post(
    "",
    status_code=201,
    response_model=AdapterOut,
    summary="Upload an adapter",
    description=(
        "A LoRA adapter as PEFT's save_pretrained writes it, for the base model served here. It is checked to the "
        "last value and kept under a version that names its content; it answers once it is activated. An activated "
        "LoRA (`alora_invocation_tokens`) is refused if no prompt here can hold its tokens."
    ),
    responses={200: {"model": AdapterOut, "description": "This version is here already."}, **responses(400, 413, 507)},
    dependencies=[Depends(Uploads(UPLOAD))],
)
def upload_adapter(
    principal: KeyWriter,
    adapters: Adapters,
    response: Response,
    name: Annotated[str, Form(min_length=1, max_length=64, description=NAMED_OF, json_schema_extra=NAMED)],
    adapter_config: Annotated[UploadFile, File(alias="adapter_config.json")],
    adapter_model: Annotated[UploadFile, File(alias="adapter_model.safetensors")],
) -> AdapterVersion:
    adapter, created = adapters.upload(principal.tenant_id, name, adapter_config.file, adapter_model.file)
    response.status_code = 201 if created else 200
    return adapter


@router.get("", response_model=Listing[AdapterOut], summary="List adapters", responses=responses())
def list_adapters(
    principal: Reader,
    adapters: Adapters,
    q: Words = None,
    sort: SortedByName = "created_at",
    limit: Limit = 20,
    after: After = None,
    order: SortOrder = None,
) -> Page[AdapterVersion]:
    """All versions of all adapters of your tenant, built-in ones included, newest first."""
    return adapters.list(principal.tenant_id, q=q, sort=sort, limit=limit, after=after, order=order)


@router.get("/{name}", response_model=AdapterOut, summary="Get an adapter", responses=responses(404))
def get_adapter(principal: Reader, adapters: Adapters, name: str, version: Version = None) -> AdapterVersion:
    """One version, the newest if none is named."""
    return adapters.get(principal.tenant_id, name, version)


@router.delete("/{name}", response_model=Deleted, summary="Delete an adapter", responses=responses(404, 409))
def delete_adapter(principal: KeyWriter, adapters: Adapters, name: str, version: Version = None) -> Deleted:
    """One version, or all of the name. The active one cannot be deleted; a built-in one comes back, not active."""
    adapters.delete(principal.tenant_id, name, version)
    return Deleted(id=str(AdapterLabel(name, version)), object="adapter")


@router.get("/{name}/spectrum", response_model=SpectrumOut, summary="Get the singular values", responses=responses(404))
def get_spectrum(principal: KeyReader, adapters: Adapters, name: str, version: Version = None) -> Spectrum:
    """Of the updates of one version, by layer, and what each lower rank would keep of them."""
    return adapters.spectrum(principal.tenant_id, name, version)


@router.post(
    "/{name}/compress",
    status_code=201,
    response_model=CompressionOut,
    summary="Compress an adapter",
    responses=responses(400, 404, 413, 507),
)
def compress_adapter(principal: KeyWriter, adapters: Adapters, name: str, body: CompressIn) -> CompressedAdapter:
    """A new version at a lower rank, by truncated SVD of its updates: exact, without the base model.

    What it costs in answers is for an evaluation to say; the report page shows both.
    """
    return adapters.compress(principal.tenant_id, name, body.version, rank=body.rank, energy=body.energy)


@router.post(
    "/{name}/merge",
    status_code=201,
    response_model=AdapterOut,
    summary="Merge adapters",
    responses=responses(400, 404, 413, 507),
)
def merge_adapters(principal: KeyWriter, adapters: Adapters, name: NewName, body: MergeIn) -> AdapterVersion:
    """A new version of `name` that is the weighted sum of other adapters of yours."""
    parts = [(AdapterLabel.parse(part.adapter), part.weight) for part in body.parts]
    return adapters.merge(principal.tenant_id, name, parts, rank=body.rank)


@router.get(
    "/{name}/export",
    response_class=Response,
    summary="Export an adapter",
    responses={200: file_content("application/zip", "application/octet-stream"), **responses(404)},
)
def export_adapter(
    principal: KeyReader,
    adapters: Adapters,
    name: str,
    version: Version = None,
    to: Annotated[ExportFormat, Query(description="A ZIP of PEFT's files, or llama.cpp's GGUF.")] = "peft",
) -> Response:
    """The adapter in a format that other programs load."""
    exported = adapters.export(principal.tenant_id, name, version, to=to)
    disposition = f'attachment; filename="{exported.filename}"'
    return Response(exported.content, media_type=exported.media_type, headers={"Content-Disposition": disposition})
