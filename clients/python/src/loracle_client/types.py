"""Types of the API. Generated from the OpenAPI document by `make clients`: do not edit."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypeAlias, TypedDict


class ActivateIn(TypedDict):
    version: NotRequired[str | None]
    override: NotRequired[str | None]


class ActivationOut(TypedDict):
    adapter: str | None
    evaluation_id: str | None
    override_reason: str | None
    actor: str | None
    created_at: str


AdapterOrigin: TypeAlias = Literal["upload", "training", "compression", "merge", "starter"]


class AdapterUsedOut(TypedDict):
    name: str
    version: str


class AnsweringIn(TypedDict):
    preamble: NotRequired[str | None]
    representation: NotRequired[Literal["hybrid", "cosine", "euclidean", "bm25", "tfidf", "word_vectors"] | None]
    judging: NotRequired[Literal["model", "rules"] | None]


class AnsweringOut(TypedDict):
    object: Literal["answering"]
    preamble: str
    representation: Literal["hybrid", "cosine", "euclidean", "bm25", "tfidf", "word_vectors"]
    refusal_threshold: float | None
    judging: Literal["model", "rules"]
    answerable_threshold: float | None
    calibration: dict[str, Any]


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


class BodyValidateDataset(TypedDict):
    file: bytes


class CanaryIn(TypedDict):
    share: float
    version: NotRequired[str | None]
    override: NotRequired[str | None]


Collection: TypeAlias = str


class ChatIn(TypedDict):
    message: str
    conversation_id: NotRequired[str | None]
    adapter: NotRequired[str | None]
    collections: NotRequired[list[Collection]]
    filters: NotRequired[dict[str, Any]]
    k: NotRequired[int | None]
    stream: NotRequired[bool]
    language: NotRequired[Literal["en", "de", "es", "fr", "it", "pt"] | None]
    max_tokens: NotRequired[int | None]
    temperature: NotRequired[float]
    top_p: NotRequired[float]
    seed: NotRequired[int | None]
    boxes: NotRequired[bool]
    stop: NotRequired[list[str]]


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


class CollectionOut(TypedDict):
    name: str
    object: Literal["collection"]
    documents: int
    outdated: int
    chunk_tokens: int | None
    chunk_overlap_tokens: int | None
    section_tokens: int | None
    keep_versions: int | None
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


class CompressIn(TypedDict):
    version: NotRequired[str | None]
    rank: NotRequired[int | None]
    energy: NotRequired[float | None]


class ConflictOut(TypedDict):
    document_id: str
    filename: str
    quote: str


class ContentPartIn(TypedDict):
    type: str
    text: NotRequired[str | None]


class ContextOut(TypedDict):
    retrieved: int
    used: int
    dropped: int


class ConversationOut(TypedDict):
    id: str
    object: Literal["conversation"]
    title: str
    created_at: str
    updated_at: str


DatasetOrigin: TypeAlias = Literal["upload", "documents", "feedback"]


class Deleted(TypedDict):
    id: str
    object: str
    deleted: NotRequired[Literal[True]]


Id: TypeAlias = str


class DeletionIn(TypedDict):
    ids: list[Id]


class DeletionOut(TypedDict):
    object: Literal["document_deletion"]
    deleted: list[str]
    unknown: list[str]


class DocumentChangesIn(TypedDict):
    """
    At least one field. What is left out stays as it is.
    """

    metadata: NotRequired[dict[str, str | bool | int | float] | None]
    filename: NotRequired[str | None]
    collection: NotRequired[str | None]


DocumentStatus: TypeAlias = Literal["queued", "parsing", "chunking", "embedding", "ready", "failed", "cancelled"]


Doubt: TypeAlias = Literal[
    "number_not_in_source",
    "unit_not_in_source",
    "date_not_in_source",
    "year_differs",
    "name_not_in_source",
    "negation_differs",
    "subject_not_in_source",
    "sources_disagree",
    "other_language",
    "review_disagrees",
    "weak_support",
    "no_source",
    "question",
]


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


GateVerdict: TypeAlias = Literal["better", "not worse", "inconclusive", "worse"]


class Health(TypedDict):
    status: str


class HistoryOut(TypedDict):
    object: Literal["list"]
    data: list[ActivationOut]


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


class KeyedTextIn(TypedDict):
    text: str
    filename: NotRequired[str | None]
    collection: NotRequired[str | None]
    metadata: NotRequired[dict[str, str | bool | int | float]]


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


class ModelOut(TypedDict):
    id: str
    object: Literal["model"]
    created: int
    owned_by: str
    documents: bool
    adapter: str | None


class NewKeyOut(TypedDict):
    id: str
    object: Literal["key"]
    tenant_id: str
    label: str
    prefix: str
    scopes: list[str]
    created_at: str
    revoked_at: str | None
    key: str


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


class ProgressOut(TypedDict):
    """
    The data of a `progress` event.
    """

    done: int
    total: int


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


Rating: TypeAlias = Literal["up", "down"]


class Readiness(TypedDict):
    ready: bool
    checks: dict[str, str]
    warnings: list[str]


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
    targets: NotRequired[
        list[Literal["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]] | None
    ]
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


RefusalReason: TypeAlias = Literal["no_documents", "nothing_relevant", "unsupported"]


class RefusedOut(TypedDict):
    filename: str
    code: str
    message: str


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
    problems: list[ProblemOut]
    previews: list[str]


class ResponseFormatIn(TypedDict):
    type: str


class ResultOut(TypedDict):
    id: str
    object: Literal["evaluation.result"]
    part: str
    case_id: str
    figures: dict[str, Any]


class RetrievalOut(TypedDict):
    """
    The data of a `retrieval` event.
    """

    passages: list[PassageOut]


Route: TypeAlias = Literal["small_talk", "collection", "previous_answer", "document", "question"]


Scope: TypeAlias = Literal["read", "write", "admin"]


class SearchBudgetIn(TypedDict):
    """
    What the search may use; training what it chose to its end comes on top.
    """

    trials: NotRequired[int | None]
    minutes: NotRequired[float | None]
    tokens: NotRequired[int | None]


class SearchIn(TypedDict):
    query: str
    k: NotRequired[int]
    mode: NotRequired[Literal["hybrid", "dense", "lexical"]]
    scoring: NotRequired[Literal["bm25", "tfidf"]]
    space: NotRequired[Literal["embeddings", "word_vectors"]]
    diversity: NotRequired[float]
    rerank: NotRequired[bool]
    collections: NotRequired[list[Collection]]
    filters: NotRequired[dict[str, Any]]


class SearchOut(TypedDict):
    object: Literal["list"]
    data: list[PassageOut]


SearchTrialStatus: TypeAlias = Literal["waiting", "paused", "stopped", "diverged", "chosen"]


class ShutdownOut(TypedDict):
    """
    The data of a `server_shutdown` event.
    """

    message: str


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


StageUnit: TypeAlias = Literal["pages", "chunks"]


class StepTraceOut(TypedDict):
    name: str
    version: Literal["rule", "model"]
    seconds: float
    detail: dict[str, Any]


class StreamOptionsIn(TypedDict):
    include_usage: NotRequired[bool | None]


class SummaryIn(TypedDict):
    language: NotRequired[Literal["en", "de", "es", "fr", "it", "pt"] | None]


Support: TypeAlias = Literal["verified", "supported"]


class TenantIn(TypedDict):
    name: str


TenantStatus: TypeAlias = Literal["active", "suspended"]


class TokenOut(TypedDict):
    """
    The data of a `token` event.
    """

    text: str


TrainingStatus: TypeAlias = Literal["queued", "validating_files", "running", "succeeded", "failed", "cancelled"]


class TrialOut(TypedDict):
    number: int
    hyperparameters: dict[str, Any]
    status: SearchTrialStatus
    step: int
    tokens: int
    seconds: float
    losses: list[LossOut]


class TurnOut(TypedDict):
    id: str
    object: Literal["turn"]
    question: str
    answer: str
    result: dict[str, Any]
    created_at: str


class UsageOut(TypedDict):
    prompt_tokens: int
    completion_tokens: int
    context: ContextOut


class WarningOut(TypedDict):
    code: str
    message: str


class AdapterEvaluationOut(TypedDict):
    id: str
    object: Literal["adapter.evaluation"]
    adapter: str
    against: str
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


class BatchOut(TypedDict):
    id: str
    object: Literal["batch"]
    collection: str
    files: int
    refused: list[RefusedOut]
    counts: dict[DocumentStatus, int]
    warned: int
    progress: float
    eta_s: float | None
    finished: bool
    created_at: str


class ChatMessageIn(TypedDict):
    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: NotRequired[str | list[ContentPartIn] | None]


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
    corrected_answer: NotRequired[str | None]
    comment: NotRequired[str | None]


class FeedbackOut(TypedDict):
    id: str
    object: Literal["feedback"]
    turn_id: str
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


class ListingDatasetOut(TypedDict):
    object: Literal["list"]
    data: list[DatasetOut]
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


class ListingResultOut(TypedDict):
    object: Literal["list"]
    data: list[ResultOut]
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


class MergeIn(TypedDict):
    parts: list[PartIn]
    rank: NotRequired[int | None]


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


class StageOut(TypedDict):
    unit: StageUnit
    done: int
    total: int
    tokens_per_s: float | None
    eta_s: float | None


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


class AnswerMessageOut(TypedDict):
    role: Literal["assistant"]
    content: str
    refusal: None
    annotations: list[FileCitationOut]


class CanaryOut(TypedDict):
    adapter: AdapterOut
    share: float
    created_at: str


class ChatChoiceOut(TypedDict):
    index: Literal[0]
    message: AnswerMessageOut
    logprobs: None
    finish_reason: Literal["stop", "length"]


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
    stop: NotRequired[str | list[str] | None]
    n: NotRequired[int | None]
    response_format: NotRequired[ResponseFormatIn | None]
    modalities: NotRequired[list[str] | None]
    tools: NotRequired[list[Any] | None]
    functions: NotRequired[list[Any] | None]
    audio: NotRequired[Any]
    logprobs: NotRequired[bool | None]
    top_logprobs: NotRequired[int | None]
    collections: NotRequired[list[Collection]]
    filters: NotRequired[dict[str, Any]]
    language: NotRequired[Literal["en", "de", "es", "fr", "it", "pt"] | None]


class ChatCompletionOut(TypedDict):
    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    system_fingerprint: None
    choices: list[ChatChoiceOut]
    usage: CompletionUsageOut
    loracle: AnswerDetailsOut | None


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
    finish_reason: Literal["stop", "length", "repetition"]
    trace: list[StepTraceOut]


class ChunkDeltaOut(TypedDict):
    """
    What a chunk adds to the message; it has the fields that it adds.
    """

    role: NotRequired[Literal["assistant"]]
    content: NotRequired[str]
    refusal: NotRequired[None]
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
    job_id: str | None
    external_id: str | None
    created_at: str
    ready_at: str | None


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


class ActiveOut(TypedDict):
    object: Literal["adapter.pointer"]
    active: AdapterOut | None
    canary: CanaryOut | None


class ChunkChoiceOut(TypedDict):
    index: Literal[0]
    delta: ChunkDeltaOut
    logprobs: dict[str, Any] | None
    finish_reason: Literal["stop", "length"] | None


class ChatCompletionChunkOut(TypedDict):
    """
    The data of an event of a streamed completion.
    """

    id: str
    object: Literal["chat.completion.chunk"]
    created: int
    model: str
    system_fingerprint: None
    choices: list[ChunkChoiceOut]
    usage: NotRequired[CompletionUsageOut | None]
    loracle: NotRequired[AnswerDetailsOut | None]
