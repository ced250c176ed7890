"""The composition root: settings to objects. The only place that chooses implementations."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import structlog

from app.adapters.base_spec import BaseSpec, read_base_spec
from app.adapters.pointers import AdapterPointers
from app.adapters.registry import AdapterRegistry
from app.adapters.starters import SHIPPED, read_starters
from app.answering.answer import Answerer
from app.answering.compose import Composer
from app.answering.refusal import RefusalPolicy
from app.encoders.embedder import Embedder
from app.encoders.hashing import HashingEmbedder
from app.encoders.in_use import EmbeddersInUse
from app.encoders.reranker import Reranker
from app.errors import InvalidRequest, WeightsUnavailable
from app.generation.generator import Generator
from app.generation.scripted import ScriptedGenerator
from app.index.open_indexes import Indexes
from app.index.source import ChangeSource, OpenSource
from app.index.tenant_index import IndexLimits
from app.ingestion.chunking import ChunkSettings
from app.ingestion.limits import ParserLimits
from app.ingestion.pipeline import Ingestor
from app.ingestion.upkeep import Upkeep
from app.retrieval.dense import DenseLeg
from app.retrieval.legs import DenseLegs
from app.retrieval.retrieve import Retriever
from app.settings import Settings
from app.store.blobs import Blobs
from app.store.embeddings import EmbeddingModels
from app.store.migrate import migrate
from app.store.session import Database, open_database
from app.training.lessons import Lessons
from app.training.library import DatasetLibrary, RowRules
from app.training.requests import TrainingRequests
from app.weights.catalog import CATALOG, local_folder, resolve
from app.weights.folder import fingerprint

if TYPE_CHECKING:
    from app.engine.loading import LoadedModel
    from app.engine.quantize import QuantizationRecipe
    from app.training.base import BaseSource

log = structlog.get_logger(__name__)
HASHED_WORDS = 512  # dimension of the fake's word vectors
HASHING = "hashing"  # embedding_model of the shipped fake
SCRIPTED_FINGERPRINT = "scripted"


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

    def indexes(self) -> list[Indexes]:
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
    embedders = build_embedders(storage)
    embedder = embedders.current
    generator, base = _build_generator(settings)
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


def open_legs(storage: Storage, embedders: EmbeddersInUse, words: Embedder | None = None) -> DenseLegs:
    """`words`: static word vectors, made of every passage's text as their index is built."""
    source = changes_of(storage.db)
    former = {name: open_leg(storage, embedder, source) for name, embedder in embedders.former.items()}
    word_leg = None if words is None else open_leg(storage, words, text_changes_of(storage.db, words))
    return DenseLegs(storage.db, open_leg(storage, embedders.current, source), former, word_leg)


def open_leg(storage: Storage, embedder: Embedder, source: OpenSource) -> DenseLeg:
    settings = storage.settings
    limits = IndexLimits(settings.index_exact_vectors, settings.index_memory_bytes)
    return DenseLeg(embedder, Indexes(storage.index_dir, embedder.dimension, embedder.fingerprint, source, limits))


@contextmanager
def searching(settings: Settings) -> Iterator[tuple[Storage, Retriever, Embedder]]:
    """What searching needs, without a generator."""
    storage = open_storage(settings)
    embedders = build_embedders(storage)
    try:
        yield storage, Retriever(storage.db, open_legs(storage, embedders)), embedders.current
    finally:
        storage.db.close()


def build_composer(settings: Settings, embedder: Embedder) -> tuple[Generator, Composer]:
    """What answering over given passages needs, without a data folder. The caller closes the generator."""
    generator, _ = _build_generator(settings)
    return generator, Composer(embedder, generator, timeout_s=settings.request_timeout_s)


def build_embedders(storage: Storage) -> EmbeddersInUse:
    """The model that the settings name, and those that tenants are searched by until it is ready for them.

    Raises WeightsUnavailable if the named one is. A former one that is, is given up: full text alone finds what it
    embedded, until the current one has done so.
    """
    settings, db = storage.settings, storage.db
    current = build_embedder(settings)
    with db.write() as session:
        models = EmbeddingModels(session)
        models.remember(current.fingerprint, settings.embedding_model)
        others = {name: source for name, source in models.in_use().items() if name != current.fingerprint}
    former = {name: _former_embedder(settings, name, source) for name, source in others.items()}
    for name, embedder in former.items():
        if embedder is None:
            log.warning("former_embedding_model_lost", fingerprint=name, source=others[name])
            with db.write() as session:
                EmbeddingModels(session).replace(name, current.fingerprint)
    return EmbeddersInUse(current, {name: embedder for name, embedder in former.items() if embedder is not None})


def _former_embedder(settings: Settings, name: str, source: str | None) -> Embedder | None:
    """None if it is not known where that model came from, or something else lies there now."""
    if source is None:
        return None
    try:
        found = build_embedder(settings.model_copy(update={"embedding_model": source}))
    except WeightsUnavailable:
        return None
    return found if found.fingerprint == name else None


