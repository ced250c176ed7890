"""Builds what a document worker needs: the ingestion pipeline and the reindexing of what is outdated."""

from __future__ import annotations

from app.bootstrap.limits import chunk_settings, parser_limits, tenant_quotas
from app.bootstrap.storage import Storage
from app.bootstrap.vector_indexes import open_vector_search
from app.chat.citation_boxes import CitationBoxes
from app.documents.ingestion.pipeline import Ingestor
from app.documents.ingestion.reindexing import Reindexing
from app.documents.pages.page_cache import PageCache
from app.documents.pages.page_reader import PageReader
from app.documents.pages.service import PageService
from app.domain.conversations import Citation
from app.domain.pages import QuoteBox
from app.embeddings.base import Embedder
from app.embeddings.model_set import EmbeddingModelSet
from app.llm.admission import Admission

PAGE_REQUESTS, TENANT_PAGE_REQUESTS = 24, 8  # that read pages at a time, waiting ones included


def build_ingestor(storage: Storage, embedders: EmbeddingModelSet) -> Ingestor:
    """Build the pipeline that parses, chunks and embeds documents."""
    settings = storage.settings
    return Ingestor(
        storage.db,
        storage.blobs,
        embedders,
        limits=parser_limits(settings),
        chunking=chunk_settings(settings),
        quotas=tenant_quotas(settings),
    )


def build_pages(storage: Storage) -> PageService:
    """Build what shows the pages of documents."""
    settings = storage.settings
    cache = PageCache(storage.page_cache_dir, settings.page_cache_bytes)
    admission = Admission(PAGE_REQUESTS, TENANT_PAGE_REQUESTS)
    return PageService(storage.db, storage.blobs, PageReader(cache, parser_limits(settings)), admission)


def build_citation_boxes(pages: PageService) -> CitationBoxes:
    """Build what finds the quotes of an answer on the pages."""

    def locate(tenant_id: str, citation: Citation) -> tuple[QuoteBox, ...]:
        quoted = citation.char_start, citation.char_end
        return pages.locate(tenant_id, citation.document_id, *quoted, citation.version).boxes

    return CitationBoxes(locate)


def build_reindexing(storage: Storage, embedder: Embedder) -> Reindexing:
    """Build what brings documents up to date after a change of model or of chunk sizes."""
    settings = storage.settings
    keep = None if settings.keep_versions < 0 else settings.keep_versions

    build_index = open_vector_search(storage, embedder).prepare
    return Reindexing(storage.db, storage.blobs, chunk_settings(settings), keep, embedder.fingerprint, build_index)
