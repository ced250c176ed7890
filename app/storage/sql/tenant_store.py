"""The repositories of one tenant. Every query of theirs is restricted to the tenant's id."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

from sqlalchemy.orm import Session

from app.domain.visibility import EVERYTHING, Visibility
from app.storage.sql.change_log import ChangeLog
from app.storage.sql.repositories.adapter_evaluations import AdapterEvaluations
from app.storage.sql.repositories.adapters import AdapterVersions
from app.storage.sql.repositories.audit_log import AuditLog
from app.storage.sql.repositories.batches import Batches
from app.storage.sql.repositories.chat_settings import ChatSettings
from app.storage.sql.repositories.chunks import Chunks
from app.storage.sql.repositories.collections import Collections
from app.storage.sql.repositories.conversations import Conversations
from app.storage.sql.repositories.datasets import Datasets
from app.storage.sql.repositories.deployments import Deployments
from app.storage.sql.repositories.document_overviews import DocumentOverviews
from app.storage.sql.repositories.document_versions import DocumentVersions
from app.storage.sql.repositories.documents import Documents
from app.storage.sql.repositories.embeddings import Embeddings
from app.storage.sql.repositories.evaluations import Evaluations
from app.storage.sql.repositories.feedback import FeedbackEntries
from app.storage.sql.repositories.files import Files
from app.storage.sql.repositories.idempotency import Idempotency
from app.storage.sql.repositories.jobs import Jobs
from app.storage.sql.repositories.link_keys import LinkKeys
from app.storage.sql.repositories.quotas import QuotaUse
from app.storage.sql.repositories.responses import Responses
from app.storage.sql.repositories.tokens import Tokens
from app.storage.sql.repositories.trainings import Trainings
from app.storage.sql.repositories.usage import Usage
from app.storage.sql.repositories.vector_store_files import VectorStoreFiles
from app.storage.sql.repositories.vector_stores import VectorStores
from app.storage.sql.repositories.webhooks import Webhooks
from app.storage.sql.static_vector_feed import Embed, StaticVectorFeed


class TenantStore:
    """The repositories of one tenant in one transaction. They raise NotFound for ids of another tenant, and for ids of
    documents, collections, batches and conversations that the caller does not see.
    """

    def __init__(self, session: Session, tenant_id: str, visibility: Visibility = EVERYTHING) -> None:
        self.session = session
        self.tenant_id = tenant_id
        self.visibility = visibility

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """What is done within is undone alone if it raises: the transaction goes on."""
        with self.session.begin_nested():
            yield

    @cached_property
    def documents(self) -> Documents:
        return Documents(self.session, self.tenant_id, self.visibility)

    @cached_property
    def document_overviews(self) -> DocumentOverviews:
        return DocumentOverviews(self.session, self.tenant_id, self.visibility)

    @cached_property
    def document_versions(self) -> DocumentVersions:
        return DocumentVersions(self.session, self.tenant_id)

    @cached_property
    def batches(self) -> Batches:
        return Batches(self.session, self.tenant_id, self.visibility)

    @cached_property
    def chunks(self) -> Chunks:
        return Chunks(self.session, self.tenant_id, self.visibility)

    @cached_property
    def changes(self) -> ChangeLog:
        return ChangeLog(self.session, self.tenant_id)

    def static_vector_feed(self, embed: Embed) -> StaticVectorFeed:
        return StaticVectorFeed(self.session, self.tenant_id, embed)

    @cached_property
    def embeddings(self) -> Embeddings:
        return Embeddings(self.session, self.tenant_id)

    @cached_property
    def jobs(self) -> Jobs:
        return Jobs(self.session, self.tenant_id)

    @cached_property
    def collections(self) -> Collections:
        return Collections(self.session, self.tenant_id, self.visibility)

    @cached_property
    def conversations(self) -> Conversations:
        return Conversations(self.session, self.tenant_id, self.visibility.user)

    @cached_property
    def feedback(self) -> FeedbackEntries:
        return FeedbackEntries(self.session, self.tenant_id, self.visibility.user)

    @cached_property
    def adapters(self) -> AdapterVersions:
        return AdapterVersions(self.session, self.tenant_id)

    @cached_property
    def deployments(self) -> Deployments:
        return Deployments(self.session, self.tenant_id)

    @cached_property
    def adapter_evaluations(self) -> AdapterEvaluations:
        return AdapterEvaluations(self.session, self.tenant_id)

    @cached_property
    def evaluations(self) -> Evaluations:
        return Evaluations(self.session, self.tenant_id)

    @cached_property
    def idempotency(self) -> Idempotency:
        return Idempotency(self.session, self.tenant_id)

    @cached_property
    def files(self) -> Files:
        return Files(self.session, self.tenant_id)

    @cached_property
    def vector_stores(self) -> VectorStores:
        return VectorStores(self.session, self.tenant_id, self.visibility)

    @cached_property
    def vector_store_files(self) -> VectorStoreFiles:
        return VectorStoreFiles(self.session, self.tenant_id, self.visibility)

    @cached_property
    def responses(self) -> Responses:
        return Responses(self.session, self.tenant_id, self.visibility.user)

    @cached_property
    def chat_settings(self) -> ChatSettings:
        return ChatSettings(self.session, self.tenant_id)

    @cached_property
    def datasets(self) -> Datasets:
        return Datasets(self.session, self.tenant_id)

    @cached_property
    def link_keys(self) -> LinkKeys:
        return LinkKeys(self.session, self.tenant_id)

    @cached_property
    def webhooks(self) -> Webhooks:
        return Webhooks(self.session, self.tenant_id)

    @cached_property
    def trainings(self) -> Trainings:
        return Trainings(self.session, self.tenant_id)

    @cached_property
    def tokens(self) -> Tokens:
        return Tokens(self.session, self.tenant_id)

    @cached_property
    def audit(self) -> AuditLog:
        return AuditLog(self.session, self.tenant_id)

    @cached_property
    def quotas(self) -> QuotaUse:
        return QuotaUse(self.session, self.tenant_id)

    @cached_property
    def usage(self) -> Usage:
        return Usage(self.session, self.tenant_id)
