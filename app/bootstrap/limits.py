"""Builds the limits of requests, uploads, parsers and chunks from the settings."""

from __future__ import annotations

from dataclasses import dataclass

from app.documents.batches.batch_upload import BatchLimits
from app.documents.ingestion.chunking import ChunkSettings
from app.documents.parsing.document_builder import ParserLimits
from app.settings import Settings


@dataclass(frozen=True, slots=True)
class RequestLimits:
    """What a request may ask for, and the defaults of what it leaves out."""

    upload_bytes: int  # of one document
    adapter_bytes: int
    fetch_timeout_s: float | None  # None: this service fetches no documents from URLs


def request_limits(settings: Settings) -> RequestLimits:
    """Build the limits of HTTP requests."""
    return RequestLimits(
        upload_bytes=settings.max_upload_bytes,
        adapter_bytes=settings.adapter_max_bytes,
        fetch_timeout_s=settings.url_timeout_s if settings.url_ingestion else None,
    )


def batch_limits(settings: Settings) -> BatchLimits:
    """Build the limits of a batch upload."""
    return BatchLimits(unpacked_bytes=settings.max_unpacked_bytes)


def chunk_settings(settings: Settings) -> ChunkSettings:
    """Build the chunk sizes of collections without settings of their own."""
    return ChunkSettings(settings.chunk_tokens, settings.chunk_overlap_tokens, settings.section_tokens)


def parser_limits(settings: Settings) -> ParserLimits:
    """Build the limits of the parser sandbox."""
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
