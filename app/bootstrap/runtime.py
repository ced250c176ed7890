"""The composition root: it, `model_loading`, `limits` and `workers` alone read the settings."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.adapters.builtin import SHIPPED, read_builtin_adapters
from app.adapters.deployments.service import DeploymentService
from app.adapters.registry import AdapterRegistry
from app.adapters.service import AdapterService
from app.bootstrap.limits import RequestLimits, chunk_settings, intake_limits, parser_limits, request_limits
from app.bootstrap.models import build_embedders, build_generator, build_reranker, build_word_vectors, quiet_libraries
from app.chat.answering_profile import AnsweringProfiles
from app.chat.service import Answerer
from app.chat.steps.generate import Composer
from app.chat.steps.refuse import RefusalPolicy
from app.documents.batches.batch_upload import Intake
from app.documents.ingestion.chunking import ChunkSettings
from app.documents.ingestion.pipeline import Ingestor
from app.documents.ingestion.reindexing import Upkeep
from app.embeddings.base import Embedder
from app.embeddings.model_set import EmbeddingModelSet
from app.evaluations.gate.adapter_evaluation import AdapterEvaluationRunner
from app.evaluations.gate.service import AdapterEvaluationService
from app.evaluations.service import EvaluationService
from app.evaluations.tenant_retrieval import TenantRetrieval
from app.evaluations.tenant_runner import TenantEvaluationRunner
from app.http.services import Services
from app.index.change_feed import ChangeFeed, OpenChangeFeed
from app.index.index_cache import IndexCache
from app.index.tenant_index import IndexLimits
from app.llm.base import Generator
from app.numerics.single_thread import start_single_thread
from app.search.dense_retriever import DenseLeg
from app.search.retriever import Retriever
from app.search.retrievers import DenseLegs
from app.settings import Settings
from app.storage.blobs import Blobs
from app.storage.sqlite.database import Database, open_database
from app.storage.sqlite.migrate import migrate
from app.tenants.service import KeyService, TenantService
from app.training.datasets.service import DatasetLibrary, RowRules
from app.training.service import TrainingRequests
from app.training.synthetic_data import Lessons
from app.weights.catalog import resolve


@dataclass(frozen=True, slots=True)
class Storage:
    """What needs no model: enough for the command line and for a worker's queue."""

    settings: Settings  # for the functions below; nothing else reads them
    db: Database
    blobs: Blobs
    adapters_dir: Path
    index_dir: Path
    trainings_dir: Path


@dataclass(frozen=True, slots=True)
class Runtime:
    """Every part of a running service."""

    storage: Storage
    limits: RequestLimits
    chunking: ChunkSettings  # of collections that set nothing themselves
    embedding_model: str  # its name in the settings
    embedder: Embedder
    retriever: Retriever
    generator: Generator
    adapters: AdapterRegistry
    deployments: DeploymentService
    profiles: AnsweringProfiles
    composer: Composer
    answerer: Answerer
    ingestor: Ingestor
    intake: Intake
    upkeep: Upkeep
    datasets: DatasetLibrary
    trainings: TrainingRequests
    lessons: Lessons
    adapter_evaluation_runner: AdapterEvaluationRunner
    evaluation_runner: TenantEvaluationRunner

    def services(self) -> Services:
        """Every service that a router depends on."""
        storage = self.storage
        return Services(
            [
                TenantService(storage.db, storage.blobs, storage.adapters_dir, self.drop_index),
                KeyService(storage.db),
                AdapterService(
                    self.adapters,
                    storage.adapters_dir,
                    max_bytes=self.limits.adapter_bytes,
                    base_folder=self.base_folder,
                ),
                self.deployments,
                AdapterEvaluationService(storage.db, self.adapters),
                EvaluationService(storage.db),
            ]
        )

    def drop_index(self, tenant_id: str) -> None:
        """Remove a deleted tenant's vectors from every open index."""
        for indexes in self.indexes():
            indexes.drop(tenant_id)

    def indexes(self) -> list[IndexCache]:
        """Of the embeddings, of those in use before and, if there are any, of word vectors."""
        return [leg.indexes for leg in self.retriever.dense.opened()]

    def base_folder(self) -> Path:
        """Where the unquantised base model lies. Raises WeightsUnavailable."""
        settings = self.storage.settings
        return resolve(settings.base_model, settings.models_dir)

    async def close(self) -> None:
        await self.generator.close()
        for indexes in self.indexes():
            indexes.checkpoint_all()
        self.storage.db.close()


def open_storage(settings: Settings) -> Storage:
    """Migrate and open the data folder."""
    migrate(settings)
    root = settings.data_dir.expanduser().resolve()
    return Storage(
        settings, open_database(settings), Blobs(root / "blobs"), root / "adapters", root / "index", root / "trainings"
    )