def build_embedder(settings: Settings) -> Embedder:
    kind, _, dimension = settings.embedding_model.partition(":")
    if kind == HASHING:
        return HashingEmbedder(int(dimension)) if dimension else HashingEmbedder()
    from app.encoders.sentence import SentenceEmbedder

    folder = resolve(settings.embedding_model, settings.models_dir)
    device: Literal["cpu", "cuda"] = (
        "cuda" if settings.device == "cuda" else "cpu"
    )  # a small encoder leaves the GPU to the base model
    return SentenceEmbedder(folder, fingerprint=fingerprint(folder), device=device, threads=settings.threads)


def build_word_vectors(settings: Settings) -> Embedder | None:
    """From the source the settings name, else from the embedding model; None if that has none that can be read.

    Raises WeightsUnavailable if a named source cannot be used.
    """
    if not settings.word_vectors and settings.embedding_model.partition(":")[0] == HASHING:
        return HashingEmbedder(HASHED_WORDS)  # a sum of hashed words is a sum of word vectors
    from app.encoders.word_tables import read_word_table
    from app.encoders.word_vectors import WordVectors

    folder = local_folder(settings.word_vectors or settings.embedding_model, settings.models_dir)
    try:
        return WordVectors(read_word_table(folder))
    except WeightsUnavailable:
        if settings.word_vectors:
            raise
        log.info("no_word_vectors", embedding_model=settings.embedding_model)
        return None


def build_reranker(settings: Settings) -> Reranker | None:
    """None unless the settings name one. Raises WeightsUnavailable: never serves without what was asked for."""
    if not settings.reranker:
        return None
    from app.encoders.reranker import CrossEncoderReranker

    folder = resolve(settings.reranker, settings.models_dir)
    return CrossEncoderReranker(folder, device="cuda" if settings.device == "cuda" else "cpu")


def build_ingestor(storage: Storage, embedders: EmbeddersInUse) -> Ingestor:
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


def quantization_recipe(settings: Settings) -> QuantizationRecipe:
    """How the base model is quantised: the settings and, where they say "auto", the catalogue."""
    from app.engine.quantize import QuantizationRecipe

    keep = settings.keep_in_bf16
    if keep == "auto":
        model = CATALOG.get(settings.base_model)
        keep = list(model.keep_in_bf16) if model else []
    return QuantizationRecipe(
        settings.quantization, settings.quantization_block_size, settings.double_quantization, tuple(keep)
    )


def load_model(settings: Settings) -> LoadedModel:
    """The base model, quantised as the settings say. Raises WeightsUnavailable."""
    from app.engine.loading import load_base

    folder = resolve(settings.base_model, settings.models_dir)
    return load_base(
        folder,
        weights_fingerprint=fingerprint(folder),
        recipe=quantization_recipe(settings),
        compute_dtype=settings.compute_dtype,
        device=settings.device,
        threads=settings.threads,
        dense_bytes=settings.dense_weights_bytes,
    )


def training_source(settings: Settings) -> BaseSource:
    """The base that adapters are trained for: the one that serves. Raises WeightsUnavailable."""
    if settings.generator == "scripted":
        raise InvalidRequest("This service runs without a model; there is nothing to train.", code="no_base_model")
    from app.training.base import BaseSource

    folder = resolve(settings.base_model, settings.models_dir)
    return BaseSource(
        settings.base_model,
        folder,
        fingerprint(folder),
        quantization_recipe(settings),
        device=settings.device,
        compute_dtype=settings.compute_dtype,
    )


def _build_generator(settings: Settings) -> tuple[Generator, BaseSpec]:
    if settings.generator == "scripted":
        layers = {"model.layers.0.self_attn.q_proj": (8, 8), "model.layers.0.mlp.down_proj": (16, 8)}
        return ScriptedGenerator(
            queue_size=settings.queue_size, tenant_queue_size=settings.tenant_queue_size
        ), BaseSpec("scripted", SCRIPTED_FINGERPRINT, layers)
    from app.engine.engine import EngineLimits
    from app.generation.local import LocalGenerator

    folder = resolve(settings.base_model, settings.models_dir)
    loaded = load_model(settings)
    log.info("base_model_loaded", model=settings.base_model, **loaded.describe())
    generator = LocalGenerator(
        loaded,
        limits=EngineLimits(
            settings.context_tokens,
            settings.kv_cache_bytes,
            settings.adapter_cache_bytes,
            settings.adapter_host_cache_bytes,
        ),
        queue_size=settings.queue_size,
        tenant_queue_size=settings.tenant_queue_size,
    )
    return generator, read_base_spec(folder, name=settings.base_model, fingerprint=loaded.fingerprint)


def changes_of(db: Database) -> OpenSource:
    @contextmanager
    def changes(tenant_id: str, writable: bool) -> Iterator[ChangeSource]:
        with db.write_tenant(tenant_id) if writable else db.read_tenant(tenant_id) as store:
            yield store.changes

    return changes


def text_changes_of(db: Database, embedder: Embedder) -> OpenSource:
    """The change log with vectors that `embedder` makes of the passages' text when they are asked for."""

    @contextmanager
    def changes(tenant_id: str, writable: bool) -> Iterator[ChangeSource]:
        with db.write_tenant(tenant_id) if writable else db.read_tenant(tenant_id) as store:
            yield store.text_changes(embedder.embed_passages)

    return changes


def quiet_libraries() -> None:
    """Model libraries print progress bars and reports: not in a service's log."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from transformers.utils import logging as transformers_logging

    transformers_logging.set_verbosity_error()
    transformers_logging.disable_progress_bar()
