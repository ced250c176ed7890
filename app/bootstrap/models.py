"""Builds the models that the settings name: embedders, reranker, base model, generator. Loading one takes seconds."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import structlog

from app.bootstrap.urls import is_http_url
from app.embeddings.base import Embedder
from app.embeddings.hashing import HashingEmbedder
from app.embeddings.model_set import EmbeddingModelSet
from app.embeddings.reranker import Reranker
from app.errors import InvalidRequest, WeightsUnavailable
from app.numerics.bitsandbytes_import import import_bitsandbytes
from app.numerics.pytorch import pytorch_installed
from app.settings import Settings
from app.storage.database import Database
from app.storage.sql.repositories.embeddings import EmbeddingModels
from app.weights.catalog import local_folder, resolve
from app.weights.entries import CATALOG
from app.weights.folder import fingerprint
from app.weights.requirements import DEFAULT_BLOCK_SIZE

if TYPE_CHECKING:
    from app.engine.base_identity import QuantizationRecipe
    from app.engine.loading import LoadedModel
    from app.training.base import BaseModelSpec

log = structlog.get_logger(__name__)
HASHED_WORDS = 512  # dimension of the fake word vectors
HASHING = "hashing"  # the embedding_model that selects the fake embedder
REMOTE = "openai"  # the embedding_model openai:<model> selects that of a server


def build_embedders(settings: Settings, db: Database) -> EmbeddingModelSet:
    """Build the current embedding model, and the previous ones that still search for tenants not yet re-embedded.

    Raises WeightsUnavailable if the current model is unavailable. A previous model that is unavailable is dropped:
    until the current model has embedded the passages of its tenants, only full text finds them.
    """
    current = build_embedder(settings)
    with db.write() as session:
        models = EmbeddingModels(session)
        models.record(current.fingerprint, settings.embedding_model)
        others = {name: source for name, source in models.in_use().items() if name != current.fingerprint}
    former = {name: _former_embedder(settings, name, source) for name, source in others.items()}
    for name, embedder in former.items():
        if embedder is None:
            log.warning("former_embedding_model_lost", fingerprint=name, source=others[name])
            with db.write() as session:
                EmbeddingModels(session).replace(name, current.fingerprint)
    return EmbeddingModelSet(current, {name: embedder for name, embedder in former.items() if embedder is not None})


def _former_embedder(settings: Settings, name: str, source: str | None) -> Embedder | None:
    """None if the source of that model is unknown, or now holds another model."""
    if source is None:
        return None
    try:
        found = build_embedder(settings.model_copy(update={"embedding_model": source}))
    except WeightsUnavailable:
        return None
    return found if found.fingerprint == name else None


def build_embedder(settings: Settings) -> Embedder:
    """Build the embedding model that the settings name. Raises WeightsUnavailable."""
    kind, _, dimension = settings.embedding_model.partition(":")
    if kind == HASHING:
        return HashingEmbedder(int(dimension)) if dimension else HashingEmbedder()
    if kind == REMOTE:
        return build_remote_embedder(settings, dimension)
    from app.embeddings.sentence_transformer import SentenceEmbedder

    folder = resolve(settings.embedding_model, settings.models_dir)
    device: Literal["cpu", "cuda"] = (
        "cuda" if settings.device == "cuda" else "cpu"
    )  # a small encoder leaves the GPU to the base model
    return SentenceEmbedder(folder, fingerprint=fingerprint(folder), device=device, threads=settings.threads)


def build_remote_embedder(settings: Settings, model: str) -> Embedder:
    """Build the embedding model of a server. Raises WeightsUnavailable if it does not embed."""
    from app.embeddings.remote import EmbeddingServer, RemoteEmbedder

    url = settings.embeddings_url or settings.openai_url
    key = settings.embeddings_key.get_secret_value() or settings.openai_key.get_secret_value()
    if not model or not is_http_url(url):
        raise WeightsUnavailable(
            "LORACLE_EMBEDDING_MODEL=openai:<model> needs the name of a model, and LORACLE_EMBEDDINGS_URL the address "
            "of its server, as http://host:8000/v1."
        )
    return RemoteEmbedder(
        EmbeddingServer(url, key, model, settings.embeddings_timeout_s),
        query_prefix=settings.embeddings_query_prefix,
        passage_prefix=settings.embeddings_passage_prefix,
        max_tokens=settings.embeddings_max_tokens,
    )


def build_word_vectors(settings: Settings) -> Embedder | None:
    """Build word vectors from the source that the settings name, else from the embedding model's own table.

    None if the embedding model has no readable table. Raises WeightsUnavailable if a named source is unusable.
    """
    if not settings.word_vectors and settings.embedding_model.partition(":")[0] == HASHING:
        return HashingEmbedder(HASHED_WORDS)  # a sum of hashed words is a sum of word vectors
    if not settings.word_vectors and settings.embedding_model.partition(":")[0] == REMOTE:
        return None  # the table of a model on another server is out of reach
    from app.embeddings.static_embeddings import load_embedding_table
    from app.embeddings.word_vectors import WordVectors

    folder = local_folder(settings.word_vectors or settings.embedding_model, settings.models_dir)
    try:
        return WordVectors(load_embedding_table(folder))
    except WeightsUnavailable:
        if settings.word_vectors:
            raise
        log.info("no_word_vectors", embedding_model=settings.embedding_model)
        return None


def build_reranker(settings: Settings) -> Reranker | None:
    """Build the reranker; None unless the settings name one. Raises WeightsUnavailable."""
    if not settings.reranker:
        return None
    from app.embeddings.reranker import CrossEncoderReranker

    folder = resolve(settings.reranker, settings.models_dir)
    return CrossEncoderReranker(folder, device="cuda" if settings.device == "cuda" else "cpu")


def quantization_recipe(settings: Settings) -> QuantizationRecipe:
    """Build the quantisation of the base model: from the settings and, where they say "auto", the catalogue."""
    from app.engine.base_identity import QuantizationRecipe

    entry = CATALOG.get(settings.base_model)
    keep, block_size = (entry.keep_in_bf16, entry.block_size) if entry else ((), DEFAULT_BLOCK_SIZE)
    if settings.keep_in_bf16 != "auto":
        keep = tuple(settings.keep_in_bf16)
    if settings.quantization_block_size != "auto":
        block_size = settings.quantization_block_size
    return QuantizationRecipe(settings.quantization, block_size, settings.double_quantization, keep)


def load_model(settings: Settings) -> LoadedModel:
    """Load the base model, quantised as the settings say. Raises WeightsUnavailable."""
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
        integer_products=settings.integer_products,
    )


def training_source(settings: Settings) -> BaseModelSpec:
    """Build the specification of the base model for training: the same base that serves. Raises WeightsUnavailable."""
    if settings.generator in {"scripted", "openai"}:
        raise InvalidRequest(
            f"LORACLE_GENERATOR={settings.generator} has no base model that could be trained.", code="no_base_model"
        )
    from app.training.base import BaseModelSpec

    folder = resolve(settings.base_model, settings.models_dir)
    return BaseModelSpec(
        settings.base_model,
        folder,
        fingerprint(folder),
        quantization_recipe(settings),
        device=settings.device,
        compute_dtype=settings.compute_dtype,
    )


def import_libraries(settings: Settings) -> None:
    """Import what takes seconds to import, in one place, so that the log of the start can tell it apart."""
    if runs_models(settings):
        quiet_libraries()
    if settings.generator == "local":
        import_bitsandbytes()  # before a library that also imports it
        import app.engine.quantized_model  # noqa: F401
    if _embeds_here(settings):
        import sentence_transformers  # noqa: F401


def runs_models(settings: Settings) -> bool:
    """Whether this process runs a model on PyTorch; if not, PyTorch need not be installed."""
    return settings.generator == "local" or bool(settings.reranker) or _embeds_here(settings)


def _embeds_here(settings: Settings) -> bool:
    return settings.embedding_model.partition(":")[0] not in {HASHING, REMOTE}


def models_on_disk(settings: Settings) -> Sequence[str]:
    """The models whose files this service reads: vLLM's base too, for its tokenizer and the shapes of its layers."""
    base = [settings.base_model] if settings.generator in {"local", "vllm"} else []
    return [*base, *([settings.embedding_model] if _embeds_here(settings) else [])]


def quiet_libraries() -> None:
    """Turn off the progress bars and reports of model libraries, if there are any, which would fill a service's log."""
    if not pytorch_installed():
        return
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from transformers.utils import logging as transformers_logging

    transformers_logging.set_verbosity_error()
    transformers_logging.disable_progress_bar()
