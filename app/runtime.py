"""The composition root: settings to objects. It and `model_loading` alone choose implementations."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.adapters.pointers import AdapterPointers
from app.adapters.registry import AdapterRegistry
from app.adapters.starters import SHIPPED, read_starters
from app.answering.answer import Answerer
from app.answering.compose import Composer
from app.answering.refusal import RefusalPolicy
from app.encoders.embedder import Embedder
from app.encoders.in_use import EmbeddingModelSet
from app.generation.generator import Generator
from app.index.open_indexes import IndexCache
from app.index.source import ChangeFeed, OpenChangeFeed
from app.index.tenant_index import IndexLimits
from app.ingestion.chunking import ChunkSettings
from app.ingestion.limits import ParserLimits
from app.ingestion.pipeline import Ingestor
from app.ingestion.upkeep import Upkeep
from app.model_loading import build_embedders, build_generator, build_reranker, build_word_vectors, quiet_libraries
from app.retrieval.dense import DenseLeg
from app.retrieval.legs import DenseLegs
from app.retrieval.retrieve import Retriever
from app.settings import Settings
from app.store.blobs import Blobs
from app.store.migrate import migrate
from app.store.session import Database, open_database
from app.training.lessons import Lessons
from app.training.library import DatasetLibrary, RowRules
from app.training.requests import TrainingRequests
from app.weights.catalog import resolve


@dataclass(frozen=True, slots=True)
class Storage:
    """What needs no model: enough for the command line and for a worker's queue."""

    settings: Settings
    db: Database
    blobs: Blobs
    adapters_dir: Path
    index_dir: Path
    trainings_dir: Path


@dataclass(frozen=True, slots=True)
class Runtime:
    """Every part of a running service."""

    storage: Storage
    embedder: Embedder
    retriever: Retriever
    generator: Generator
    adapters: AdapterRegistry
    pointers: AdapterPointers
    composer: Composer
    answerer: Answerer
    ingestor: Ingestor
    datasets: DatasetLibrary
    trainings: TrainingRequests
    lessons: Lessons

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
    storage = open_storage(settings)
    embedders = build_embedders(settings, storage.db)
    embedder = embedders.current
    generator, base = build_generator(settings)
    legs = open_legs(storage, embedders, build_word_vectors(settings))
    retriever = Retriever(storage.db, legs, build_reranker(settings))
    adapters = AdapterRegistry(
        storage.db,
        storage.adapters_dir,
        base,
        max_rank=settings.adapter_max_rank,
        max_bytes=settings.adapter_max_bytes,
        starters=read_starters(SHIPPED, base.fingerprint),
    )
    pointers = AdapterPointers(storage.db, adapters, settings.adapter_gate)
    composer = Composer(embedder, generator, timeout_s=settings.request_timeout_s)
    policy = RefusalPolicy(settings.refusal_threshold)
    answerer = Answerer(storage.db, retriever, composer, generator, pointers, policy=policy)
    rules = RowRules(generator.tokenizer, base.fingerprint, settings.training_row_tokens)
    datasets = DatasetLibrary(storage.db, storage.blobs, rules, max_bytes=settings.training_dataset_bytes)
    trainings = TrainingRequests(storage.db, datasets, storage.trainings_dir, base, max_rank=settings.adapter_max_rank)
    return Runtime(
        storage,
        embedder,
        retriever,
        generator,
        adapters,
        pointers,
        composer,
        answerer,
        build_ingestor(storage, embedders),
        datasets,
        trainings,
        Lessons(storage.db, retriever, rules, top_k=settings.top_k),
    )


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
        yield storage, Retriever(storage.db, open_legs(storage, embedders)), embedders.current
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


def chunk_settings(settings: Settings) -> ChunkSettings:
    return ChunkSettings(settings.chunk_tokens, settings.chunk_overlap_tokens, settings.section_tokens)


def parser_limits(settings: Settings) -> ParserLimits:
    return ParserLimits(
        memory_mb=settings.parser_memory_mb,
        timeout_s=settings.parser_timeout_s,
        max_pages=settings.max_pages,
        max_chars=settings.max_text_chars,
        max_cells=settings.max_table_cells,
        max_unpacked_bytes=settings.max_unpacked_bytes,
        max_members=settings.max_archive_members,
        max_pixels=settings.max_image_pixels,
        ocr_languages=settings.ocr_languages,
        ocr_pages=settings.ocr_max_pages,
        ocr_page_s=settings.ocr_page_timeout_s,
    )


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
