"""Builds the whole service: every part, and the services that the routers depend on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.adapters.base_spec import BaseSpec
from app.adapters.builtin import SHIPPED, read_builtin_adapters
from app.adapters.deployments.service import DeploymentService
from app.adapters.registry import AdapterRegistry
from app.adapters.service import AdapterService
from app.bootstrap.ingestion import build_citation_boxes, build_ingestor, build_pages, build_reindexing
from app.bootstrap.limits import batch_limits, tenant_limits, url_timeout_s
from app.bootstrap.models import build_embedders, build_generator, import_libraries
from app.bootstrap.openai_api import build_openai_api
from app.bootstrap.retrieval import build_retriever
from app.bootstrap.storage import Storage, open_storage
from app.chat.conversations.service import ConversationService
from app.chat.direct_answers import DirectAnswers
from app.chat.service import ChatService
from app.chat.settings.service import ChatSettingsService
from app.chat.steps.digest import DigestStep
from app.chat.steps.generate import GenerateStep
from app.chat.streams.service import StreamService
from app.chat.summaries.service import SummaryService
from app.documents.batches.service import BatchService
from app.documents.by_key.service import KeyedDocumentService
from app.documents.collections.service import CollectionService
from app.documents.document_editor import DocumentEditor
from app.documents.ingestion.pipeline import Ingestor
from app.documents.ingestion.reindexing import Reindexing
from app.documents.links.service import LinkService
from app.documents.service import DocumentService
from app.documents.url_fetch import resolve_addresses
from app.domain.conversations import RefusalPolicy
from app.embeddings.base import Embedder
from app.embeddings.model_set import EmbeddingModelSet
from app.evaluations.gate.adapter_evaluation import AdapterEvaluationRunner
from app.evaluations.gate.service import AdapterEvaluationService
from app.evaluations.service import EvaluationService
from app.evaluations.tenant_retrieval import TenantRetrieval
from app.evaluations.tenant_runner import TenantEvaluationRunner
from app.http.auth import Authenticator
from app.http.drain import Drain
from app.http.idempotency import IdempotencyService
from app.http.services import Services
from app.index.index_cache import IndexCache
from app.llm.base import Generator
from app.mcp_server.service import McpService
from app.mcp_server.tools import DocumentTools
from app.metering.metering import Metering
from app.metering.rate_limiter import RateLimiter
from app.metering.usage_log import UsageLog
from app.numerics.memory import resume_collection
from app.numerics.single_thread import start_single_thread
from app.observability import Metrics, StepTimer
from app.operations.service import OperationsService
from app.search.retriever import Retriever
from app.search.service import SearchService
from app.settings import Settings
from app.tenants.service import KeyService, TenantService
from app.tenants.tokens.service import TokenService
from app.training.datasets.service import DatasetService
from app.training.examples import RowRules
from app.training.service import TrainingService
from app.training.synthetic_data import SyntheticDataGenerator
from app.usage.service import UsageService
from app.webhooks.service import WebhookService
from app.weights.catalog import resolve


@dataclass(frozen=True, slots=True, kw_only=True)
class Runtime:
    """Every part of a running service."""

    # Data folder
    storage: Storage
    embedding_model: str  # its name in the settings
    # Models
    embedder: Embedder
    generator: Generator
    # Documents and search
    retriever: Retriever
    ingestor: Ingestor
    reindexing: Reindexing
    # Answers
    chat_settings: ChatSettingsService
    generate_step: GenerateStep
    chat: ChatService
    conversations: ConversationService
    # Adapters, their training and their evaluation
    adapters: AdapterRegistry
    deployments: DeploymentService
    datasets: DatasetService
    trainings: TrainingService
    adapter_evaluation_runner: AdapterEvaluationRunner
    evaluation_runner: TenantEvaluationRunner
    # Of this process
    metrics: Metrics

    def services(self) -> Services:
        """Every object that a router, the middleware or the lifespan gets by its class. Each call has a new Drain."""
        storage, settings, drain = self.storage, self.storage.settings, Drain()
        documents = DocumentService(
            storage.db, storage.blobs, max_bytes=settings.max_upload_bytes, url_timeout_s=url_timeout_s(settings)
        )
        editor = DocumentEditor(storage.db, self.reindexing)
        pages = build_pages(storage)
        collections = CollectionService(storage.db, self.reindexing, self.embedding_model)
        search = SearchService(self.retriever)
        adapters = AdapterService(
            self.adapters,
            storage.adapters_dir,
            max_bytes=settings.adapter_max_bytes,
            base_folder=self.base_folder,
        )
        metering = Metering(storage.db, tenant_limits(settings), RateLimiter(), UsageLog(storage.db))
        return Services(
            [
                drain,
                metering,
                UsageService(storage.db, metering, max_tokens=settings.max_answer_tokens),
                self.metrics,
                Authenticator(storage.db),
                IdempotencyService(storage.db),
                OperationsService(
                    storage.db, self.generator, self.indexes, self.metrics, drain, self.adapters.warnings
                ),
                TenantService(storage.db, storage.blobs, storage.adapters_dir, self.drop_index),
                KeyService(storage.db),
                TokenService(storage.db, self.deployments.resolve),
                documents,
                editor,
                KeyedDocumentService(storage.db, documents, editor),
                pages,
                LinkService(storage.db, storage.blobs, pages),
                build_citation_boxes(pages),
                BatchService(storage.db, documents, batch_limits(settings)),
                collections,
                search,
                McpService(
                    DocumentTools(search, self.chat, collections, documents), max_body_bytes=settings.max_body_bytes
                ),
                self.chat,
                StreamService(self.chat),
                self.chat_settings,
                self.conversations,
                SummaryService(storage.db, DigestStep(storage.db, self.embedder)),
                adapters,
                self.deployments,
                AdapterEvaluationService(storage.db, self.adapters),
                EvaluationService(storage.db, self.conversations, self.deployments),
                self.datasets,
                self.trainings,
                WebhookService(storage.db, resolve_addresses, allowed=settings.webhooks),
                *build_openai_api(
                    storage,
                    adapters,
                    self.deployments,
                    self.chat,
                    self.generator,
                    self.embedder,
                    documents,
                    collections,
                    search,
                    self.datasets,
                    self.trainings,
                    self.metrics,
                ),
            ]
        )

    def drop_index(self, tenant_id: str) -> None:
        """Remove a deleted tenant's vectors from every open index."""
        for indexes in self.indexes():
            indexes.drop(tenant_id)

    def indexes(self) -> list[IndexCache]:
        """The index caches of the embedding models in use and, if there are any, of the word vectors."""
        return [dense.indexes for dense in self.retriever.dense.all()]

    def base_folder(self) -> Path:
        """The folder of the base model before quantisation. Raises WeightsUnavailable."""
        settings = self.storage.settings
        return resolve(settings.base_model, settings.models_dir)

    async def close(self) -> None:
        """Stop the generator, save the indexes and close the database."""
        await self.generator.close()
        for indexes in self.indexes():
            indexes.checkpoint_all()
        self.storage.db.close()


