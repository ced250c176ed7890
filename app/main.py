"""The FastAPI application: routers and middleware, over the services that its lifespan registers."""

from __future__ import annotations

from functools import cache

from fastapi import APIRouter, FastAPI
from starlette.formparsers import MultiPartParser
from starlette.routing import BaseRoute

from app import __version__
from app.adapters import router as adapters
from app.adapters.deployments import router as deployments
from app.adapters.replicas import router as replicas
from app.audit import router as audit
from app.bootstrap.environment import read_settings
from app.bootstrap.lifespan import run_service
from app.bootstrap.runtime import Runtime
from app.chat import router as chat
from app.chat.conversations import router as conversations
from app.chat.follow_ups import router as follow_ups
from app.chat.settings import router as answering
from app.chat.streams import router as streams
from app.chat.summaries import router as summaries
from app.dify import router as dify
from app.documents import router as documents
from app.documents.batches import router as batches
from app.documents.by_key import router as documents_by_key
from app.documents.collections import router as collections
from app.documents.links import router as links
from app.documents.pages import router as pages
from app.documents.versions import router as versions
from app.evaluations import router as evaluations
from app.evaluations.gate import router as adapter_evaluations
from app.http import errors, openapi
from app.http.middleware.authenticate import Authenticate
from app.http.middleware.body_limit import BodyLimit, BodyLimits
from app.http.middleware.concurrency import LimitConcurrency
from app.http.middleware.crash_guard import CrashGuard
from app.http.middleware.deadlines import Deadlines
from app.http.middleware.framing import Framing
from app.http.middleware.head_requests import HeadRequests
from app.http.middleware.rate_limits import RATE_HEADERS, RateLimits
from app.http.middleware.request_context import RequestContext
from app.http.middleware.security_headers import SecurityHeaders
from app.http.middleware.slow_bodies import SlowBodies
from app.http.middleware.unread_bodies import UnreadBodies
from app.http.middleware.upload_quotas import UploadQuotas
from app.http.origins import EXPOSED_HEADERS, CrossOrigin
from app.mcp_server import router as mcp
from app.observability import StepTimer, configure_logging
from app.openai_api.chat_completions import router as chat_completions
from app.openai_api.conversations import router as openai_conversations
from app.openai_api.embeddings import router as embeddings
from app.openai_api.files import router as files
from app.openai_api.fine_tuning import router as fine_tuning
from app.openai_api.models import router as models
from app.openai_api.responses import router as openai_responses
from app.openai_api.vector_stores import router as vector_stores
from app.openai_api.vector_stores.files import router as vector_store_files
from app.operations import router as operations
from app.operations.diagnosis import router as diagnosis
from app.operations.processes import router as processes
from app.operations.queue import router as queue
from app.search import router as search
from app.settings import Settings
from app.tenants import router as tenants
from app.tenants.own_keys import router as own_keys
from app.tenants.sign_in import router as sign_in
from app.tenants.tokens import router as tokens
from app.training import router as trainings
from app.training.datasets import router as datasets
from app.usage import router as usage
from app.web import docs_page, main_page
from app.webhooks import router as webhooks

