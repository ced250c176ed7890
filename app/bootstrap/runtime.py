"""Builds every part of a running service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.adapters.base_spec import BaseSpec
from app.adapters.builtin import SHIPPED, read_builtin_adapters
from app.adapters.deployments.service import DeploymentService
from app.adapters.registry import AdapterRegistry
from app.bootstrap.generation import build_generator
from app.bootstrap.ingestion import build_ingestor, build_reindexing
from app.bootstrap.limits import tenant_quotas
from app.bootstrap.models import build_embedders, import_libraries, runs_models
from app.bootstrap.retrieval import build_retriever
from app.bootstrap.storage import Storage, open_storage
from app.chat.conversations.service import ConversationService
from app.chat.direct_answers import DirectAnswers
from app.chat.service import ChatService
from app.chat.settings.service import ChatSettingsService
from app.chat.steps.generate import GenerateStep
from app.documents.ingestion.pipeline import Ingestor
from app.documents.ingestion.reindexing import Reindexing
from app.domain.conversations import RefusalPolicy
from app.embeddings.base import Embedder
from app.embeddings.model_set import EmbeddingModelSet
from app.evaluations.gate.adapter_evaluation import AdapterEvaluationRunner
from app.evaluations.tenant_retrieval import TenantRetrieval
from app.evaluations.tenant_runner import TenantEvaluationRunner
from app.index.vector_search import VectorSearch
from app.llm.base import Generator
from app.numerics.memory import resume_collection
from app.numerics.single_thread import start_single_thread
from app.observability import Metrics, StepTimer
from app.search.retriever import Retriever
from app.settings import Settings
from app.training.datasets.service import DatasetService
from app.training.examples import RowRules
from app.training.service import TrainingService
from app.training.synthetic_data import SyntheticDataGenerator
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

    def drop_index(self, tenant_id: str) -> None:
        """Remove a deleted tenant's vectors from every open index."""
        for indexes in self.indexes():
            indexes.drop(tenant_id)

    def indexes(self) -> list[VectorSearch]:
        """The vector search of each embedding model in use and, if there are any, of the word vectors."""
        return [dense.indexes for dense in self.retriever.dense.all()]

    def warnings(self) -> Sequence[str]:
        """What an operator should see to although the service answers."""
        return [*self.adapters.warnings(), *self.generator.warnings()]

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
    with timer.measure("libraries"):
        import_libraries(settings)
        resume_collection()
    if runs_models(settings):
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
    adapters = _build_registry(storage, base, generator)
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
    trainings = TrainingService(
        storage.db,
        datasets,
        storage.trainings_dir,
        base,
        max_rank=settings.adapter_max_rank,
        quotas=tenant_quotas(settings),
    )
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


def _build_registry(storage: Storage, base: BaseSpec, generator: Generator) -> AdapterRegistry:
    settings = storage.settings
    return AdapterRegistry(
        storage.db,
        storage.adapters,
        base,
        max_rank=settings.adapter_max_rank,
        max_bytes=settings.adapter_max_bytes,
        builtin=read_builtin_adapters(SHIPPED, base.fitting),
        starter=settings.starter_adapter or None,
        forget=generator.forget_adapter,
        quotas=tenant_quotas(settings),
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
        quotas=tenant_quotas(settings),
    )


def build_generate_step(settings: Settings, embedder: Embedder) -> tuple[Generator, BaseSpec, GenerateStep]:
    """Build what answers over provided passages, without a data folder. The caller closes the generator."""
    generator, base = build_generator(settings)
    return generator, base, GenerateStep(embedder, generator, timeout_s=settings.request_timeout_s)
