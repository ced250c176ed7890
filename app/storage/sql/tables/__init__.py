"""Every table. Rows stay inside the storage; it returns the frozen records of `app.domain`."""

from __future__ import annotations

from app.storage.sql.tables import audit_trigger, job_trigger  # noqa: F401 - they register themselves
from app.storage.sql.tables.adapters import AdapterCanaryRow, AdapterSourceRow, AdapterVersionRow, DeploymentRow
from app.storage.sql.tables.audit import AuditRow
from app.storage.sql.tables.base import Base, now
from app.storage.sql.tables.change_log import ChangeRow, IndexCheckpointRow
from app.storage.sql.tables.chunks import (
    ChunkIdsRow,
    ChunkRow,
    ChunkVectorRow,
    EmbeddingModelRow,
    PostingsRow,
    PostingsTotalRow,
)
from app.storage.sql.tables.conversations import ChatSettingsRow, ConversationRow, FeedbackRow, TurnRow
from app.storage.sql.tables.documents import (
    BatchRow,
    BatchVersionRow,
    CollectionRow,
    DocumentRow,
    DocumentTextRow,
    DocumentVersionRow,
)
from app.storage.sql.tables.evaluations import (
    AdapterEvaluationRow,
    AdapterObservationRow,
    EvaluationResultRow,
    EvaluationRow,
)
from app.storage.sql.tables.files import FileRow, VectorStoreRow
from app.storage.sql.tables.idempotency import IdempotencyRow
from app.storage.sql.tables.jobs import JobRow, QueuePauseRow
from app.storage.sql.tables.processes import (
    LiveAnswerRow,
    OneTimeValueRow,
    ProcessRow,
    RateBucketRow,
    ServiceSecretRow,
)
from app.storage.sql.tables.responses import ResponseRow
from app.storage.sql.tables.tenants import ApiKeyRow, LinkKeyRow, TenantRow
from app.storage.sql.tables.tokens import TokenRow
from app.storage.sql.tables.training import DatasetRow, TrainingEventRow, TrainingPointRow, TrainingRow
from app.storage.sql.tables.usage import TenantLimitsRow, TenantTotalsRow, UsageDayRow
from app.storage.sql.tables.webhooks import DeliveryRow, WebhookRow

__all__ = [
    "AdapterCanaryRow",
    "AdapterEvaluationRow",
    "AdapterObservationRow",
    "AdapterSourceRow",
    "AdapterVersionRow",
    "ApiKeyRow",
    "AuditRow",
    "Base",
    "BatchRow",
    "BatchVersionRow",
    "ChangeRow",
    "ChatSettingsRow",
    "ChunkIdsRow",
    "ChunkRow",
    "ChunkVectorRow",
    "CollectionRow",
    "ConversationRow",
    "DatasetRow",
    "DeliveryRow",
    "DeploymentRow",
    "DocumentRow",
    "DocumentTextRow",
    "DocumentVersionRow",
    "EmbeddingModelRow",
    "EvaluationResultRow",
    "EvaluationRow",
    "FeedbackRow",
    "FileRow",
    "IdempotencyRow",
    "IndexCheckpointRow",
    "JobRow",
    "LinkKeyRow",
    "LiveAnswerRow",
    "OneTimeValueRow",
    "PostingsRow",
    "PostingsTotalRow",
    "ProcessRow",
    "QueuePauseRow",
    "RateBucketRow",
    "ResponseRow",
    "ServiceSecretRow",
    "TenantLimitsRow",
    "TenantRow",
    "TenantTotalsRow",
    "TokenRow",
    "TrainingEventRow",
    "TrainingPointRow",
    "TrainingRow",
    "TurnRow",
    "UsageDayRow",
    "VectorStoreRow",
    "WebhookRow",
    "now",
]
