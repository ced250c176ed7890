"""Builds the services behind the calls of OpenAI's clients."""

from __future__ import annotations

from collections.abc import Sequence

from app.adapters.deployments.service import DeploymentService
from app.adapters.service import AdapterService
from app.bootstrap.limits import tenant_quotas
from app.bootstrap.storage import Storage
from app.chat.service import ChatService
from app.documents.collections.service import CollectionService
from app.documents.service import DocumentService
from app.documents.uploads import UploadService
from app.embeddings.base import Embedder
from app.llm.base import Generator
from app.observability import Metrics
from app.openai_api.chat_completions.service import CompletionService
from app.openai_api.conversations.service import ConversationObjectService
from app.openai_api.embeddings.service import EmbeddingService
from app.openai_api.files.service import FileService
from app.openai_api.fine_tuning.service import FineTuningService
from app.openai_api.models.service import ModelService
from app.openai_api.responses.service import ResponseService
from app.openai_api.vector_stores.files.service import VectorStoreFileService
from app.openai_api.vector_stores.service import VectorStoreService
from app.search.service import SearchService
from app.training.datasets.service import DatasetService
from app.training.service import TrainingService


def build_openai_api(
    storage: Storage,
    adapters: AdapterService,
    deployments: DeploymentService,
    chat: ChatService,
    generator: Generator,
    embedder: Embedder,
    documents: DocumentService,
    uploads: UploadService,
    collections: CollectionService,
    search: SearchService,
    datasets: DatasetService,
    trainings: TrainingService,
    metrics: Metrics,
) -> Sequence[object]:
    """The services by which the routers under /v1 answer."""
    db = storage.db
    models = ModelService(adapters, deployments, generator.capabilities)
    completions = CompletionService(db, chat, generator, models, metrics, timeout_s=storage.settings.request_timeout_s)
    files = FileService(db, storage.blobs, uploads, datasets, tenant_quotas(storage.settings))
    stores = VectorStoreService(db, storage.blobs, search)
    return [
        models,
        completions,
        EmbeddingService(embedder),
        files,
        stores,
        VectorStoreFileService(db, storage.blobs, documents, uploads, collections),
        ResponseService(db, completions, models, stores),
        ConversationObjectService(db),
        FineTuningService(trainings, datasets, files, models),
    ]
