"""Every table. Rows stay inside the store; what leaves it are the frozen records."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar, TypeVar

from sqlalchemy import (
    JSON,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from app.domain.adapters import AdapterOrigin
from app.domain.change_log import ChangeKind
from app.domain.conversations import Rating
from app.domain.documents import DocumentStatus
from app.domain.evaluations import EvaluationSide, GateVerdict
from app.domain.jobs import JobStatus
from app.domain.tenants import TenantStatus
from app.domain.training import DatasetOrigin, TrainingStatus
from app.storage.ids import new_id

State = TypeVar("State", bound=StrEnum)


class UtcDateTime(TypeDecorator[datetime]):
    """Time zone aware in Python, naive UTC in the database (SQLite keeps no zone)."""

    impl = DateTime
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        return None if value is None else value.replace(tzinfo=UTC)


class StateText(TypeDecorator[State]):
    """A member of `enum` in Python, its plain text in the database. ValueError for text that is no member."""

    impl = String
    cache_ok = True

    def __init__(self, enum: type[State], length: int = 16) -> None:
        super().__init__(length)
        self.enum = enum

    def process_bind_param(self, value: State | None, dialect: Dialect) -> str | None:
        del dialect
        return None if value is None else self.enum(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> State | None:
        del dialect
        return None if value is None else self.enum(value)


class PlainText(TypeDecorator[str]):
    """Text of an open set, given as a string or as a member of a StrEnum: a driver sees a plain string."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        del dialect
        return None if value is None else str(value)


