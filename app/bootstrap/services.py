"""Builds the services that routers, the middleware and the lifespan get by their class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.adapters.removal import AdapterRemoval
from app.adapters.service import AdapterService
from app.audit.service import AuditService
from app.bootstrap.diagnosis import diagnose_settings
from app.bootstrap.ingestion import build_citation_boxes, build_pages
from app.bootstrap.limits import (
    batch_limits,
    build_rate_limiter,
    concurrency_bounds,
    tenant_limits,
    tenant_quotas,
    url_timeout_s,
)
from app.bootstrap.openai_api import build_openai_api
from app.bootstrap.runtime import Runtime
from app.bootstrap.sign_in import sign_in_of
from app.chat.follow_ups.service import FollowUpService
from app.chat.steps.digest import DigestStep
from app.chat.streams.answers_elsewhere import AnswersElsewhere
from app.chat.streams.service import StreamService
from app.chat.summaries.service import SummaryService
from app.documents.batches.service import BatchService
from app.documents.by_key.service import KeyedDocumentService
from app.documents.collections.service import CollectionService
from app.documents.document_editor import DocumentEditor
from app.documents.events import ProgressStreams
from app.documents.links.service import LinkService
from app.documents.service import DocumentService
from app.documents.uploads import UploadService
from app.documents.url_fetch import resolve_addresses
from app.evaluations.events import EvaluationStreams
from app.evaluations.gate.service import AdapterEvaluationService
from app.evaluations.service import EvaluationService
from app.http.auth import Authenticator
from app.http.drain import Drain
from app.http.idempotency import IdempotencyService
from app.http.key_use import KeyUse
from app.http.middleware.concurrency import ConcurrencyLimits
from app.http.named_origins import NamedOrigins
from app.http.progress_stream import ProgressStream
from app.http.refused_keys import RefusedKeys
from app.http.services import Services
from app.http.watch import WatchService
from app.mcp_server.service import McpService
from app.mcp_server.tools import DocumentTools
from app.metering.metering import Metering
from app.metering.upload_rooms import UploadRooms
from app.metering.usage_log import UsageLog
from app.operations.diagnosis.service import DiagnosisService
from app.operations.processes.service import ProcessService
from app.operations.queue.service import QueueService
from app.operations.service import OperationsService
from app.search.service import SearchService
from app.storage.database import Database
from app.tenants.service import KeyService, TenantService
from app.tenants.sign_in.service import SignInService
from app.tenants.tokens.service import TokenService
from app.training.updates import TrainingUpdates
from app.usage.service import UsageService
from app.webhooks.service import WebhookService


@dataclass(frozen=True, slots=True)
class _Shared:
    """Services that others are built upon."""

    documents: DocumentService
    uploads: UploadService
    editor: DocumentEditor
    collections: CollectionService
    search: SearchService
    adapters: AdapterService
    concurrency: ConcurrencyLimits


def build_services(runtime: Runtime, process_id: str) -> Services:
    """All of them, over what the runtime holds. Each call has a Drain and a rate limiter of its own.

    `process_id`: by which other processes know this one.
    """
    shared = _shared(runtime)
    return Services(
        [
            shared.concurrency,
            *_operation(runtime, shared.concurrency),
            *_tenants(runtime),
            *_documents(runtime, shared),
            *_answers(runtime, process_id),
            *_adapters(runtime, shared),
            *_other_clients(runtime, shared),
        ]
    )


def build_uploads(runtime: Runtime) -> UploadService:
    """Build what stages files and records them as documents."""
    storage, settings = runtime.storage, runtime.storage.settings
    return UploadService(
        storage.db,
        storage.blobs,
        max_bytes=settings.max_upload_bytes,
        url_timeout_s=url_timeout_s(settings),
        quotas=tenant_quotas(settings),
    )


def _shared(runtime: Runtime) -> _Shared:
    storage = runtime.storage
    return _Shared(
        DocumentService(storage.db, storage.blobs),
        build_uploads(runtime),
        DocumentEditor(storage.db, runtime.reindexing, tenant_quotas(storage.settings)),
        CollectionService(storage.db, runtime.reindexing, runtime.embedding_model),
        SearchService(runtime.retriever),
        AdapterService(
            runtime.adapters,
            storage.adapters_dir,
            max_bytes=storage.settings.adapter_max_bytes,
            base_folder=runtime.base_folder,
        ),
        ConcurrencyLimits(concurrency_bounds(storage.settings)),
    )


def _operation(runtime: Runtime, concurrency: ConcurrencyLimits) -> Sequence[object]:
    db, drain = runtime.storage.db, Drain()
    watches = WatchService(db)
    progress = ProgressStream(watches, drain)
    return [
        drain,
        ProgressStreams(progress),
        EvaluationStreams(progress),
        TrainingUpdates(watches),
        runtime.metrics,
        QueueService(db),
        DiagnosisService(lambda: diagnose_settings(runtime.storage.settings, running=db)),
        ProcessService(db),
        OperationsService(
            db,
            runtime.generator,
            runtime.indexes,
            runtime.metrics,
            drain,
            concurrency,
            runtime.warnings,
            runtime.storage.settings.metrics_key.get_secret_value(),
            metrics_elsewhere=runtime.storage.settings.metrics_port > 0,
        ),
    ]


def _tenants(runtime: Runtime) -> Sequence[object]:
    """Tenants, their keys and tokens, and what each request is checked and counted by."""
    storage, settings = runtime.storage, runtime.storage.settings
    metering = Metering(storage.db, tenant_limits(settings), build_rate_limiter(storage.db), UsageLog(storage.db))
    tokens = TokenService(storage.db, runtime.deployments.resolve)
    removal = AdapterRemoval(storage.adapters, runtime.generator.forget_adapter)
    return [
        TenantService(storage.db, storage.blobs, removal, runtime.drop_index, storage.trainings_dir),
        KeyService(storage.db),
        tokens,
        SignInService(storage.db, tokens, sign_in_of(settings)),
        Authenticator(storage.db),
        NamedOrigins(storage.db),
        KeyUse(storage.db),
        RefusedKeys(storage.db),
        AuditService(storage.db, keep_days=settings.audit_days),
        IdempotencyService(storage.db),
        metering,
        UploadRooms(storage.db, tenant_quotas(settings)),
        UsageService(storage.db, metering, tenant_quotas(settings), max_tokens=settings.max_answer_tokens),
        WebhookService(storage.db, resolve_addresses, allowed=settings.webhooks),
    ]


def _documents(runtime: Runtime, shared: _Shared) -> Sequence[object]:
    storage = runtime.storage
    pages = build_pages(storage)
    return [
        shared.documents,
        shared.uploads,
        shared.editor,
        shared.collections,
        shared.search,
        KeyedDocumentService(storage.db, shared.documents, shared.uploads, shared.editor),
        BatchService(storage.db, shared.uploads, batch_limits(storage.settings)),
        pages,
        LinkService(storage.db, storage.blobs, pages),
        build_citation_boxes(pages),
    ]


def _answers(runtime: Runtime, process_id: str) -> Sequence[object]:
    db = runtime.storage.db
    return [
        runtime.chat,
        StreamService(runtime.chat, _answers_elsewhere(db, process_id)),
        runtime.chat_settings,
        runtime.conversations,
        FollowUpService(db, runtime.retriever, runtime.chat_settings),
        SummaryService(db, DigestStep(db, runtime.embedder)),
    ]


def _answers_elsewhere(db: Database, process_id: str) -> AnswersElsewhere | None:
    """What processes tell each other of their answers; None where only one answers."""
    return AnswersElsewhere(db, process_id) if db.dialect.name == "postgresql" else None


def _adapters(runtime: Runtime, shared: _Shared) -> Sequence[object]:
    """Adapters, their training and their evaluation."""
    db, quotas = runtime.storage.db, tenant_quotas(runtime.storage.settings)
    return [
        shared.adapters,
        runtime.deployments,
        AdapterEvaluationService(db, runtime.adapters, quotas),
        EvaluationService(db, runtime.conversations, runtime.deployments, quotas),
        runtime.datasets,
        runtime.trainings,
    ]


def _other_clients(runtime: Runtime, shared: _Shared) -> Sequence[object]:
    """What clients of OpenAI's API and of the Model Context Protocol are answered by."""
    storage = runtime.storage
    tools = DocumentTools(shared.search, runtime.chat, shared.collections, shared.documents, shared.concurrency)
    return [
        McpService(tools, max_body_bytes=storage.settings.max_body_bytes),
        *build_openai_api(
            storage,
            shared.adapters,
            runtime.deployments,
            runtime.chat,
            runtime.generator,
            runtime.embedder,
            shared.documents,
            shared.uploads,
            shared.collections,
            shared.search,
            runtime.datasets,
            runtime.trainings,
            runtime.metrics,
        ),
    ]
