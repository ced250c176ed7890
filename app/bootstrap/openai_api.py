"""Builds the services behind the calls of OpenAI's clients."""

from __future__ import annotations

from app.adapters.deployments.service import DeploymentService
from app.adapters.service import AdapterService
from app.chat.service import ChatService
from app.embeddings.base import Embedder
from app.llm.base import Generator
from app.observability import Metrics
from app.openai_api.chat_completions.service import CompletionService
from app.openai_api.embeddings.service import EmbeddingService
from app.openai_api.models.service import ModelService


def build_openai_api(
    adapters: AdapterService,
    deployments: DeploymentService,
    chat: ChatService,
    generator: Generator,
    embedder: Embedder,
    metrics: Metrics,
    *,
    timeout_s: float,
) -> tuple[ModelService, CompletionService, EmbeddingService]:
    """`timeout_s`: longest generation of the base model alone."""
    models = ModelService(adapters, deployments)
    completions = CompletionService(chat, generator, models, metrics, timeout_s=timeout_s)
    return models, completions, EmbeddingService(embedder)
