"""HTTP operation that embeds texts, as OpenAI's clients call it."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.domain.stored_values import storable
from app.errors import InvalidRequest, NotFound
from app.http.api_route import ApiRoute
from app.http.dependencies import Reader
from app.http.disconnect import CLIENT_GONE, unless_disconnected
from app.http.errors import responses
from app.http.services import provide
from app.openai_api.embeddings.schemas import (
    EmbeddingListOut,
    EmbeddingOut,
    EmbeddingsIn,
    EmbeddingsUsageOut,
)
from app.openai_api.embeddings.service import EmbeddingService
from app.openai_api.models.service import EMBEDDINGS

router = APIRouter(prefix="/v1", tags=["openai"], route_class=ApiRoute)


@router.post(
    "/embeddings",
    response_model=EmbeddingListOut,
    summary="Embed texts",
    description=(
        "Vectors of one or more texts by the service's embedding model, `loracle-embeddings`, as numbers or as base64. "
        "A text longer than the model reads is an error, so are token ids instead of text."
    ),
    responses=responses(400, 404, 413, 429),
)
async def embed_texts(
    principal: Reader,
    service: Annotated[EmbeddingService, provide(EmbeddingService)],
    request: Request,
    body: EmbeddingsIn,
) -> EmbeddingListOut | Response:
    texts = _texts(body, service.dimension)
    work = service.embed(principal.tenant_id, texts, queries=body.input_type == "query")
    done = await unless_disconnected(request, work)
    if done is None:
        return Response(status_code=CLIENT_GONE)
    encode = _base64 if body.encoding_format == "base64" else _floats
    return EmbeddingListOut(
        data=[EmbeddingOut(index=place, embedding=encode(vector)) for place, vector in enumerate(done.vectors)],
        model=EMBEDDINGS,
        usage=EmbeddingsUsageOut(prompt_tokens=done.tokens, total_tokens=done.tokens),
    )


def _texts(body: EmbeddingsIn, dimension: int) -> Sequence[str]:
    """The texts to embed. Raises NotFound (model) and InvalidRequest."""
    if body.model != EMBEDDINGS:
        message = f"No such embedding model; this service has {EMBEDDINGS}."
        raise NotFound(message, param="model", code="model_not_found")
    if body.dimensions not in {None, dimension}:
        raise InvalidRequest(f"The vectors have {dimension} dimensions; leave `dimensions` out.", param="dimensions")
    return [_checked(text) for text in ([body.input] if isinstance(body.input, str) else body.input)]


def _checked(text: Any) -> str:
    if not isinstance(text, str):
        message = (
            "Send text, not token ids: this model has a tokenizer of its own. In langchain-openai that is "
            "`check_embedding_ctx_length=False`."
        )
        raise InvalidRequest(message, param="input", code="unsupported_input")
    try:
        return storable(text)
    except ValueError as fault:
        raise InvalidRequest(f"A text {fault}.", param="input") from None


def _floats(vector: npt.NDArray[np.float32]) -> list[float]:
    return [float(value) for value in vector]


def _base64(vector: npt.NDArray[np.float32]) -> str:
    return base64.b64encode(vector.astype("<f4").tobytes()).decode()
