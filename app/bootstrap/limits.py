"""Builds the limits of callers, uploads, parsers and chunks from the settings."""

from __future__ import annotations

import math
from collections.abc import Mapping

from app.documents.batches.batch_upload import BatchLimits
from app.documents.ingestion.chunking import ChunkSettings
from app.documents.parsing.document_builder import ParserLimits
from app.domain.quotas import Quota, Quotas
from app.domain.usage import RateLimits, TenantLimits
from app.http.middleware.concurrency import Work
from app.http.middleware.concurrency_limit import Bounds
from app.metering.memory_limiter import MemoryRateLimiter
from app.metering.quotas import TenantQuotas
from app.metering.rate_limiter import RateLimiter
from app.settings import Settings
from app.storage.database import Database
from app.weights.machine import usable_cores

OTHER_THREADS = 24  # for the steps of answers, for downloads and for what is done regularly
ANSWERS_BEFORE_QUEUE = 8  # requests to answer for each place in the generator's queue


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
        isolation_required=settings.parser_isolation == "required",
    )


def tenant_limits(settings: Settings) -> TenantLimits:
    """Build the limits of tenants without limits of their own."""
    return TenantLimits(
        tenant=_rate_limits(
            settings.tenant_requests_per_minute,
            settings.tenant_tokens_per_minute,
            settings.tenant_uploads_per_minute,
            settings.tenant_requests_per_day,
            settings.tenant_tokens_per_day,
        ),
        key=_rate_limits(
            settings.key_requests_per_minute, settings.key_tokens_per_minute, settings.key_uploads_per_minute
        ),
        token=_rate_limits(
            settings.token_requests_per_minute, settings.token_tokens_per_minute, settings.token_uploads_per_minute
        ),
        quotas=_quotas(settings),
    )


def tenant_quotas(settings: Settings) -> TenantQuotas:
    """Build what refuses more than a tenant may have."""
    return TenantQuotas(_quotas(settings))


def concurrency_bounds(settings: Settings) -> Mapping[Work, Bounds]:
    """Build the bounds of what is at work at once, by its kind."""
    totals = {
        Work.READ: settings.concurrent_reads,
        Work.WRITE: settings.concurrent_writes,
        Work.SEARCH: settings.concurrent_searches or max(2, usable_cores()),
        Work.FETCH: settings.concurrent_fetches,
        Work.DOWNLOAD: settings.concurrent_downloads,
        Work.STREAM: settings.event_streams,
    }
    bounds = {work: _bounds(settings, work, total, total * settings.tenant_share) for work, total in totals.items()}
    # The generator refuses what is above its own limits; this one stops what is far above them.
    own_answers = ANSWERS_BEFORE_QUEUE * settings.tenant_queue_size
    answers = Bounds(ANSWERS_BEFORE_QUEUE * settings.queue_size, own_answers, own_answers)
    return {**bounds, Work.ANSWER: answers}


def request_threads(bounds: Mapping[Work, Bounds]) -> int:
    """The threads of requests: one for each that holds a place of a kind that uses one, and some for all others."""
    return sum(bounds[work].total for work in (Work.READ, Work.WRITE, Work.SEARCH, Work.FETCH)) + OTHER_THREADS


def build_rate_limiter(db: Database) -> RateLimiter:
    """Build the buckets of the limits: shared where several processes may serve, else in memory."""
    if db.dialect.name == "postgresql":
        from app.metering.shared_limiter import SharedRateLimiter

        return SharedRateLimiter(db)
    return MemoryRateLimiter()


def _rate_limits(*limits: int) -> RateLimits:
    """In the order of the fields; 0: no limit."""
    return RateLimits(*(limit or None for limit in limits))


def _quotas(settings: Settings) -> Quotas:
    return Quotas(**{quota: getattr(settings, f"tenant_{quota}") or None for quota in Quota})


def _bounds(settings: Settings, work: Work, total: int, tenant: float) -> Bounds:
    own = max(1, math.floor(tenant))
    return Bounds(
        total=total,
        tenant=own,
        caller=max(1, math.ceil(own * settings.key_share)),
        waiting=0 if work == Work.STREAM else settings.tenant_waiting_requests,
        wait_s=settings.longest_wait_s,
    )


def url_timeout_s(settings: Settings) -> float | None:
    """Seconds to fetch a document from a URL; None if this service fetches none."""
    return settings.url_timeout_s if settings.url_ingestion else None