def build_runtime(settings: Settings) -> Runtime:
    """Load the models and put everything together. Raises WeightsUnavailable with what to do.

    Takes seconds: call it in a thread.
    """
    quiet_libraries()
    start_single_thread()
    storage = open_storage(settings)
    embedders = build_embedders(settings, storage.db)
    embedder = embedders.current
    generator, base = build_generator(settings)
    retriever = build_retriever(storage, embedders)
    adapters = AdapterRegistry(
        storage.db,
        storage.adapters_dir,
        base,
        max_rank=settings.adapter_max_rank,
        max_bytes=settings.adapter_max_bytes,
        builtin=read_builtin_adapters(SHIPPED, base.fingerprint),
    )
    deployments = DeploymentService(storage.db, adapters, settings.adapter_gate)
    composer = Composer(embedder, generator, timeout_s=settings.request_timeout_s)
    profiles = AnsweringProfiles(storage.db, retriever.dense, RefusalPolicy(settings.refusal_threshold))
    answerer = Answerer(storage.db, retriever, composer, generator, deployments, profiles)
    rules = RowRules(generator.tokenizer, base.fingerprint, settings.training_row_tokens)
    datasets = DatasetLibrary(storage.db, storage.blobs, rules, max_bytes=settings.training_dataset_bytes)
    trainings = TrainingRequests(storage.db, datasets, storage.trainings_dir, base, max_rank=settings.adapter_max_rank)
    retrieval = TenantRetrieval(retriever, profiles, settings.top_k)
    return Runtime(
        storage,
        request_limits(settings),
        chunk_settings(settings),
        settings.embedding_model,
        embedder,
        retriever,
        generator,
        adapters,
        deployments,
        profiles,
        composer,
        answerer,
        build_ingestor(storage, embedders),
        Intake(storage.db, storage.blobs, intake_limits(settings)),
        build_upkeep(storage, embedder),
        datasets,
        trainings,
        Lessons(storage.db, retriever, profiles, rules, top_k=settings.top_k),
        AdapterEvaluationRunner(storage.db, adapters, generator, embedder, retrieval),
        TenantEvaluationRunner(storage.db, composer, embedder, adapters, retrieval),
    )


def build_retriever(storage: Storage, embedders: EmbeddingModelSet) -> Retriever:
    """A retriever with all that the settings name: word vectors and reranker too. Raises WeightsUnavailable."""
    settings = storage.settings
    legs = open_legs(storage, embedders, build_word_vectors(settings))
    return Retriever(storage.db, legs, build_reranker(settings))


def open_legs(storage: Storage, embedders: EmbeddingModelSet, words: Embedder | None = None) -> DenseLegs:
    """`words`: static word vectors, made of every passage's text as their index is built."""
    source = changes_of(storage.db)
    former = {name: open_leg(storage, embedder, source) for name, embedder in embedders.previous.items()}
    word_leg = None if words is None else open_leg(storage, words, text_changes_of(storage.db, words))
    return DenseLegs(storage.db, open_leg(storage, embedders.current, source), former, word_leg)


def open_leg(storage: Storage, embedder: Embedder, source: OpenChangeFeed) -> DenseLeg:
    settings = storage.settings
    limits = IndexLimits(settings.index_exact_vectors, settings.index_memory_bytes)
    return DenseLeg(embedder, IndexCache(storage.index_dir, embedder.dimension, embedder.fingerprint, source, limits))


@contextmanager
def searching(settings: Settings) -> Iterator[tuple[Storage, Retriever, Embedder]]:
    """What searching needs, without a generator."""
    storage = open_storage(settings)
    embedders = build_embedders(settings, storage.db)
    try:
        yield storage, build_retriever(storage, embedders), embedders.current
    finally:
        storage.db.close()


@contextmanager
def temporary_retriever(embedder: Embedder, words: Embedder | None = None) -> Iterator[tuple[Database, Retriever]]:
    """An empty database and a retriever over it, in a folder that is deleted at the end; `words`: word vectors."""
    with tempfile.TemporaryDirectory(prefix="loracle-corpus-") as folder:
        storage = open_storage(Settings(data_dir=Path(folder)))
        try:
            yield storage.db, Retriever(storage.db, open_legs(storage, EmbeddingModelSet(embedder), words))
        finally:
            storage.db.close()


def build_composer(settings: Settings, embedder: Embedder) -> tuple[Generator, Composer]:
    """What answering over given passages needs, without a data folder. The caller closes the generator."""
    generator, _ = build_generator(settings)
    return generator, Composer(embedder, generator, timeout_s=settings.request_timeout_s)


def build_ingestor(storage: Storage, embedders: EmbeddingModelSet) -> Ingestor:
    settings = storage.settings
    return Ingestor(
        storage.db,
        storage.blobs,
        embedders,
        limits=parser_limits(settings),
        chunking=chunk_settings(settings),
    )


def build_upkeep(storage: Storage, embedder: Embedder) -> Upkeep:
    settings = storage.settings
    keep = None if settings.keep_versions < 0 else settings.keep_versions

    def build_index(tenant_id: str) -> None:
        index = open_leg(storage, embedder, changes_of(storage.db)).indexes.for_tenant(tenant_id)
        index.rebuild()
        index.checkpoint()

    return Upkeep(storage.db, storage.blobs, chunk_settings(settings), keep, embedder.fingerprint, build_index)


def changes_of(db: Database) -> OpenChangeFeed:
    @contextmanager
    def changes(tenant_id: str, writable: bool) -> Iterator[ChangeFeed]:
        with db.write_tenant(tenant_id) if writable else db.read_tenant(tenant_id) as store:
            yield store.changes

    return changes


def text_changes_of(db: Database, embedder: Embedder) -> OpenChangeFeed:
    """The change log with vectors that `embedder` makes of the passages' text when they are asked for."""

    @contextmanager
    def changes(tenant_id: str, writable: bool) -> Iterator[ChangeFeed]:
        with db.write_tenant(tenant_id) if writable else db.read_tenant(tenant_id) as store:
            yield store.text_changes(embedder.embed_passages)

    return changes