def build_runtime(settings: Settings, timer: StepTimer | None = None) -> Runtime:
    """Open the data folder, load the models and build every part of the service. `timer` gets the slow steps.

    Raises WeightsUnavailable with what to do. Takes seconds: call it in a thread.
    """
    timer = timer or StepTimer()
    with timer.measure("import"):
        import_libraries(settings)
        resume_collection()
    start_single_thread()
    with timer.measure("database"):
        storage = open_storage(settings)
    with timer.measure("embedder"):
        embedders = build_embedders(settings, storage.db)
    generator, base = build_generator(settings, timer)
    return assemble(storage, embedders, generator, base, timer)


def assemble(
    storage: Storage, embedders: EmbeddingModelSet, generator: Generator, base: BaseSpec, timer: StepTimer
) -> Runtime:
    """Build every part of the service over an open data folder and loaded models. Raises WeightsUnavailable."""
    settings, embedder = storage.settings, embedders.current
    with timer.measure("retriever"):
        retriever = build_retriever(storage, embedders)
    adapters = _build_registry(storage, base)
    deployments = DeploymentService(storage.db, adapters, settings.adapter_gate)
    generate_step = GenerateStep(embedder, generator, timeout_s=settings.request_timeout_s)
    chat_settings = ChatSettingsService(
        storage.db, retriever.dense, RefusalPolicy(settings.refusal_threshold), adapters.judge
    )
    metrics = Metrics()
    direct_answers = DirectAnswers(
        storage.db, retriever, embedder, generator, k=settings.top_k, timeout_s=settings.request_timeout_s
    )
    chat = ChatService(
        storage.db,
        retriever,
        generate_step,
        direct_answers,
        generator,
        deployments,
        chat_settings,
        metrics,
        top_k=settings.top_k,
        max_answer_tokens=settings.max_answer_tokens,
    )
    datasets = _build_datasets(storage, generator, base, retriever, chat_settings)
    trainings = TrainingService(storage.db, datasets, storage.trainings_dir, base, max_rank=settings.adapter_max_rank)
    retrieval = TenantRetrieval(retriever, chat_settings, settings.top_k)
    return Runtime(
        storage=storage,
        embedding_model=settings.embedding_model,
        embedder=embedder,
        generator=generator,
        retriever=retriever,
        ingestor=build_ingestor(storage, embedders),
        reindexing=build_reindexing(storage, embedder),
        chat_settings=chat_settings,
        generate_step=generate_step,
        chat=chat,
        conversations=ConversationService(storage.db),
        metrics=metrics,
        adapters=adapters,
        deployments=deployments,
        datasets=datasets,
        trainings=trainings,
        adapter_evaluation_runner=AdapterEvaluationRunner(storage.db, adapters, generator, embedder, retrieval),
        evaluation_runner=TenantEvaluationRunner(storage.db, generate_step, embedder, adapters, retrieval, chat),
    )


def _build_registry(storage: Storage, base: BaseSpec) -> AdapterRegistry:
    settings = storage.settings
    return AdapterRegistry(
        storage.db,
        storage.adapters_dir,
        base,
        max_rank=settings.adapter_max_rank,
        max_bytes=settings.adapter_max_bytes,
        builtin=read_builtin_adapters(SHIPPED, base.fingerprint),
        starter=settings.starter_adapter or None,
    )


def _build_datasets(
    storage: Storage, generator: Generator, base: BaseSpec, retriever: Retriever, chat_settings: ChatSettingsService
) -> DatasetService:
    settings = storage.settings
    rules = RowRules(generator.tokenizer, base.fingerprint, settings.training_row_tokens)
    synthetic_data = SyntheticDataGenerator(storage.db, retriever, chat_settings, rules, top_k=settings.top_k)
    return DatasetService(
        storage.db,
        storage.blobs,
        rules,
        chat_settings,
        synthetic_data,
        max_bytes=settings.training_dataset_bytes,
    )


def build_generate_step(settings: Settings, embedder: Embedder) -> tuple[Generator, BaseSpec, GenerateStep]:
    """Build what answers over provided passages, without a data folder. The caller closes the generator."""
    generator, base = build_generator(settings)
    return generator, base, GenerateStep(embedder, generator, timeout_s=settings.request_timeout_s)