def now() -> datetime:
    return datetime.now(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {datetime: UtcDateTime, dict[str, Any]: JSON, list[str]: JSON}


def tenant_column() -> Mapped[str]:
    return mapped_column(ForeignKey("tenants.id", ondelete="CASCADE"), index=True)


def id_column(prefix: str) -> Mapped[str]:
    return mapped_column(String(64), primary_key=True, default=lambda: new_id(prefix))


class TenantRow(Base):
    __tablename__ = "tenants"

    id: Mapped[str] = id_column("ten")
    name: Mapped[str] = mapped_column(String(200), unique=True)
    status: Mapped[TenantStatus] = mapped_column(StateText(TenantStatus), default=TenantStatus.ACTIVE)
    served_at: Mapped[datetime | None]  # when a worker last took a job of it: the others come first
    embeddings: Mapped[str | None] = mapped_column(String(64))  # fingerprint of the model it is searched by
    created_at: Mapped[datetime] = mapped_column(default=now)


class ApiKeyRow(Base):
    __tablename__ = "api_keys"

    id: Mapped[str] = id_column("key")
    tenant_id: Mapped[str] = tenant_column()
    label: Mapped[str] = mapped_column(String(200), default="")
    prefix: Mapped[str] = mapped_column(String(16), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[str]]
    created_at: Mapped[datetime] = mapped_column(default=now)
    revoked_at: Mapped[datetime | None]


class DocumentRow(Base):
    __tablename__ = "documents"
    __table_args__ = (UniqueConstraint("tenant_id", "collection", "filename"),)

    id: Mapped[str] = id_column("doc")
    tenant_id: Mapped[str] = tenant_column()
    collection: Mapped[str] = mapped_column(String(200))
    filename: Mapped[str] = mapped_column(String(1000))
    metadata_: Mapped[dict[str, Any]] = mapped_column("metadata", default=dict)
    live_version_id: Mapped[int | None]
    latest_version_id: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(default=now)


class CollectionRow(Base):
    """A collection's own settings; NULL: the service's. Collections without a row have none of their own."""

    __tablename__ = "collections"

    tenant_id: Mapped[str] = mapped_column(ForeignKey("tenants.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    chunk_tokens: Mapped[int | None]
    chunk_overlap_tokens: Mapped[int | None]
    section_tokens: Mapped[int | None]
    keep_versions: Mapped[int | None]
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)


class DocumentVersionRow(Base):
    __tablename__ = "document_versions"
    __table_args__ = (UniqueConstraint("document_id", "version"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    tenant_id: Mapped[str] = tenant_column()
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    version: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    size_bytes: Mapped[int]
    media_type: Mapped[str] = mapped_column(String(100))
    blob: Mapped[str] = mapped_column(String(200), index=True)
    status: Mapped[DocumentStatus] = mapped_column(StateText(DocumentStatus), default=DocumentStatus.QUEUED, index=True)
    progress: Mapped[float] = mapped_column(default=0.0)
    stage: Mapped[dict[str, Any]] = mapped_column(default=dict)  # how far within it: StageProgress; empty if unknown
    error_code: Mapped[str | None] = mapped_column(String(64))
    error_message: Mapped[str | None] = mapped_column(Text)
    pages: Mapped[int | None]
    chunks: Mapped[int | None]
    chunking: Mapped[str] = mapped_column(String(64), default="")  # fingerprint of the settings its chunks were made by
    job_id: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(default=now)
    ready_at: Mapped[datetime | None]


class BatchRow(Base):
    """One upload of many files."""

    __tablename__ = "batches"

    id: Mapped[str] = id_column("bat")
    tenant_id: Mapped[str] = tenant_column()
    collection: Mapped[str] = mapped_column(String(200))
    files: Mapped[int]  # taken and refused
    refused: Mapped[list[Any]] = mapped_column(JSON)  # [filename, code, message]
    created_at: Mapped[datetime] = mapped_column(default=now)


class BatchVersionRow(Base):
    """A document version that came with a batch; one that was there already may belong to several."""

    __tablename__ = "batch_versions"

    batch_id: Mapped[str] = mapped_column(ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True)
    version_id: Mapped[int] = mapped_column(
        ForeignKey("document_versions.id", ondelete="CASCADE"), primary_key=True, autoincrement=False, index=True
    )


class DocumentTextRow(Base):
    __tablename__ = "document_texts"

    version_id: Mapped[int] = mapped_column(ForeignKey("document_versions.id", ondelete="CASCADE"), primary_key=True)
    tenant_id: Mapped[str] = tenant_column()
    title: Mapped[str] = mapped_column(Text, default="")  # what its chunks were embedded under
    text: Mapped[str] = mapped_column(Text)
    pages: Mapped[list[list[int]]] = mapped_column(JSON)  # [page, char_start, char_end]


class ChunkRow(Base):
    __tablename__ = "chunks"
    # AUTOINCREMENT: an id that was deleted never comes back, so a stale vector cannot cite a new chunk.
    __table_args__ = (UniqueConstraint("version_id", "index"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    tenant_id: Mapped[str] = tenant_column()
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("document_versions.id", ondelete="CASCADE"))
    index: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    heading: Mapped[str] = mapped_column(Text, default="")
    page_start: Mapped[int | None]
    page_end: Mapped[int | None]
    char_start: Mapped[int]
    char_end: Mapped[int]
    tokens: Mapped[int]
    section_start: Mapped[int] = mapped_column(default=0)
    section_end: Mapped[int] = mapped_column(default=0)
    vector: Mapped[bytes] = mapped_column(LargeBinary)  # float16, little-endian
    fingerprint: Mapped[str] = mapped_column(String(64))


class ChunkVectorRow(Base):
    """A chunk's vector of another embedding model than its own: what a tenant will be searched by."""

    __tablename__ = "chunk_vectors"

    chunk_id: Mapped[int] = mapped_column(
        ForeignKey("chunks.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True)
    tenant_id: Mapped[str] = tenant_column()
    vector: Mapped[bytes] = mapped_column(LargeBinary)  # float16, little-endian


class EmbeddingModelRow(Base):
    """An embedding model this service was started with: what to load again while a tenant is searched by it."""

    __tablename__ = "embedding_models"

    fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True)
    source: Mapped[str] = mapped_column(Text)  # as LORACLE_EMBEDDING_MODEL named it
    created_at: Mapped[datetime] = mapped_column(default=now)


class PostingsRow(Base):
    """Chunks of one bucket of ids that hold a term: see app/storage/sql/fulltext.py."""

    __tablename__ = "postings"
    __table_args__ = {"sqlite_with_rowid": False}

    tenant_id: Mapped[str] = mapped_column(ForeignKey("tenants.id", ondelete="CASCADE"), primary_key=True)
    term: Mapped[str] = mapped_column(String(128), primary_key=True)
    bucket: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entries: Mapped[bytes] = mapped_column(LargeBinary)


class PostingsTotalRow(Base):
    __tablename__ = "postings_totals"

    tenant_id: Mapped[str] = mapped_column(ForeignKey("tenants.id", ondelete="CASCADE"), primary_key=True)
    chunks: Mapped[int]
    terms: Mapped[int]


class ChangeRow(Base):
    __tablename__ = "change_log"
    __table_args__ = (
        Index("ix_change_log_tenant_id_seq", "tenant_id", "seq"),
        {"sqlite_autoincrement": True},
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    tenant_id: Mapped[str] = mapped_column(ForeignKey("tenants.id", ondelete="CASCADE"))
    kind: Mapped[ChangeKind] = mapped_column(StateText(ChangeKind, 8))
    version_id: Mapped[int]
    first_chunk_id: Mapped[int]  # of the version's chunks, inclusive: still known after they are deleted
    last_chunk_id: Mapped[int]


class IndexCheckpointRow(Base):
    __tablename__ = "index_checkpoints"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    tenant_id: Mapped[str] = tenant_column()
    seq: Mapped[int]
    path: Mapped[str] = mapped_column(String(500))
    sha256: Mapped[str] = mapped_column(String(64))
    vectors: Mapped[int]
    fingerprint: Mapped[str] = mapped_column(String(64))


class JobRow(Base):
    __tablename__ = "jobs"
    __table_args__ = (
        UniqueConstraint("tenant_id", "kind", "idempotency_key"),
        Index("ix_jobs_claim", "status", "run_after"),
    )

    id: Mapped[str] = id_column("job")
    tenant_id: Mapped[str] = tenant_column()
    kind: Mapped[str] = mapped_column(PlainText(32))
    payload: Mapped[dict[str, Any]]
    idempotency_key: Mapped[str | None] = mapped_column(String(255))
    status: Mapped[JobStatus] = mapped_column(StateText(JobStatus), default=JobStatus.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_token: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[datetime | None]
    run_after: Mapped[datetime] = mapped_column(default=now)
    cancel_requested: Mapped[bool] = mapped_column(default=False)
    error_code: Mapped[str | None] = mapped_column(String(64))
    error_message: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)


class QueuePauseRow(Base):
    """No job begins while this is here: of one tenant, or of any."""

    __tablename__ = "queue_pauses"

    scope: Mapped[str] = mapped_column(String(64), primary_key=True)  # a tenant's id, or "*"
    since: Mapped[datetime] = mapped_column(default=now)


class ConversationRow(Base):
    __tablename__ = "conversations"

    id: Mapped[str] = id_column("conv")
    tenant_id: Mapped[str] = tenant_column()
    title: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)


class TurnRow(Base):
    __tablename__ = "turns"

    id: Mapped[str] = id_column("turn")
    tenant_id: Mapped[str] = tenant_column()
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    result: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(default=now)


class FeedbackRow(Base):
    __tablename__ = "feedback"

    id: Mapped[str] = id_column("fb")
    tenant_id: Mapped[str] = tenant_column()
    turn_id: Mapped[str] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), index=True)
    rating: Mapped[Rating] = mapped_column(StateText(Rating, 8))
    corrected_answer: Mapped[str | None] = mapped_column(Text)
    comment: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(default=now)


class AdapterVersionRow(Base):
    __tablename__ = "adapter_versions"
    __table_args__ = (UniqueConstraint("tenant_id", "name", "version"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    tenant_id: Mapped[str] = tenant_column()
    name: Mapped[str] = mapped_column(String(64))
    version: Mapped[str] = mapped_column(String(64))
    path: Mapped[str] = mapped_column(String(500))
    rank: Mapped[int]
    alpha: Mapped[float]
    target_modules: Mapped[list[str]]
    size_bytes: Mapped[int]
    base_fingerprint: Mapped[str] = mapped_column(String(64))
    origin: Mapped[AdapterOrigin] = mapped_column(StateText(AdapterOrigin), default=AdapterOrigin.UPLOAD)
    parents: Mapped[list[str]] = mapped_column(default=list)  # "name@version" of the adapters it was made from
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)  # the recipe, or what compressing did
    created_at: Mapped[datetime] = mapped_column(default=now)


class AdapterSourceRow(Base):
    """A document that an adapter version learned from. It outlives the document: that is how staleness shows."""

    __tablename__ = "adapter_sources"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    tenant_id: Mapped[str] = tenant_column()
    adapter_version_id: Mapped[int] = mapped_column(ForeignKey("adapter_versions.id", ondelete="CASCADE"), index=True)
    document_id: Mapped[str] = mapped_column(String(64), index=True)  # no foreign key
    filename: Mapped[str] = mapped_column(String(1000))


class AdapterEvaluationRow(Base):
    """An adapter version measured against what it would replace."""

    __tablename__ = "adapter_evaluations"

    id: Mapped[str] = id_column("aev")
    tenant_id: Mapped[str] = tenant_column()
    adapter_version_id: Mapped[int] = mapped_column(ForeignKey("adapter_versions.id", ondelete="CASCADE"), index=True)
    against: Mapped[str] = mapped_column(String(140))  # "base" or "name@version"
    status: Mapped[JobStatus] = mapped_column(StateText(JobStatus), default=JobStatus.QUEUED)
    cases: Mapped[str] = mapped_column(Text)  # as they were given
    progress: Mapped[float] = mapped_column(default=0.0)
    verdict: Mapped[GateVerdict | None] = mapped_column(StateText(GateVerdict))
    report: Mapped[dict[str, Any]] = mapped_column(default=dict)
    error_code: Mapped[str | None] = mapped_column(String(64))
    error_message: Mapped[str | None] = mapped_column(Text)
    job_id: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]


class AdapterObservationRow(Base):
    """How one side of an adapter's evaluation answered one case; kept until it ends."""

    __tablename__ = "adapter_observations"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    tenant_id: Mapped[str] = tenant_column()
    evaluation_id: Mapped[str] = mapped_column(ForeignKey("adapter_evaluations.id", ondelete="CASCADE"), index=True)
    side: Mapped[EvaluationSide] = mapped_column(StateText(EvaluationSide))
    case_id: Mapped[str] = mapped_column(Text)
    prompt_sha256: Mapped[str] = mapped_column(String(64))  # of what it was asked
    figures: Mapped[dict[str, Any]]


class EvaluationRow(Base):
    """A tenant's own questions, asked of its documents and scored."""

    __tablename__ = "evaluations"

    id: Mapped[str] = id_column("ev")
    tenant_id: Mapped[str] = tenant_column()
    name: Mapped[str] = mapped_column(String(200))
    adapter: Mapped[str | None] = mapped_column(String(140))  # "name@version"; NULL: the base model
    status: Mapped[JobStatus] = mapped_column(StateText(JobStatus), default=JobStatus.QUEUED)
    cases: Mapped[str] = mapped_column(Text)  # as they were given
    progress: Mapped[float] = mapped_column(default=0.0)
    scores: Mapped[dict[str, Any]] = mapped_column(default=dict)
    error_code: Mapped[str | None] = mapped_column(String(64))
    error_message: Mapped[str | None] = mapped_column(Text)
    job_id: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]


class EvaluationResultRow(Base):
    """What became of one case in one layer."""

    __tablename__ = "evaluation_results"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    tenant_id: Mapped[str] = tenant_column()
    evaluation_id: Mapped[str] = mapped_column(ForeignKey("evaluations.id", ondelete="CASCADE"), index=True)
    part: Mapped[str] = mapped_column(String(300))
    case_id: Mapped[str] = mapped_column(Text)
    figures: Mapped[dict[str, Any]]


class AdapterCanaryRow(Base):
    """The version that answers a share of a tenant's requests on trial."""

    __tablename__ = "adapter_canaries"

    tenant_id: Mapped[str] = mapped_column(ForeignKey("tenants.id", ondelete="CASCADE"), primary_key=True)
    adapter_version_id: Mapped[int] = mapped_column(ForeignKey("adapter_versions.id", ondelete="CASCADE"))
    share: Mapped[float]  # 0 to 1
    created_at: Mapped[datetime] = mapped_column(default=now)


class DeploymentRow(Base):
    """History of the tenant's adapter pointer; the newest row is in force. NULL: the plain base model."""

    __tablename__ = "adapter_activations"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    tenant_id: Mapped[str] = tenant_column()
    adapter_version_id: Mapped[int | None] = mapped_column(ForeignKey("adapter_versions.id", ondelete="CASCADE"))
    previous_id: Mapped[int | None]  # the activation that a rollback of this one returns to
    evaluation_id: Mapped[str | None] = mapped_column(String(64))  # whose verdict let it through
    override_reason: Mapped[str | None] = mapped_column(Text)  # why it was let through without one
    actor: Mapped[str | None] = mapped_column(String(64))  # id of the key that asked
    created_at: Mapped[datetime] = mapped_column(default=now)


class ChatSettingsRow(Base):
    """How a tenant wants its questions answered, and where `loracle calibrate` drew the line."""

    __tablename__ = "answering"

    tenant_id: Mapped[str] = mapped_column(ForeignKey("tenants.id", ondelete="CASCADE"), primary_key=True)
    preamble: Mapped[str] = mapped_column(Text, default="")
    refusal_threshold: Mapped[float | None]
    calibration: Mapped[dict[str, Any]] = mapped_column(default=dict)
    fingerprint: Mapped[str] = mapped_column(String(64), default="")  # of the embeddings it was fitted on
    representation: Mapped[str] = mapped_column(String(16), default="hybrid", server_default="hybrid")
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)


class IdempotencyRow(Base):
    __tablename__ = "idempotency_keys"

    tenant_id: Mapped[str] = mapped_column(ForeignKey("tenants.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    route: Mapped[str] = mapped_column(String(200), primary_key=True)
    body_hash: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    body: Mapped[dict[str, Any]]
    lease_token: Mapped[str | None] = mapped_column(String(64))  # of the request at work; none: answered
    lease_until: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)


class DatasetRow(Base):
    """One version of a tenant's training rows; the rows themselves are a blob of JSONL."""

    __tablename__ = "datasets"
    __table_args__ = (UniqueConstraint("tenant_id", "name", "version"),)

    id: Mapped[str] = id_column("ds")
    tenant_id: Mapped[str] = tenant_column()
    name: Mapped[str] = mapped_column(String(64))
    version: Mapped[int]
    origin: Mapped[DatasetOrigin] = mapped_column(StateText(DatasetOrigin))
    blob: Mapped[str] = mapped_column(String(200), index=True)
    sha256: Mapped[str] = mapped_column(String(64))
    size_bytes: Mapped[int]
    report: Mapped[dict[str, Any]]  # what validation found
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)  # sources, and how it was made
    base_fingerprint: Mapped[str] = mapped_column(String(64))  # of the base whose template it was validated with
    created_at: Mapped[datetime] = mapped_column(default=now)


class TrainingRow(Base):
    """A training job as its tenant sees it. It outlives its dataset."""

    __tablename__ = "trainings"

    id: Mapped[str] = id_column("ftjob")
    tenant_id: Mapped[str] = tenant_column()
    adapter_name: Mapped[str] = mapped_column(String(64))
    dataset_id: Mapped[str] = mapped_column(String(64), index=True)  # no foreign key
    dataset_label: Mapped[str] = mapped_column(String(80))
    status: Mapped[TrainingStatus] = mapped_column(StateText(TrainingStatus, 20), default=TrainingStatus.QUEUED)
    recipe: Mapped[dict[str, Any]]
    evaluation_share: Mapped[float]
    search_asked: Mapped[dict[str, Any] | None]  # grid and budget
    search: Mapped[dict[str, Any] | None]  # trials, which was chosen
    step: Mapped[int] = mapped_column(default=0)
    steps: Mapped[int] = mapped_column(default=0)
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict)  # of the newest step
    eta_s: Mapped[float | None]
    adapter: Mapped[str | None] = mapped_column(String(140))  # "name@version" that it made
    evaluation_id: Mapped[str | None] = mapped_column(String(64))
    error_code: Mapped[str | None] = mapped_column(String(64))
    error_message: Mapped[str | None] = mapped_column(Text)
    job_id: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(default=now)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class TrainingEventRow(Base):
    __tablename__ = "training_events"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    tenant_id: Mapped[str] = tenant_column()
    training_id: Mapped[str] = mapped_column(ForeignKey("trainings.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(PlainText(32))
    message: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(default=now)


class TrainingPointRow(Base):
    """One step on the loss curve."""

    __tablename__ = "training_points"

    training_id: Mapped[str] = mapped_column(ForeignKey("trainings.id", ondelete="CASCADE"), primary_key=True)
    step: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    tenant_id: Mapped[str] = tenant_column()
    figures: Mapped[dict[str, Any]]