FORM_MEMORY_BYTES = 64 * 1024  # of each uploaded file; the rest is on disk: one upload may hold 1,000 files
PUBLIC = sign_in.PUBLIC | frozenset(
    {"/", "/healthz", "/readyz", "/metrics", "/docs", "/openapi.json", "/favicon.ico", "/favicon.svg", main_page.WIDGET}
)
PUBLIC_PREFIXES = ("/assets/", "/static/", links.PREFIX)
TAGS = [
    {"name": "documents", "description": "What answers are found in."},
    {"name": "search", "description": "Passages, without an answer."},
    {"name": "chat", "description": "Answers with citations."},
    {"name": "conversations", "description": "What was asked and answered, and what users thought of it."},
    {"name": "evaluations", "description": "Your own questions, asked of your documents and scored."},
    {"name": "adapters", "description": "Your tenant's own LoRA adapters on the shared base model."},
    {"name": "training", "description": "Datasets, and the jobs that train adapters on them."},
    {"name": "webhooks", "description": "Events sent to your own URLs."},
    {"name": "openai", "description": "The same for clients of OpenAI's API: point them at `/v1`."},
    {"name": "tokens", "description": "Short-lived, for one end user: what a browser holds in place of your key."},
    {"name": "usage", "description": "Who you are, what you may use, and what was used."},
    {"name": "audit", "description": "Who did what, when and from where."},
    {"name": "tenants", "description": "For the operator: tenants and their keys."},
    {"name": "operations", "description": "Health, readiness, metrics; for the operator the diagnosis and the queue."},
]
ROUTERS = (
    documents_by_key,  # before the paths with a document's id
    documents,
    pages,
    versions,
    links,
    batches,
    collections,
    search,
    chat,
    streams,
    answering,
    follow_ups,
    summaries,
    conversations,
    adapters,
    deployments,
    adapter_evaluations,
    evaluations,
    datasets,
    trainings,
    models,
    chat_completions,
    embeddings,
    dify,
    mcp,
    files,
    vector_stores,
    vector_store_files,
    openai_responses,
    openai_conversations,
    fine_tuning,
    webhooks,
    audit,
    tenants,
    own_keys,
    replicas,
    tokens,
    sign_in,
    usage,
    queue,
    processes,
    diagnosis,
    operations,
)
DESCRIPTION = (
    "Upload documents, ask, and get answers that cite the exact passage they rest on. Press **Authorize** and paste "
    "an API key (`lk_...`) to try the calls here."
)


def create_app(
    settings: Settings | None = None, runtime: Runtime | None = None, timer: StepTimer | None = None
) -> FastAPI:
    """Build the application. A `runtime` that is passed in stays open at the end; else one is built at start-up.

    `timer` holds the steps that came before; the log line "ready" has all of them.
    """
    settings = settings or (runtime.storage.settings if runtime is not None else read_settings())
    configure_logging(settings.log_level, settings.log_format)
    app = FastAPI(
        title="Loracle",
        version=__version__,
        description=DESCRIPTION,
        openapi_tags=TAGS,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        servers=[{"url": settings.root_path or "/"}],
        openapi_url=None,  # `openapi.install` serves it
        docs_url=None,
        redoc_url=None,
        lifespan=lambda app: run_service(app, settings, runtime, timer or StepTimer()),
        routes=[*_api_routes()],
    )
    MultiPartParser.spool_max_size = FORM_MEMORY_BYTES  # Starlette has no parameter for it
    errors.install(app)
    docs_page.install(app)
    main_page.install(app)
    openapi.install(app)
    # The last added middleware is the outermost: RequestContext sees every request, Authenticate those that passed.
    app.add_middleware(Deadlines, seconds=settings.request_timeout_s, read_seconds=settings.read_timeout_s)
    app.add_middleware(CrashGuard)  # within RateLimits, whose headers the answer has; that of the middleware is below
    app.add_middleware(LimitConcurrency)  # it reads bodies
    app.add_middleware(UploadQuotas)
    app.add_middleware(BodyLimit, limits=_body_limits(settings))
    app.add_middleware(RateLimits)
    app.add_middleware(Authenticate, public=PUBLIC, public_prefixes=PUBLIC_PREFIXES)
    app.add_middleware(SlowBodies)
    app.add_middleware(HeadRequests)
    app.add_middleware(CrashGuard)
    app.add_middleware(Framing)
    app.add_middleware(
        CrossOrigin,
        origins=settings.cors_origins,
        allow_methods=["*"],
        allow_headers=["*"],
        expose_headers=[*EXPOSED_HEADERS, *RATE_HEADERS],
    )
    app.add_middleware(SecurityHeaders)
    app.add_middleware(RequestContext)
    app.add_middleware(UnreadBodies, most_bytes=settings.max_body_bytes, timeout_s=settings.body_timeout_s)
    return app


def _body_limits(settings: Settings) -> BodyLimits:
    larger = {batches.PATH: settings.max_batch_bytes, adapters.PATH: settings.adapter_max_bytes}
    return BodyLimits(settings.max_body_bytes, settings.max_upload_bytes, larger, settings.body_timeout_s)


@cache
def _api_routes() -> list[BaseRoute]:
    """The operations of the API. The applications of one process share them: building them takes a second."""
    api = APIRouter(generate_unique_id_function=lambda route: route.name)  # test_openapi holds that they are unique
    for module in ROUTERS:
        api.include_router(module.router)
    return api.routes
