"""Types of the API. Generated from the OpenAPI document by `make clients`: do not edit."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypeAlias, TypedDict

Group: TypeAlias = str


class AccessIn(TypedDict):
    """
    Members of the groups see it; with no groups everybody does. API keys see everything.
    """

    groups: list[Group]


class AccessOut(TypedDict):
    groups: list[str]


Collection: TypeAlias = str


Origin: TypeAlias = str


class AccessTokenOut(TypedDict):
    id: str
    object: Literal["token"]
    key_id: str
    user: str
    prefix: str
    scopes: list[str]
    groups: list[str]
    collections: list[str] | None
    adapter: str | None
    origins: list[str]
    max_requests: int
    requests: int
    created_at: str
    expires_at: str
    revoked_at: str | None


class ActivateIn(TypedDict):
    version: NotRequired[str | None]
    override: NotRequired[str | None]


class ActivationOut(TypedDict):
    adapter: str | None
    evaluation_id: str | None
    override_reason: str | None
    actor: str | None
    created_at: str


ActorKind: TypeAlias = Literal["key", "token", "sign_in", "operator", "service", "nobody"]


class ActorOut(TypedDict):
    kind: ActorKind
    tenant_id: str
    key_id: str
    token_id: str
    user: str
    address: str
    request_id: str


class AdapterAnswersOut(TypedDict):
    adapter: str | None
    answers: int
    refused: int
    seconds: float | None
    up: int
    down: int


AdapterOrigin: TypeAlias = Literal["upload", "training", "compression", "merge", "starter"]


class AdapterUsedOut(TypedDict):
    name: str
    version: str


class AmountsOut(TypedDict):
    requests: int
    prompt_tokens: int
    completion_tokens: int
    tokens: int
    uploads: int


Question: TypeAlias = str


class AnsweringIn(TypedDict):
    preamble: NotRequired[str | None]
    representation: NotRequired[Literal["hybrid", "cosine", "euclidean", "bm25", "tfidf", "word_vectors"] | None]
    judging: NotRequired[Literal["model", "rules"] | None]
    questions: NotRequired[list[Question] | None]


class AnsweringOut(TypedDict):
    object: Literal["answering"]
    preamble: str
    representation: Literal["hybrid", "cosine", "euclidean", "bm25", "tfidf", "word_vectors"]
    refusal_threshold: float | None
    judging: Literal["model", "rules"]
    answerable_threshold: float | None
    calibration: dict[str, Any]
    questions: list[str]


class AttributesIn(TypedDict):
    attributes: dict[str, str | bool | int | float] | None


AuditAction: TypeAlias = Literal["tenant.created", "tenant.suspended", "tenant.resumed", "tenant.deleted", "tenant.limits_changed", "key.created", "key.rotated", "key.revoked", "token.created", "token.revoked", "sign_in.accepted", "sign_in.refused", "authentication.refused", "adapter.added", "adapter.activated", "adapter.overridden", "adapter.deactivated", "adapter.rolled_back", "adapter.canary_started", "adapter.canary_ended", "adapter.deleted", "adapter.exported", "document.added", "document.changed", "document.link_created", "document.deleted", "document.access_changed", "collection.changed", "collection.deleted", "chat_settings.changed", "conversation.deleted", "feedback.deleted", "dataset.added", "dataset.deleted", "training.started", "training.changed", "training.deleted", "evaluation.started", "evaluation.cancelled", "evaluation.deleted", "file.added", "file.deleted", "webhook.created", "webhook.changed", "webhook.deleted", "queue.paused", "queue.resumed", "job.cancelled", "job.retried", "backup.made", "backup.restored", "database.copied", "audit.exported", "audit.deleted"]


AuditOutcome: TypeAlias = Literal["done", "refused"]


class BinOut(TypedDict):
    up_to_tokens: int
    rows: int


class BodyCreateEvaluation(TypedDict):
    cases: NotRequired[bytes | None]
    source: NotRequired[Literal["file", "feedback"]]
    adapter: NotRequired[str | None]


class BodyEvaluateAdapter(TypedDict):
    cases: bytes
    version: NotRequired[str | None]
    against: NotRequired[str | None]


BodyUploadAdapter = TypedDict(
    "BodyUploadAdapter",
    {
        "name": str,
        "adapter_config.json": bytes,
        "adapter_model.safetensors": bytes,
    },
)


class BodyUploadDataset(TypedDict):
    name: str
    file: bytes


class BodyUploadDocument(TypedDict):
    file: bytes
    collection: NotRequired[str]
    metadata: NotRequired[str]
    access: NotRequired[str]


class BodyValidateDataset(TypedDict):
    file: bytes


class CachedTokensOut(TypedDict):
    cached_tokens: Literal[0]
    cache_write_tokens: Literal[0]


class CallerKeyOut(TypedDict):
    id: str
    label: str
    prefix: str
    created_at: str


class CanaryIn(TypedDict):
    share: float
    version: NotRequired[str | None]
    override: NotRequired[str | None]


class ChangedVerdictOut(TypedDict):
    part: str
    case_id: str
    question: str
    kind: str | None
    better: bool


StopItem: TypeAlias = str


Modality: TypeAlias = str


Document: TypeAlias = str


class ChatIn(TypedDict):
    adapter: NotRequired[str | None]
    collections: NotRequired[list[Collection]]
    documents: NotRequired[list[Document]]
    filters: NotRequired[dict[str, Any]]
    k: NotRequired[int | None]
    stream: NotRequired[bool]
    language: NotRequired[Literal["en", "de", "es", "fr", "it", "pt"] | None]
    max_tokens: NotRequired[int | None]
    temperature: NotRequired[float]
    top_p: NotRequired[float]
    seed: NotRequired[int | None]
    boxes: NotRequired[bool]
    stop: NotRequired[list[StopItem]]
    message: str
    conversation_id: NotRequired[str | None]
    user: NotRequired[str | None]


class CheckpointMetricsOut(TypedDict):
    step: int
    train_loss: float | None
    train_mean_token_accuracy: float | None
    valid_loss: float | None


class CheckpointOut(TypedDict):
    id: str
    object: Literal["fine_tuning.job.checkpoint"]
    created_at: int
    fine_tuning_job_id: str
    fine_tuned_model_checkpoint: str
    step_number: int
    metrics: CheckpointMetricsOut


class ChunkChangesIn(TypedDict):
    enabled: bool


class ChunkOut(TypedDict):
    id: str
    index: int
    text: str
    heading: str
    page_start: int | None
    page_end: int | None
    char_start: int
    char_end: int
    char_start_utf16: int
    char_end_utf16: int
    tokens: int
    enabled: bool


class ChunkingOut(TypedDict):
    tokens: int
    overlap_tokens: int
    section_tokens: int
    fingerprint: str


class CollectionIn(TypedDict):
    """
    Settings that are left out or null have the default of the service.
    """

    chunk_tokens: NotRequired[int | None]
    chunk_overlap_tokens: NotRequired[int | None]
    section_tokens: NotRequired[int | None]
    keep_versions: NotRequired[int | None]
    access: NotRequired[AccessIn | None]


class CollectionOut(TypedDict):
    name: str
    object: Literal["collection"]
    documents: int
    outdated: int
    chunk_tokens: int | None
    chunk_overlap_tokens: int | None
    section_tokens: int | None
    keep_versions: int | None
    access: AccessOut
    chunking: ChunkingOut


class CollectionReparseOut(TypedDict):
    name: str
    object: Literal["collection_reparse"]
    documents: int


class ComingModelOut(TypedDict):
    model: str
    documents: int
    ready: int


class ComparisonOut(TypedDict):
    object: Literal["evaluation.comparison"]
    first: str
    second: str
    differences: dict[str, Any]
    changes: list[ChangedVerdictOut]


class CompressIn(TypedDict):
    version: NotRequired[str | None]
    rank: NotRequired[int | None]
    energy: NotRequired[float | None]


NameItem: TypeAlias = str


class ConditionIn(TypedDict):
    name: str | list[NameItem]
    comparison_operator: str
    value: NotRequired[str | int | float | bool | list[str | int | float] | None]


class ConflictOut(TypedDict):
    document_id: str
    filename: str
    quote: str


class ContentPartIn(TypedDict):
    type: str
    text: NotRequired[str | None]
    refusal: NotRequired[str | None]


class ContextOut(TypedDict):
    retrieved: int
    used: int
    dropped: int


class ConversationChangesIn(TypedDict):
    title: NotRequired[str | None]
    pinned: NotRequired[bool | None]
    archived: NotRequired[bool | None]
    current_turn_id: NotRequired[str | None]


Id: TypeAlias = str


class ConversationIdsIn(TypedDict):
    ids: list[Id]


class ConversationMetadataIn(TypedDict):
    metadata: dict[str, str] | None


class ConversationObjectDeletedOut(TypedDict):
    id: str
    object: Literal["conversation.deleted"]
    deleted: Literal[True]


class ConversationObjectIn(TypedDict):
    metadata: NotRequired[dict[str, str] | None]
    items: NotRequired[list[Any] | None]


class ConversationObjectOut(TypedDict):
    id: str
    object: Literal["conversation"]
    created_at: int
    metadata: dict[str, str]


class ConversationOut(TypedDict):
    id: str
    object: Literal["conversation"]
    title: str
    pinned: bool
    archived: bool
    current_turn_id: str | None
    last_question: str | None
    user: str | None
    created_at: str
    updated_at: str


class ConversationRefIn(TypedDict):
    id: str


class ConversationRefOut(TypedDict):
    id: str


DatasetOrigin: TypeAlias = Literal["upload", "documents", "feedback"]


class Deleted(TypedDict):
    id: str
    object: str
    deleted: NotRequired[Literal[True]]


class DeletedConversationsOut(TypedDict):
    object: Literal["conversation_deletion"]
    deleted: list[str]
    unknown: list[str]


class DeletionIn(TypedDict):
    ids: list[Id]


class DeletionOut(TypedDict):
    object: Literal["document_deletion"]
    deleted: list[str]
    unknown: list[str]


DeliveryStatus: TypeAlias = Literal["pending", "delivered", "failed"]


class DocumentChangesIn(TypedDict):
    """
    At least one field. What is left out stays as it is.
    """

    metadata: NotRequired[dict[str, str | bool | int | float] | None]
    filename: NotRequired[str | None]
    collection: NotRequired[str | None]
    access: NotRequired[AccessIn | None]


DocumentStatus: TypeAlias = Literal["queued", "parsing", "chunking", "embedding", "ready", "failed", "cancelled"]


Doubt: TypeAlias = Literal["number_not_in_source", "unit_not_in_source", "date_not_in_source", "year_differs", "name_not_in_source", "negation_differs", "subject_not_in_source", "sources_disagree", "other_language", "review_disagrees", "weak_support", "no_source", "question"]


class EditIn(TypedDict):
    """
    What is left out is as in the request before.
    """

    adapter: NotRequired[str | None]
    collections: NotRequired[list[Collection]]
    documents: NotRequired[list[Document]]
    filters: NotRequired[dict[str, Any]]
    k: NotRequired[int | None]
    stream: NotRequired[bool]
    language: NotRequired[Literal["en", "de", "es", "fr", "it", "pt"] | None]
    max_tokens: NotRequired[int | None]
    temperature: NotRequired[float]
    top_p: NotRequired[float]
    seed: NotRequired[int | None]
    boxes: NotRequired[bool]
    stop: NotRequired[list[StopItem]]
    message: str


class EmbeddingOut(TypedDict):
    object: Literal["embedding"]
    index: int
    embedding: list[float] | str


class EmbeddingsIn(TypedDict):
    model: str
    input: str | list[Any]
    encoding_format: NotRequired[Literal["float", "base64"] | None]
    dimensions: NotRequired[int | None]
    input_type: NotRequired[Literal["query", "passage"] | None]


class EmbeddingsOut(TypedDict):
    model: str | None
    coming: ComingModelOut | None


class EmbeddingsUsageOut(TypedDict):
    prompt_tokens: int
    total_tokens: int


class EndUserIn(TypedDict):
    """
    How Open WebUI names the end user; what has no `id` names nobody.
    """

    id: NotRequired[str | None]


class ErrorDetail(TypedDict):
    message: str
    type: str
    param: str | None
    code: str


class ErrorEnvelope(TypedDict):
    error: ErrorDetail
    request_id: str


class EstimateOut(TypedDict):
    object: Literal["training.estimate"]
    steps: int
    tokens: int
    seconds: float
    cpu_seconds: float
    search_seconds: float
    trained_parameters: int
    trained_memory_mb: float
    basis: Literal["measured", "estimated"]


class EventOut(TypedDict):
    id: int
    kind: str
    message: str
    created_at: str


class EventsOut(TypedDict):
    object: Literal["list"]
    data: list[EventOut]


class FailureOut(TypedDict):
    code: str
    message: str


class FileCountsOut(TypedDict):
    in_progress: int
    completed: int
    failed: int
    cancelled: int
    total: int


class FileDeletedOut(TypedDict):
    id: str
    object: Literal["file"]
    deleted: Literal[True]


FilePurpose: TypeAlias = Literal["assistants", "user_data", "fine-tune"]


class FindingOut(TypedDict):
    name: str
    ok: bool
    warning: bool
    text: str


class FollowUpOut(TypedDict):
    question: str
    document_id: str
    filename: str
    heading: str


class FollowUpsOut(TypedDict):
    object: Literal["list"]
    data: list[FollowUpOut]


class FoundFileOut(TypedDict):
    """
    A passage that the search found.
    """

    chunk_id: str
    document_id: str
    filename: str
    version: int
    text: str
    score: float
    page_start: int | None
    page_end: int | None
    char_start: int
    char_end: int
    char_start_utf16: int
    char_end_utf16: int
    heading: str
    file_id: str
    attributes: dict[str, Any]


class FromDocumentsIn(TypedDict):
    name: str
    rows: NotRequired[int]
    passages: NotRequired[int]
    refusals: NotRequired[float]
    collections: NotRequired[list[Collection]]
    seed: NotRequired[int]


class FromFeedbackIn(TypedDict):
    name: str


class FromUrlIn(TypedDict):
    url: str
    collection: NotRequired[str]
    metadata: NotRequired[dict[str, str | bool | int | float]]
    access: NotRequired[AccessIn | None]


GateVerdict: TypeAlias = Literal["better", "not worse", "inconclusive", "worse"]


class Health(TypedDict):
    status: str


class HistoryOut(TypedDict):
    object: Literal["list"]
    data: list[ActivationOut]


class HyperparametersIn(TypedDict):
    n_epochs: NotRequired[int | Literal["auto"] | None]
    batch_size: NotRequired[int | Literal["auto"] | None]
    learning_rate_multiplier: NotRequired[float | Literal["auto"] | None]


class HyperparametersOut(TypedDict):
    n_epochs: float
    batch_size: int
    learning_rate_multiplier: float


class IncompleteOut(TypedDict):
    reason: Literal["max_output_tokens"]


class InputItemIn(TypedDict):
    """
    A message; what an answer's `output` has beside messages may be sent back, too, and is not read.
    """

    type: NotRequired[str | None]
    role: NotRequired[str | None]
    content: NotRequired[str | list[ContentPartIn] | None]


class InputTextOut(TypedDict):
    type: Literal["input_text"]
    text: str


class ItemListCheckpointOut(TypedDict):
    object: Literal["list"]
    data: list[CheckpointOut]
    has_more: bool
    first_id: str | None
    last_id: str | None


class JobErrorOut(TypedDict):
    code: str
    message: str
    param: str | None


class JobEventOut(TypedDict):
    id: str
    object: Literal["fine_tuning.job.event"]
    created_at: int
    level: Literal["info", "warn", "error"]
    message: str
    type: Literal["message"]
    data: dict[str, Any]


class JobFailureOut(TypedDict):
    code: str
    message: str


JobKind: TypeAlias = Literal["ingest", "reindex", "reembed", "evaluate", "evaluate_adapter", "train", "deliver"]


JobStatus: TypeAlias = Literal["queued", "running", "succeeded", "failed", "cancelled"]


class KeyOut(TypedDict):
    id: str
    object: Literal["key"]
    tenant_id: str
    label: str
    prefix: str
    scopes: list[str]
    created_at: str
    revoked_at: str | None
    expires_at: str | None
    last_used_at: str | None


class KeyedTextIn(TypedDict):
    text: str
    filename: NotRequired[str | None]
    collection: NotRequired[str | None]
    metadata: NotRequired[dict[str, str | bool | int | float]]
    access: NotRequired[AccessIn | None]


class LastErrorOut(TypedDict):
    code: Literal["server_error", "unsupported_file", "invalid_file"]
    message: str
    reason: str


class LayerSpectrumOut(TypedDict):
    layer: str
    singular_values: list[float]


class LinkIn(TypedDict):
    kind: Literal["file", "page_image", "page_text"]
    page: NotRequired[int | None]
    version: NotRequired[int | None]
    width: NotRequired[int]
    start: NotRequired[int]
    end: NotRequired[int]
    ttl_s: NotRequired[int]


class LinkOut(TypedDict):
    object: Literal["link"]
    kind: Literal["file", "page_image", "page_text"]
    document_id: str
    version: int
    url: str
    expires_at: str


class ListingAccessTokenOut(TypedDict):
    object: Literal["list"]
    data: list[AccessTokenOut]
    next_cursor: str | None
    has_more: bool
    total: int
    first_id: str | None
    last_id: str | None


class ListingChunkOut(TypedDict):
    object: Literal["list"]
    data: list[ChunkOut]
    next_cursor: str | None
    has_more: bool
    total: int
    first_id: str | None
    last_id: str | None


class ListingConversationOut(TypedDict):
    object: Literal["list"]
    data: list[ConversationOut]
    next_cursor: str | None
    has_more: bool
    total: int
    first_id: str | None
    last_id: str | None


class ListingKeyOut(TypedDict):
    object: Literal["list"]
    data: list[KeyOut]
    next_cursor: str | None
    has_more: bool
    total: int
    first_id: str | None
    last_id: str | None


class LossOut(TypedDict):
    step: int
    valid_loss: float | None


class MetadataConditionIn(TypedDict):
    logical_operator: NotRequired[Literal["and", "or"] | None]
    conditions: NotRequired[list[ConditionIn] | None]


class ModelOut(TypedDict):
    id: str
    object: Literal["model"]
    created: int
    owned_by: str
    documents: bool
    adapter: str | None
    lacks: list[str]


class NewAccessTokenOut(TypedDict):
    id: str
    object: Literal["token"]
    key_id: str
    user: str
    prefix: str
    scopes: list[str]
    groups: list[str]
    collections: list[str] | None
    adapter: str | None
    origins: list[str]
    max_requests: int
    requests: int
    created_at: str
    expires_at: str
    revoked_at: str | None
    token: str


class NewKeyOut(TypedDict):
    id: str
    object: Literal["key"]
    tenant_id: str
    label: str
    prefix: str
    scopes: list[str]
    created_at: str
    revoked_at: str | None
    expires_at: str | None
    last_used_at: str | None
    key: str


class NewWebhookOut(TypedDict):
    id: str
    object: Literal["webhook"]
    url: str
    events: list[str]
    description: str
    enabled: bool
    created_at: str
    secret: str


class OpenIdConnectOut(TypedDict):
    name: str
    start: Literal["auth/oidc/start"]


class PageContentOut(TypedDict):
    page: int
    label: str
    width: float | None
    height: float | None
    char_start: int
    char_end: int
    char_start_utf16: int
    char_end_utf16: int
    document_id: str
    version: int
    images: bool
    text: str
    html: str


class PageOut(TypedDict):
    page: int
    char_start: int
    char_end: int
    char_start_utf16: int
    char_end_utf16: int
    label: str


class PageOverviewOut(TypedDict):
    page: int
    label: str
    width: float | None
    height: float | None
    char_start: int
    char_end: int
    char_start_utf16: int
    char_end_utf16: int


class PagesOut(TypedDict):
    document_id: str
    version: int
    images: bool
    total: int
    pages: list[PageOverviewOut]


class PartIn(TypedDict):
    adapter: str
    weight: NotRequired[float]


class PassageOut(TypedDict):
    chunk_id: str
    document_id: str
    filename: str
    version: int
    text: str
    score: float
    page_start: int | None
    page_end: int | None
    char_start: int
    char_end: int
    char_start_utf16: int
    char_end_utf16: int
    heading: str


class PointOut(TypedDict):
    step: int
    figures: dict[str, float]


class ProblemOut(TypedDict):
    line: int
    code: str
    message: str


ProcessKind: TypeAlias = Literal["serve", "worker", "trainer"]


ProcessStatus: TypeAlias = Literal["running", "draining", "lost"]


class ProgressOut(TypedDict):
    """
    The data of a `progress` event.
    """

    done: int
    total: int


class QuestionsOut(TypedDict):
    object: Literal["opening_questions"]
    questions: list[str]


class QueueOut(TypedDict):
    object: Literal["queue"]
    paused: bool
    counts: dict[JobStatus, int]


Quota: TypeAlias = Literal["stored_bytes", "documents", "chunks", "adapters", "datasets", "queued_documents", "queued_trainings", "queued_evaluations"]


class QuotaStateOut(TypedDict):
    limit: int | None
    used: int


class QuotasIn(TypedDict):
    stored_bytes: NotRequired[int | None]
    documents: NotRequired[int | None]
    chunks: NotRequired[int | None]
    adapters: NotRequired[int | None]
    datasets: NotRequired[int | None]
    queued_documents: NotRequired[int | None]
    queued_trainings: NotRequired[int | None]
    queued_evaluations: NotRequired[int | None]


class QuotasOut(TypedDict):
    stored_bytes: int | None
    documents: int | None
    chunks: int | None
    adapters: int | None
    datasets: int | None
    queued_documents: int | None
    queued_trainings: int | None
    queued_evaluations: int | None


class QuoteBoxOut(TypedDict):
    """
    A rectangle on a page, in points of the page as it is shown, from its upper left corner.
    """

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


class QuotePlaceOut(TypedDict):
    document_id: str
    version: int
    start: int
    end: int
    boxes: list[QuoteBoxOut]


class RankingOptionsIn(TypedDict):
    ranker: NotRequired[str]
    score_threshold: NotRequired[float]


class RateLimitsIn(TypedDict):
    requests: NotRequired[int | None]
    tokens: NotRequired[int | None]
    uploads: NotRequired[int | None]
    requests_per_day: NotRequired[int | None]
    tokens_per_day: NotRequired[int | None]


class RateLimitsOut(TypedDict):
    requests: int | None
    tokens: int | None
    uploads: int | None
    requests_per_day: int | None
    tokens_per_day: int | None


class RateStateOut(TypedDict):
    limit: int
    remaining: int
    reset_s: float


Rating: TypeAlias = Literal["up", "down"]


class Readiness(TypedDict):
    ready: bool
    age_s: float
    checks: dict[str, str]
    warnings: list[str]


class ReasoningOut(TypedDict):
    effort: str | None
    summary: str | None


class ReasoningTokensOut(TypedDict):
    reasoning_tokens: Literal[0]


class RecipeIn(TypedDict):
    """
    What is left out is the default for so many rows.
    """

    method: NotRequired[Literal["lora", "qlora", "adalora", "dora", "ia3"]]
    rank: NotRequired[int | None]
    alpha: NotRequired[float | None]
    rslora: NotRequired[bool]
    init: NotRequired[Literal["default", "pissa", "loftq"]]
    lora_plus_ratio: NotRequired[float]
    initial_rank: NotRequired[int | None]
    orthogonality: NotRequired[float]
    targets: NotRequired[list[Literal["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]] | None]
    learning_rate: NotRequired[float | None]
    weight_decay: NotRequired[float]
    dropout: NotRequired[float | None]
    epochs: NotRequired[float]
    max_steps: NotRequired[int | None]
    rows_per_step: NotRequired[int]
    warmup: NotRequired[float]
    clip: NotRequired[float]
    max_tokens: NotRequired[int]
    micro_batch_tokens: NotRequired[int]
    activated: NotRequired[bool]
    share_prefixes: NotRequired[bool]
    validation_share: NotRequired[float]
    validate_every: NotRequired[int]
    patience: NotRequired[int]
    checkpoint_every: NotRequired[int]
    seed: NotRequired[int]


class RecordOut(TypedDict):
    content: str
    score: float
    title: str
    metadata: dict[str, Any]


class RecordsOut(TypedDict):
    records: list[RecordOut]


RefusalReason: TypeAlias = Literal["no_documents", "not_ready", "nothing_relevant", "unsupported"]


class RefusedOut(TypedDict):
    filename: str
    code: str
    message: str


class RegenerateIn(TypedDict):
    """
    What is left out is as in the request before, but the temperature: 0.7, so that the answer may differ.
    """

    adapter: NotRequired[str | None]
    collections: NotRequired[list[Collection]]
    documents: NotRequired[list[Document]]
    filters: NotRequired[dict[str, Any]]
    k: NotRequired[int | None]
    stream: NotRequired[bool]
    language: NotRequired[Literal["en", "de", "es", "fr", "it", "pt"] | None]
    max_tokens: NotRequired[int | None]
    temperature: NotRequired[float]
    top_p: NotRequired[float]
    seed: NotRequired[int | None]
    boxes: NotRequired[bool]
    stop: NotRequired[list[StopItem]]


class ReportOut(TypedDict):
    rows: int
    refusals: int
    documents: int
    tokens: int
    computed_tokens: int | None
    longest_row_tokens: int
    median_row_tokens: int
    histogram: list[BinOut]
    problem_count: int
    stopped_at: int | None
    problems: list[ProblemOut]
    previews: list[str]


Resource: TypeAlias = Literal["requests", "tokens", "uploads", "requests_per_day", "tokens_per_day"]


class ResponseDeletedOut(TypedDict):
    id: str
    object: Literal["response"]
    deleted: Literal[True]


class ResponseErrorOut(TypedDict):
    code: Literal["server_error", "rate_limit_exceeded"]
    message: str


class ResponseFormatIn(TypedDict):
    type: str


IncludeItem: TypeAlias = str


class ResponseUsageOut(TypedDict):
    input_tokens: int
    input_tokens_details: CachedTokensOut
    output_tokens: int
    output_tokens_details: ReasoningTokensOut
    total_tokens: int


class ResultOut(TypedDict):
    id: str
    object: Literal["evaluation.result"]
    part: str
    case_id: str
    figures: dict[str, Any]


class RetrievalSettingIn(TypedDict):
    top_k: NotRequired[int]
    score_threshold: NotRequired[float | None]


class RotatedKeyOut(TypedDict):
    id: str
    object: Literal["key"]
    tenant_id: str
    label: str
    prefix: str
    scopes: list[str]
    created_at: str
    revoked_at: str | None
    expires_at: str | None
    last_used_at: str | None
    key: str
    replaced: KeyOut


class RotationIn(TypedDict):
    overlap_s: NotRequired[int]


Route: TypeAlias = Literal["small_talk", "collection", "previous_answer", "document", "question"]


Scope: TypeAlias = Literal["read", "write", "keys", "admin"]


class SearchBudgetIn(TypedDict):
    """
    What the search may use; training what it chose to its end comes on top.
    """

    trials: NotRequired[int | None]
    minutes: NotRequired[float | None]
    tokens: NotRequired[int | None]


class SearchEventOut(TypedDict):
    """
    The state of the search.
    """

    type: Literal["response.file_search_call.in_progress", "response.file_search_call.searching", "response.file_search_call.completed"]
    sequence_number: int
    output_index: int
    item_id: str


class SearchIn(TypedDict):
    query: str
    k: NotRequired[int]
    mode: NotRequired[Literal["hybrid", "dense", "lexical"]]
    scoring: NotRequired[Literal["bm25", "tfidf"]]
    space: NotRequired[Literal["embeddings", "word_vectors"]]
    diversity: NotRequired[float]
    rerank: NotRequired[bool]
    collections: NotRequired[list[Collection]]
    documents: NotRequired[list[Document]]
    filters: NotRequired[dict[str, Any]]


class SearchOut(TypedDict):
    object: Literal["list"]
    data: list[PassageOut]


SearchTrialStatus: TypeAlias = Literal["waiting", "paused", "stopped", "diverged", "chosen"]


class SessionOut(TypedDict):
    object: Literal["session"]
    token: str
    expires_at: str
    name: str


class ShutdownOut(TypedDict):
    """
    The data of a `server_shutdown` event.
    """

    message: str


class SignInOut(TypedDict):
    object: Literal["sign_in"]
    oidc: OpenIdConnectOut | None


class SignedOut(TypedDict):
    object: Literal["signed_out"]
    logout_url: str | None


class SourceOut(TypedDict):
    document_id: str
    filename: str
    deleted: bool


class SpanOut(TypedDict):
    start: int
    end: int
    start_utf16: int
    end_utf16: int
    reason: Doubt | None


class SpectrumOut(TypedDict):
    object: Literal["adapter.spectrum"]
    rank: int
    energy_by_rank: list[float]
    layers: list[LayerSpectrumOut]


StageUnit: TypeAlias = Literal["pages", "chunks"]


class StaticChunkingIn(TypedDict):
    max_chunk_size_tokens: int
    chunk_overlap_tokens: int


class StaticChunkingOut(TypedDict):
    max_chunk_size_tokens: int
    chunk_overlap_tokens: int


class StepTraceOut(TypedDict):
    name: str
    version: Literal["rule", "model"]
    seconds: float
    detail: dict[str, Any]


class StoreBatchOut(TypedDict):
    id: str
    object: Literal["vector_store.files_batch"]
    created_at: int
    vector_store_id: str
    status: Literal["in_progress", "completed", "failed", "cancelled"]
    file_counts: FileCountsOut


class StoreFileDeletedOut(TypedDict):
    id: str
    object: Literal["vector_store.file.deleted"]
    deleted: Literal[True]


FileId: TypeAlias = str


class StreamOptionsIn(TypedDict):
    include_usage: NotRequired[bool | None]


class SummaryIn(TypedDict):
    language: NotRequired[Literal["en", "de", "es", "fr", "it", "pt"] | None]


class SupervisedIn(TypedDict):
    hyperparameters: NotRequired[HyperparametersIn | None]


class SupervisedOut(TypedDict):
    hyperparameters: HyperparametersOut


Support: TypeAlias = Literal["verified", "supported"]


class TenantIn(TypedDict):
    name: str


class TenantLimitsIn(TypedDict):
    tenant: NotRequired[RateLimitsIn]
    key: NotRequired[RateLimitsIn]
    token: NotRequired[RateLimitsIn]
    quotas: NotRequired[QuotasIn]


class TenantLimitsOut(TypedDict):
    tenant: RateLimitsOut
    key: RateLimitsOut
    token: RateLimitsOut
    quotas: QuotasOut


TenantStatus: TypeAlias = Literal["active", "suspended"]


class TextContentOut(TypedDict):
    type: Literal["text"]
    text: str


class TextDeltaEventOut(TypedDict):
    """
    The next piece of the text.
    """

    type: Literal["response.output_text.delta"]
    sequence_number: int
    item_id: str
    output_index: int
    content_index: Literal[0]
    delta: str
    logprobs: list[Any]


class TextDoneEventOut(TypedDict):
    """
    The whole text.
    """

    type: Literal["response.output_text.done"]
    sequence_number: int
    item_id: str
    output_index: int
    content_index: Literal[0]
    text: str
    logprobs: list[Any]


class TextFormatIn(TypedDict):
    type: str


class TextFormatOut(TypedDict):
    type: Literal["text"]


class TokenOut(TypedDict):
    """
    The data of a `token` event.
    """

    text: str


VectorStoreId: TypeAlias = str


class ToolIn(TypedDict):
    type: str
    vector_store_ids: NotRequired[list[VectorStoreId]]
    max_num_results: NotRequired[int | None]
    filters: NotRequired[dict[str, Any] | None]
    ranking_options: NotRequired[dict[str, Any] | None]


class TopLogprobOut(TypedDict):
    token: str
    logprob: float
    bytes: list[int] | None


TrainingStatus: TypeAlias = Literal["queued", "validating_files", "running", "succeeded", "failed", "cancelled", "paused"]


class TrialOut(TypedDict):
    number: int
    hyperparameters: dict[str, Any]
    status: SearchTrialStatus
    step: int
    tokens: int
    seconds: float
    losses: list[LossOut]


TurnStatus: TypeAlias = Literal["completed", "stopped", "failed"]


class UsageDayOut(TypedDict):
    date: str
    user: str | None
    amounts: AmountsOut


class UsageOut(TypedDict):
    prompt_tokens: int
    completion_tokens: int
    context: ContextOut


class UsageReportOut(TypedDict):
    object: Literal["usage"]
    start: str
    end: str
    data: list[UsageDayOut]
    total: AmountsOut


class VectorStoreChangesIn(TypedDict):
    name: NotRequired[str | None]
    description: NotRequired[str | None]
    metadata: NotRequired[dict[str, str] | None]
    expires_after: NotRequired[Any]


class VectorStoreDeletedOut(TypedDict):
    id: str
    object: Literal["vector_store.deleted"]
    deleted: Literal[True]


class VectorStoreOut(TypedDict):
    id: str
    object: Literal["vector_store"]
    created_at: int
    last_active_at: int
    name: str
    description: str | None
    collection: str
    usage_bytes: int
    metadata: dict[str, str]
    expires_after: str | None
    expires_at: str | None
    file_counts: FileCountsOut
    status: Literal["in_progress", "completed"]


QueryItem: TypeAlias = str


class VectorStoreSearchIn(TypedDict):
    query: str | list[QueryItem]
    max_num_results: NotRequired[int]
    filters: NotRequired[dict[str, Any] | None]
    ranking_options: NotRequired[RankingOptionsIn | None]
    rewrite_query: NotRequired[bool | None]


class WarningOut(TypedDict):
    code: str
    message: str


class WebhookChangesIn(TypedDict):
    """
    At least one field. What is left out stays as it is.
    """

    url: NotRequired[str | None]
    events: NotRequired[list[Literal["document.ready", "document.failed", "training.finished", "adapter.activated", "evaluation.finished"]] | None]
    description: NotRequired[str | None]
    enabled: NotRequired[bool | None]


class WebhookIn(TypedDict):
    url: str
    events: list[Literal["document.ready", "document.failed", "training.finished", "adapter.activated", "evaluation.finished"]]
    description: NotRequired[str]
    enabled: NotRequired[bool]


class WebhookOut(TypedDict):
    id: str
    object: Literal["webhook"]
    url: str
    events: list[str]
    description: str
    enabled: bool
    created_at: str


class AccessTokenIn(TypedDict):
    user: NotRequired[str | None]
    ttl_s: NotRequired[int]
    scopes: NotRequired[list[Scope]]
    groups: NotRequired[list[Group]]
    collections: NotRequired[list[Collection] | None]
    adapter: NotRequired[str | None]
    origins: NotRequired[list[Origin]]
    max_requests: NotRequired[int]


class AdapterEvaluationOut(TypedDict):
    id: str
    object: Literal["adapter.evaluation"]
    adapter: str
    against: str
    base_fingerprint: str
    status: JobStatus
    progress: float
    verdict: GateVerdict | None
    report: dict[str, Any]
    error: dict[str, str | None] | None
    created_at: str
    finished_at: str | None


class AnswerDetailsOut(TypedDict):
    """
    What an answer from documents has beside OpenAI's fields.
    """

    refused: bool
    refusal_reason: RefusalReason | None
    closest: list[PassageOut]
    unsupported: list[SpanOut]
    question: str
    route: Route
    adapter: AdapterUsedOut | None


class AuditEntryOut(TypedDict):
    id: str
    object: Literal["audit.entry"]
    created_at: str
    tenant_id: str | None
    action: str
    outcome: AuditOutcome
    count: int
    target_kind: str
    target_id: str
    actor: ActorOut
    details: dict[str, Any]


class BatchOut(TypedDict):
    id: str
    object: Literal["batch"]
    collection: str
    access: AccessOut
    files: int
    refused: list[RefusedOut]
    counts: dict[DocumentStatus, int]
    warned: int
    progress: float
    eta_s: float | None
    finished: bool
    created_at: str


class BodyCreateFile(TypedDict):
    file: bytes
    purpose: FilePurpose


class CallerTenantOut(TypedDict):
    id: str
    name: str
    status: TenantStatus


class ChatMessageIn(TypedDict):
    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: NotRequired[str | list[ContentPartIn] | None]


class ChunkingStrategyIn(TypedDict):
    """
    How all documents of the store are split: files have no strategies of their own.
    """

    type: Literal["auto", "static"]
    static: NotRequired[StaticChunkingIn | None]


class ChunkingStrategyOut(TypedDict):
    type: Literal["static"]
    static: StaticChunkingOut


class CitationOut(TypedDict):
    index: int
    chunk_id: str
    document_id: str
    filename: str
    version: int
    quote: str
    start: int
    end: int
    start_utf16: int
    end_utf16: int
    page_start: int | None
    page_end: int | None
    page_label: str | None
    char_start: int
    char_end: int
    char_start_utf16: int
    char_end_utf16: int
    score: float
    verified: bool
    support: Support
    reason: Doubt | None
    conflicts: list[ConflictOut]
    boxes: list[QuoteBoxOut] | None


class CollectionsOut(TypedDict):
    object: Literal["list"]
    data: list[CollectionOut]
    total: int
    has_more: bool
    next_cursor: str | None
    embeddings: EmbeddingsOut


class CompletionUsageOut(TypedDict):
    prompt_tokens: int
    completion_tokens: int
    total_tokens: int
    context: ContextOut | None


class ContentOut(TypedDict):
    document_id: str
    text: str
    pages: list[PageOut]


class CurveOut(TypedDict):
    object: Literal["training.curve"]
    data: list[PointOut]


class DatasetOut(TypedDict):
    id: str
    object: Literal["dataset"]
    name: str
    version: int
    origin: DatasetOrigin
    bytes: int
    sha256: str
    report: ReportOut
    details: dict[str, Any]
    sources: list[SourceOut]
    base_fingerprint: str
    created_at: str


class DeliveryOut(TypedDict):
    id: str
    object: Literal["webhook_delivery"]
    webhook_id: str
    event: str
    data: dict[str, Any]
    status: DeliveryStatus
    attempts: int
    response_status: int | None
    error: str | None
    created_at: str
    finished_at: str | None


class DiagnosisOut(TypedDict):
    object: Literal["diagnosis"]
    ok: bool
    data: list[FindingOut]


class DocumentVersionOut(TypedDict):
    object: Literal["document_version"]
    version: int
    status: DocumentStatus
    error: FailureOut | None
    warnings: list[WarningOut]
    media_type: str
    bytes: int
    sha256: str
    pages: int | None
    chunks: int | None
    readable: bool
    created_at: str
    ready_at: str | None


class EmbeddingListOut(TypedDict):
    object: Literal["list"]
    data: list[EmbeddingOut]
    model: str
    usage: EmbeddingsUsageOut


class EvaluationOut(TypedDict):
    id: str
    object: Literal["evaluation"]
    name: str
    adapter: str | None
    status: JobStatus
    progress: float
    scores: dict[str, Any]
    error: dict[str, str | None] | None
    created_at: str
    finished_at: str | None


class FeedbackIn(TypedDict):
    turn_id: str
    rating: Rating
    user: NotRequired[str | None]
    corrected_answer: NotRequired[str | None]
    comment: NotRequired[str | None]


class FeedbackOut(TypedDict):
    id: str
    object: Literal["feedback"]
    turn_id: str
    user: str | None
    rating: Rating
    corrected_answer: str | None
    comment: str | None
    created_at: str


class FileCitationOut(TypedDict):
    """
    A citation of a document, as an annotation. Offsets count Unicode code points; ends are exclusive.
    """

    index: int
    chunk_id: str
    document_id: str
    filename: str
    version: int
    quote: str
    start: int
    end: int
    start_utf16: int
    end_utf16: int
    page_start: int | None
    page_end: int | None
    page_label: str | None
    char_start: int
    char_end: int
    char_start_utf16: int
    char_end_utf16: int
    score: float
    verified: bool
    support: Support
    reason: Doubt | None
    conflicts: list[ConflictOut]
    boxes: list[QuoteBoxOut] | None
    type: Literal["file_citation"]
    file_id: str
    start_index: int
    end_index: int


class FileOut(TypedDict):
    id: str
    object: Literal["file"]
    bytes: int
    created_at: int
    filename: str
    purpose: FilePurpose
    status: Literal["processed"]
    status_details: str | None
    expires_at: str | None
    media_type: str
    dataset_id: str | None


class FileSearchCallOut(TypedDict):
    id: str
    type: Literal["file_search_call"]
    status: Literal["in_progress", "searching", "completed"]
    queries: list[str]
    results: list[FoundFileOut] | None


class FileTextOut(TypedDict):
    object: Literal["vector_store.file_content.page"]
    data: list[TextContentOut]
    has_more: Literal[False]
    next_page: str | None


class FoundPassageOut(TypedDict):
    """
    A passage, in the form of a search result.
    """

    chunk_id: str
    document_id: str
    filename: str
    version: int
    text: str
    score: float
    page_start: int | None
    page_end: int | None
    char_start: int
    char_end: int
    char_start_utf16: int
    char_end_utf16: int
    heading: str
    file_id: str
    attributes: dict[str, Any]
    content: list[TextContentOut]


class HyperparameterSearchIn(TypedDict):
    """
    Successive halving over a small grid: the loss on the rows held out decides.
    """

    grid: dict[str, list[bool | int | float | str | None]]
    budget: NotRequired[SearchBudgetIn]


class HyperparameterSearchOut(TypedDict):
    grid: dict[str, list[bool | int | float | str | None]]
    budget: dict[str, float | None]
    trials: list[TrialOut]
    training: int | None
    chosen: int | None
    spent: Literal["minutes", "tokens"] | None
    step: int
    steps: int
    seconds: float


class ItemListFileOut(TypedDict):
    object: Literal["list"]
    data: list[FileOut]
    has_more: bool
    first_id: str | None
    last_id: str | None


class ItemListJobEventOut(TypedDict):
    object: Literal["list"]
    data: list[JobEventOut]
    has_more: bool
    first_id: str | None
    last_id: str | None


class ItemListVectorStoreOut(TypedDict):
    object: Literal["list"]
    data: list[VectorStoreOut]
    has_more: bool
    first_id: str | None
    last_id: str | None


class JobOut(TypedDict):
    id: str
    object: Literal["job"]
    tenant_id: str
    kind: JobKind
    subject: str | None
    status: JobStatus
    attempts: int
    cancel_requested: bool
    error: JobFailureOut | None
    created_at: str
    updated_at: str


class KeyIn(TypedDict):
    tenant_id: str
    label: NotRequired[str]
    scopes: NotRequired[list[Scope]]


class LineageOut(TypedDict):
    origin: AdapterOrigin
    parents: list[str]
    sources: list[SourceOut]


class ListingAdapterEvaluationOut(TypedDict):
    object: Literal["list"]
    data: list[AdapterEvaluationOut]
    next_cursor: str | None
    has_more: bool
    total: int
    first_id: str | None
    last_id: str | None


class ListingAuditEntryOut(TypedDict):
    object: Literal["list"]
    data: list[AuditEntryOut]
    next_cursor: str | None
    has_more: bool
    total: int
    first_id: str | None
    last_id: str | None


class ListingDatasetOut(TypedDict):
    object: Literal["list"]
    data: list[DatasetOut]
    next_cursor: str | None
    has_more: bool
    total: int
    first_id: str | None
    last_id: str | None


class ListingDeliveryOut(TypedDict):
    object: Literal["list"]
    data: list[DeliveryOut]
    next_cursor: str | None
    has_more: bool
    total: int
    first_id: str | None
    last_id: str | None


class ListingDocumentVersionOut(TypedDict):
    object: Literal["list"]
    data: list[DocumentVersionOut]
    next_cursor: str | None
    has_more: bool
    total: int
    first_id: str | None
    last_id: str | None


class ListingEvaluationOut(TypedDict):
    object: Literal["list"]
    data: list[EvaluationOut]
    next_cursor: str | None
    has_more: bool
    total: int
    first_id: str | None
    last_id: str | None


class ListingFeedbackOut(TypedDict):
    object: Literal["list"]
    data: list[FeedbackOut]
    next_cursor: str | None
    has_more: bool
    total: int
    first_id: str | None
    last_id: str | None


class ListingJobOut(TypedDict):
    object: Literal["list"]
    data: list[JobOut]
    next_cursor: str | None
    has_more: bool
    total: int
    first_id: str | None
    last_id: str | None


class ListingResultOut(TypedDict):
    object: Literal["list"]
    data: list[ResultOut]
    next_cursor: str | None
    has_more: bool
    total: int
    first_id: str | None
    last_id: str | None


class ListingWebhookOut(TypedDict):
    object: Literal["list"]
    data: list[WebhookOut]
    next_cursor: str | None
    has_more: bool
    total: int
    first_id: str | None
    last_id: str | None


class MeOut(TypedDict):
    object: Literal["me"]
    tenant: CallerTenantOut
    key: CallerKeyOut | None
    token_id: str | None
    user: str | None
    scopes: list[str]
    groups: list[str] | None
    collections: list[str] | None
    adapter: str | None
    limits: dict[Resource, RateStateOut | None]
    quotas: dict[Quota, QuotaStateOut] | None
    today: AmountsOut
    languages: list[str]
    max_tokens: int


class MergeIn(TypedDict):
    parts: list[PartIn]
    rank: NotRequired[int | None]


class MethodIn(TypedDict):
    type: str
    supervised: NotRequired[SupervisedIn | None]


class MethodOut(TypedDict):
    type: Literal["supervised"]
    supervised: SupervisedOut


class ModelListOut(TypedDict):
    object: Literal["list"]
    data: list[ModelOut]


class NewTenantOut(TypedDict):
    id: str
    object: Literal["tenant"]
    name: str
    status: TenantStatus
    created_at: str
    key: str


class OutputTextOut(TypedDict):
    type: Literal["output_text"]
    text: str
    annotations: list[FileCitationOut]
    logprobs: list[Any]


class OwnKeyIn(TypedDict):
    label: NotRequired[str]
    scopes: NotRequired[list[Scope]]


class PartEventOut(TypedDict):
    """
    The text begins or is whole.
    """

    type: Literal["response.content_part.added", "response.content_part.done"]
    sequence_number: int
    item_id: str
    output_index: int
    content_index: Literal[0]
    part: OutputTextOut


class ProcessOut(TypedDict):
    id: str
    object: Literal["process"]
    kind: ProcessKind
    node: str
    pid: int
    version: str
    status: ProcessStatus
    started_at: str
    seen_at: str


class ProcessesOut(TypedDict):
    object: Literal["list"]
    data: list[ProcessOut]


class ResponseDetailsOut(TypedDict):
    """
    What an answer from documents has beside OpenAI's fields.
    """

    refused: bool
    refusal_reason: RefusalReason | None
    closest: list[PassageOut]
    unsupported: list[SpanOut]
    question: str
    route: Route
    adapter: AdapterUsedOut | None
    id: str
    conversation_id: str


class RetrievalIn(TypedDict):
    knowledge_id: str
    query: str
    retrieval_setting: NotRequired[RetrievalSettingIn]
    metadata_condition: NotRequired[MetadataConditionIn | None]


class RetrievalOut(TypedDict):
    """
    The data of a `retrieval` event, the first one.
    """

    turn_id: str
    conversation_id: str
    request_id: str
    route: Route
    adapter: AdapterUsedOut | None
    passages: list[PassageOut]


class SetLimitsOut(TypedDict):
    object: Literal["limits"]
    own: TenantLimitsOut
    in_force: TenantLimitsOut
    used: dict[Quota, int]


class StageOut(TypedDict):
    unit: StageUnit
    done: int
    total: int
    tokens_per_s: float | None
    eta_s: float | None


class StoreFileIn(TypedDict):
    file_id: str
    attributes: NotRequired[dict[str, str | bool | int | float] | None]
    chunking_strategy: NotRequired[ChunkingStrategyIn | None]


class StoreFileOut(TypedDict):
    id: str
    object: Literal["vector_store.file"]
    created_at: int
    vector_store_id: str
    status: Literal["in_progress", "completed", "failed", "cancelled"]
    last_error: LastErrorOut | None
    usage_bytes: int
    attributes: dict[str, Any]
    chunking_strategy: ChunkingStrategyOut
    document_id: str
    filename: str
    progress: float


class StoreFilesIn(TypedDict):
    """
    Either `file_ids`, with one set of attributes for all, or `files`.
    """

    file_ids: NotRequired[list[FileId]]
    files: NotRequired[list[StoreFileIn]]
    attributes: NotRequired[dict[str, str | bool | int | float] | None]
    chunking_strategy: NotRequired[ChunkingStrategyIn | None]


class SummaryOut(TypedDict):
    document_id: str
    filename: str
    version: int
    language: str
    summary: str
    citations: list[CitationOut]
    sections_read: int
    sections: int


class TenantOut(TypedDict):
    id: str
    object: Literal["tenant"]
    name: str
    status: TenantStatus
    created_at: str


class TenantPatch(TypedDict):
    status: TenantStatus


class TextConfigIn(TypedDict):
    format: NotRequired[TextFormatIn | None]


class TextConfigOut(TypedDict):
    format: TextFormatOut


class TokenLogprobOut(TypedDict):
    token: str
    logprob: float
    bytes: list[int] | None
    top_logprobs: list[TopLogprobOut]


class TrainingIn(TypedDict):
    adapter: str
    dataset: str
    hyperparameters: NotRequired[RecipeIn]
    search: NotRequired[HyperparameterSearchIn | None]
    evaluation_share: NotRequired[float]


class TrainingOut(TypedDict):
    id: str
    object: Literal["training.job"]
    status: TrainingStatus
    adapter: str
    dataset: str
    dataset_label: str
    hyperparameters: dict[str, Any]
    evaluation_share: float
    search: HyperparameterSearchOut | None
    step: int
    steps: int
    progress: float
    eta_s: float | None
    figures: dict[str, float]
    trained_adapter: str | None
    evaluation_id: str | None
    error: FailureOut | None
    created_at: str
    started_at: str | None
    finished_at: str | None


class TurnOut(TypedDict):
    id: str
    object: Literal["turn"]
    parent_id: str | None
    versions: list[str]
    question: str
    answer: str
    result: dict[str, Any]
    status: TurnStatus
    feedback: list[FeedbackOut]
    created_at: str


class VectorStoreIn(TypedDict):
    name: NotRequired[str | None]
    description: NotRequired[str | None]
    metadata: NotRequired[dict[str, str] | None]
    expires_after: NotRequired[Any]
    file_ids: NotRequired[list[FileId]]
    chunking_strategy: NotRequired[ChunkingStrategyIn | None]


class VectorStoreSearchOut(TypedDict):
    object: Literal["vector_store.search_results.page"]
    search_query: list[str]
    data: list[FoundPassageOut]
    has_more: Literal[False]
    next_page: str | None


class AdapterOut(TypedDict):
    id: str
    object: Literal["adapter"]
    name: str
    version: str
    active: bool
    builtin: bool
    rank: int
    alpha: float
    target_modules: list[str]
    bytes: int
    base_fingerprint: str
    lineage: LineageOut
    stale: bool
    not_served: str | None
    invocation_tokens: list[int] | None
    warning: str | None
    created_at: str


class AnnotationEventOut(TypedDict):
    """
    A citation; all of them come after the last piece of the text.
    """

    type: Literal["response.output_text.annotation.added"]
    sequence_number: int
    item_id: str
    output_index: int
    content_index: Literal[0]
    annotation_index: int
    annotation: FileCitationOut


class AnswerMessageOut(TypedDict):
    role: Literal["assistant"]
    content: str
    refusal: str | None
    annotations: list[FileCitationOut]


class CanaryOut(TypedDict):
    adapter: AdapterOut
    share: float
    created_at: str


class ChatCompletionIn(TypedDict):
    model: str
    messages: list[ChatMessageIn]
    stream: NotRequired[bool | None]
    stream_options: NotRequired[StreamOptionsIn | None]
    max_tokens: NotRequired[int | None]
    max_completion_tokens: NotRequired[int | None]
    temperature: NotRequired[float | None]
    top_p: NotRequired[float | None]
    seed: NotRequired[int | None]
    stop: NotRequired[str | list[StopItem] | None]
    n: NotRequired[int | None]
    response_format: NotRequired[ResponseFormatIn | None]
    modalities: NotRequired[list[Modality] | None]
    tools: NotRequired[list[Any] | None]
    functions: NotRequired[list[Any] | None]
    audio: NotRequired[Any]
    logprobs: NotRequired[bool | None]
    top_logprobs: NotRequired[int | None]
    user: NotRequired[str | EndUserIn | None]
    collections: NotRequired[list[Collection]]
    filters: NotRequired[dict[str, Any]]
    language: NotRequired[Literal["en", "de", "es", "fr", "it", "pt"] | None]


class ChatOut(TypedDict):
    id: str
    conversation_id: str
    question: str
    answer: str
    citations: list[CitationOut]
    unsupported: list[SpanOut]
    refused: bool
    refusal_reason: RefusalReason | None
    closest: list[PassageOut]
    adapter: AdapterUsedOut | None
    usage: UsageOut
    route: Route
    timings: dict[str, float]
    finish_reason: Literal["stop", "length", "repetition", "stopped"]
    trace: list[StepTraceOut]
    status: TurnStatus


class ChunkDeltaOut(TypedDict):
    """
    What a chunk adds to the message; it has the fields that it adds.
    """

    role: NotRequired[Literal["assistant"]]
    content: NotRequired[str]
    refusal: NotRequired[str | None]
    annotations: NotRequired[list[FileCitationOut]]


class CompressionOut(TypedDict):
    object: Literal["adapter.compression"]
    adapter: AdapterOut
    rank_before: int
    rank: int
    energy_kept: float
    largest_relative_error: float
    energy_by_rank: list[float]
    bytes_before: int
    bytes_after: int
    seconds: float


class DeploymentOut(TypedDict):
    object: Literal["deployment"]
    active: AdapterOut | None
    canary: CanaryOut | None
    since: str
    answers: list[AdapterAnswersOut]


class DocumentOut(TypedDict):
    id: str
    object: Literal["document"]
    filename: str
    collection: str
    version: int
    live_version: int | None
    status: DocumentStatus
    progress: float
    stage: StageOut | None
    error: FailureOut | None
    warnings: list[WarningOut]
    media_type: str
    bytes: int
    sha256: str
    pages: int | None
    chunks: int | None
    metadata: dict[str, Any]
    access: AccessOut
    job_id: str | None
    external_id: str | None
    created_at: str
    ready_at: str | None


class FineTuningJobIn(TypedDict):
    model: str
    training_file: str
    suffix: NotRequired[str | None]
    method: NotRequired[MethodIn | None]
    hyperparameters: NotRequired[HyperparametersIn | None]
    recipe: NotRequired[RecipeIn | None]
    seed: NotRequired[int | None]
    metadata: NotRequired[dict[str, str] | None]
    validation_file: NotRequired[str | None]
    integrations: NotRequired[list[Any] | None]


class FineTuningJobOut(TypedDict):
    id: str
    object: Literal["fine_tuning.job"]
    created_at: int
    finished_at: int | None
    estimated_finish: int | None
    status: TrainingStatus
    error: JobErrorOut | None
    model: str
    fine_tuned_model: str | None
    organization_id: str
    training_file: str
    validation_file: str | None
    result_files: list[str]
    integrations: list[Any]
    hyperparameters: HyperparametersOut
    method: MethodOut
    seed: int
    trained_tokens: int | None
    metadata: dict[str, str]
    suffix: str
    recipe: dict[str, Any]
    evaluation_id: str | None


class InputMessageOut(TypedDict):
    id: str
    type: Literal["message"]
    role: Literal["user", "assistant", "system"]
    status: Literal["completed"]
    content: list[InputTextOut | OutputTextOut]


class ItemListFineTuningJobOut(TypedDict):
    object: Literal["list"]
    data: list[FineTuningJobOut]
    has_more: bool
    first_id: str | None
    last_id: str | None


class ItemListInputMessageOut(TypedDict):
    object: Literal["list"]
    data: list[InputMessageOut]
    has_more: bool
    first_id: str | None
    last_id: str | None


class ItemListStoreFileOut(TypedDict):
    object: Literal["list"]
    data: list[StoreFileOut]
    has_more: bool
    first_id: str | None
    last_id: str | None


class ListingAdapterOut(TypedDict):
    object: Literal["list"]
    data: list[AdapterOut]
    next_cursor: str | None
    has_more: bool
    total: int
    first_id: str | None
    last_id: str | None


class ListingDocumentOut(TypedDict):
    object: Literal["list"]
    data: list[DocumentOut]
    next_cursor: str | None
    has_more: bool
    total: int
    first_id: str | None
    last_id: str | None


class ListingTenantOut(TypedDict):
    object: Literal["list"]
    data: list[TenantOut]
    next_cursor: str | None
    has_more: bool
    total: int
    first_id: str | None
    last_id: str | None


class ListingTrainingOut(TypedDict):
    object: Literal["list"]
    data: list[TrainingOut]
    next_cursor: str | None
    has_more: bool
    total: int
    first_id: str | None
    last_id: str | None


class ListingTurnOut(TypedDict):
    object: Literal["list"]
    data: list[TurnOut]
    next_cursor: str | None
    has_more: bool
    total: int
    first_id: str | None
    last_id: str | None


class LogprobsOut(TypedDict):
    """
    Of the tokens as the model wrote them. The text of an answer from documents leaves out some of them, such as
    markers, and may go on with a quotation that the model did not write.
    """

    content: list[TokenLogprobOut]
    refusal: str | None


class OutputMessageOut(TypedDict):
    id: str
    type: Literal["message"]
    role: Literal["assistant"]
    status: Literal["in_progress", "completed", "incomplete"]
    content: list[OutputTextOut]


class ResponseIn(TypedDict):
    model: str
    input: str | list[InputItemIn]
    instructions: NotRequired[str | None]
    tools: NotRequired[list[ToolIn]]
    tool_choice: NotRequired[Any]
    include: NotRequired[list[IncludeItem] | None]
    stream: NotRequired[bool | None]
    store: NotRequired[bool | None]
    previous_response_id: NotRequired[str | None]
    conversation: NotRequired[str | ConversationRefIn | None]
    metadata: NotRequired[dict[str, str] | None]
    max_output_tokens: NotRequired[int | None]
    temperature: NotRequired[float | None]
    top_p: NotRequired[float | None]
    text: NotRequired[TextConfigIn | None]
    background: NotRequired[bool | None]
    prompt: NotRequired[Any]
    top_logprobs: NotRequired[int | None]
    user: NotRequired[str | None]
    collections: NotRequired[list[Collection]]
    filters: NotRequired[dict[str, Any]]
    language: NotRequired[Literal["en", "de", "es", "fr", "it", "pt"] | None]


Output: TypeAlias = FileSearchCallOut | OutputMessageOut


class ResponseOut(TypedDict):
    id: str
    object: Literal["response"]
    created_at: int
    completed_at: int | None
    status: Literal["in_progress", "completed", "incomplete", "failed"]
    error: ResponseErrorOut | None
    incomplete_details: IncompleteOut | None
    instructions: str | None
    max_output_tokens: int | None
    model: str
    output: list[Output]
    parallel_tool_calls: Literal[False]
    previous_response_id: str | None
    conversation: ConversationRefOut | None
    reasoning: ReasoningOut
    store: bool
    temperature: float
    text: TextConfigOut
    tool_choice: Literal["auto"]
    tools: list[dict[str, Any]]
    top_p: float
    truncation: Literal["disabled"]
    background: Literal[False]
    usage: ResponseUsageOut | None
    user: str | None
    metadata: dict[str, str]
    loracle: ResponseDetailsOut | None


class ActiveOut(TypedDict):
    object: Literal["adapter.pointer"]
    active: AdapterOut | None
    canary: CanaryOut | None


class ChatChoiceOut(TypedDict):
    index: Literal[0]
    message: AnswerMessageOut
    logprobs: LogprobsOut | None
    finish_reason: Literal["stop", "length"]


class ChatCompletionOut(TypedDict):
    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    system_fingerprint: str | None
    choices: list[ChatChoiceOut]
    usage: CompletionUsageOut
    loracle: AnswerDetailsOut | None


class ChunkChoiceOut(TypedDict):
    index: Literal[0]
    delta: ChunkDeltaOut
    logprobs: LogprobsOut | None
    finish_reason: Literal["stop", "length"] | None


class ItemEventOut(TypedDict):
    """
    An item of the output begins or is whole.
    """

    type: Literal["response.output_item.added", "response.output_item.done"]
    sequence_number: int
    output_index: int
    item: FileSearchCallOut | OutputMessageOut


class ResponseEventOut(TypedDict):
    """
    The whole response as it is.
    """

    type: Literal["response.created", "response.in_progress", "response.completed", "response.incomplete", "response.failed"]
    sequence_number: int
    response: ResponseOut


class ChatCompletionChunkOut(TypedDict):
    """
    The data of an event of a streamed completion.
    """

    id: str
    object: Literal["chat.completion.chunk"]
    created: int
    model: str
    system_fingerprint: str | None
    choices: list[ChunkChoiceOut]
    usage: NotRequired[CompletionUsageOut | None]
    loracle: NotRequired[AnswerDetailsOut | None]
