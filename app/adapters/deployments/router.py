"""Which adapter answers: activated through the gate, tried on a share of the conversations, rolled back."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from app.adapters.schemas import ActiveOut, AdapterOut, adapter_dict, pointer_dict
from app.http.dependencies import Limit, Reader, RuntimeDep, Writer
from app.http.errors import responses
from app.http.schemas import RequestBody, Text, timestamp

router = APIRouter(prefix="/api/v1/adapters", tags=["adapters"])
Reason = Annotated[Text, Field(min_length=1, max_length=2000)]


class ActivateIn(RequestBody):
    version: str | None = Field(None, max_length=64, description="The newest if left out.")
    override: Reason | None = Field(None, description="Why it may answer without having passed. Kept in the history.")

    model_config = {"json_schema_extra": {"examples": [{"version": "0123456789abcdef"}]}}


class CanaryIn(RequestBody):
    share: float = Field(ge=0, le=1, description="Of conversations; 0 ends the trial.")
    version: str | None = Field(None, max_length=64, description="The newest if left out.")
    override: Reason | None = Field(None, description="Why it may answer although it is worse or was never evaluated.")

    model_config = {"json_schema_extra": {"examples": [{"share": 0.1}]}}


class ActivationOut(BaseModel):
    adapter: str | None = Field(description="name@version; null: the plain base model.")
    evaluation_id: str | None = Field(description="The evaluation that let it through.")
    override_reason: str | None
    actor: str | None = Field(description="The key that asked.")
    created_at: str


class HistoryOut(BaseModel):
    object: Literal["list"]
    data: list[ActivationOut]


@router.post(
    "/{name}/activate",
    response_model=AdapterOut,
    summary="Activate an adapter",
    responses=responses(400, 404, 409),
)
def activate_adapter(
    principal: Writer, runtime: RuntimeDep, name: str, body: ActivateIn | None = None
) -> dict[str, Any]:
    """From the next request on, without a restart; running answers keep the version they began with.

    The gate: an evaluation against what is in force must say `better` or `not worse`, or `override` gives the reason
    why not, which is kept with the activation.
    """
    body = body or ActivateIn()
    return adapter_dict(
        runtime.pointers.activate(
            principal.tenant_id, name, body.version, override=body.override, actor=principal.key_id
        )
    )


@router.post("/{name}/deactivate", response_model=ActiveOut, summary="Deactivate an adapter", responses=responses(404))
def deactivate_adapter(principal: Writer, runtime: RuntimeDep, name: str) -> dict[str, Any]:
    """Back to the plain base model, if this adapter is the active one."""
    runtime.pointers.deactivate(principal.tenant_id, name, actor=principal.key_id)
    return pointer_dict(runtime, principal.tenant_id)


@router.post("/{name}/rollback", response_model=ActiveOut, summary="Roll back", responses=responses(404, 409))
def roll_back_adapter(principal: Writer, runtime: RuntimeDep, name: str) -> dict[str, Any]:
    """Undo the last move: end a running trial, else go back to what was active before, be it another version,

    another adapter or the plain base model.
    """
    runtime.pointers.rollback(principal.tenant_id, name, actor=principal.key_id)
    return pointer_dict(runtime, principal.tenant_id)


@router.post("/{name}/canary", response_model=ActiveOut, summary="Try an adapter", responses=responses(400, 404, 409))
def try_adapter(principal: Writer, runtime: RuntimeDep, name: str, body: CanaryIn) -> dict[str, Any]:
    """Let a version answer a share of the conversations, chosen by their id, beside the active one.

    It must have been evaluated and not be `worse`, or `override` says why. Activating anything, rolling back, or a
    share of 0 ends the trial.
    """
    tenant_id = principal.tenant_id
    if body.share == 0:
        runtime.adapters.get(tenant_id, name, body.version)
        runtime.pointers.end_canary(tenant_id)
    else:
        runtime.pointers.start_canary(tenant_id, name, body.version, body.share, override=body.override)
    return pointer_dict(runtime, tenant_id)


@router.get("/{name}/activations", response_model=HistoryOut, summary="What was active when", responses=responses(404))
def list_activations(principal: Reader, runtime: RuntimeDep, name: str, limit: Limit = 20) -> dict[str, Any]:
    """Every move of your tenant's pointer, newest first, with the evaluation or the reason that let it through."""
    with runtime.storage.db.read_tenant(principal.tenant_id) as store:
        store.adapters.get(name)
        moves = store.deployments.history(limit)
    data = [
        {
            "adapter": move.adapter,
            "evaluation_id": move.evaluation_id,
            "override_reason": move.override_reason,
            "actor": move.actor,
            "created_at": timestamp(move.created_at),
        }
        for move in moves
    ]
    return {"object": "list", "data": data}
