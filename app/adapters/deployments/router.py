"""HTTP operations on deployments: which adapter answers, and which one answers a share of the conversations."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from app.adapters.deployments.schemas import ActivateIn, ActiveOut, CanaryIn, DeploymentOut, HistoryOut
from app.adapters.deployments.service import DeploymentService
from app.adapters.schemas import AdapterOut
from app.domain.adapters import AdapterVersion, Deployment, DeploymentReport, DeploymentState
from app.http.dependencies import KeyReader, KeyWriter, Limit
from app.http.errors import responses
from app.http.idempotent_route import IdempotentRoute
from app.http.services import provide

router = APIRouter(prefix="/api/v1", tags=["adapters"], route_class=IdempotentRoute)
Deployments = Annotated[DeploymentService, provide(DeploymentService)]


@router.get("/deployment", response_model=DeploymentOut, summary="Get what answers", responses=responses())
def get_deployment(principal: KeyReader, deployments: Deployments) -> DeploymentReport:
    """The active adapter, the canary, and how both do: answers, refusals, ratings and seconds by version."""
    return deployments.report(principal.tenant_id)


@router.post(
    "/adapters/{name}/activate",
    response_model=AdapterOut,
    summary="Activate an adapter",
    responses=responses(400, 404, 409),
)
def activate_adapter(
    principal: KeyWriter, deployments: Deployments, name: str, body: ActivateIn | None = None
) -> AdapterVersion:
    """From the next request on, without a restart; running answers keep the version they began with.

    The gate: an evaluation against what is in force must say `better` or `not worse`, or `override` gives the reason
    why not, which is kept with the activation.
    """
    body = body or ActivateIn()
    return deployments.activate(principal.tenant_id, name, body.version, override=body.override, actor=principal.key_id)


@router.post(
    "/adapters/{name}/deactivate", response_model=ActiveOut, summary="Deactivate an adapter", responses=responses(404)
)
def deactivate_adapter(principal: KeyWriter, deployments: Deployments, name: str) -> DeploymentState:
    """Back to the plain base model, if this adapter is the active one; so the starter adapter is turned off."""
    return deployments.deactivate(principal.tenant_id, name, actor=principal.key_id)


@router.post("/adapters/{name}/rollback", response_model=ActiveOut, summary="Roll back", responses=responses(404, 409))
def roll_back_adapter(principal: KeyWriter, deployments: Deployments, name: str) -> DeploymentState:
    """Undo the last change: end a running canary, else go back to what was active before, be it another version,
    another adapter, the starter adapter or the plain base model.
    """
    return deployments.rollback(principal.tenant_id, name, actor=principal.key_id)


@router.post(
    "/adapters/{name}/canary", response_model=ActiveOut, summary="Try an adapter", responses=responses(400, 404, 409)
)
def try_adapter(principal: KeyWriter, deployments: Deployments, name: str, body: CanaryIn) -> DeploymentState:
    """Let a version answer a share of the conversations, chosen by their id, beside the active one.

    It must have been evaluated and not be `worse`, or `override` says why. Activating anything, rolling back, or a
    share of 0 ends the canary.
    """
    return deployments.set_canary(principal.tenant_id, name, body.version, body.share, override=body.override)


@router.get(
    "/adapters/{name}/activations", response_model=HistoryOut, summary="What was active when", responses=responses(404)
)
def list_activations(
    principal: KeyReader, deployments: Deployments, name: str, limit: Limit = 20
) -> dict[str, list[Deployment]]:
    """Every change of the adapter that answers your tenant, newest first, with the evaluation or reason behind it."""
    return {"data": deployments.history(principal.tenant_id, name, limit)}
