"""HTTP operations on models, as OpenAI's clients call them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter

from app.http.api_route import ApiRoute
from app.http.dependencies import Reader
from app.http.errors import responses
from app.http.services import provide
from app.openai_api.models.schemas import ModelListOut, ModelOut
from app.openai_api.models.service import Model, ModelService

router = APIRouter(prefix="/v1", tags=["openai"], route_class=ApiRoute)
Models = Annotated[ModelService, provide(ModelService)]


@router.get("/models", response_model=ModelListOut, summary="List models", responses=responses())
def list_models(principal: Reader, models: Models) -> dict[str, Any]:
    """`loracle` (your documents, answered by what is in force), `loracle-base` (the base model without documents),
    `loracle-embeddings`, and each of your adapters that can answer: by its name and by each version."""
    return {"data": models.list(principal.tenant_id)}


@router.get("/models/{model}", response_model=ModelOut, summary="Get a model", responses=responses(404, 409))
def get_model(principal: Reader, models: Models, model: str) -> Model:
    """A model by its name: `loracle`, `loracle-base`, or an adapter as `name`, `name@version` or `loracle:name`."""
    return models.get(principal.tenant_id, model)
