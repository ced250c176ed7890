"""The only door to a tenant's rows: every query behind it carries the tenant's id."""

from __future__ import annotations

from functools import cached_property

from sqlalchemy.orm import Session

from app.store.activations import Activations
from app.store.adapter_evaluations import AdapterEvaluations
from app.store.adapters import AdapterVersions
from app.store.answering import AnsweringSettings
from app.store.batches import Batches
from app.store.changes import Changes
from app.store.chunks import Chunks
from app.store.collections import Collections
from app.store.conversations import Conversations
from app.store.datasets import Datasets
from app.store.documents import Documents
from app.store.embeddings import Embeddings
from app.store.evaluations import Evaluations
from app.store.idempotency import Idempotency
from app.store.jobs import Jobs
from app.store.text_changes import Embed, TextChanges
from app.store.trainings import Trainings


class TenantStore:
    """One tenant's view in one transaction. Another tenant's ids are unknown here: NotFound."""

    def __init__(self, session: Session, tenant_id: str) -> None:
        self.session = session
        self.tenant_id = tenant_id

    @cached_property
    def documents(self) -> Documents:
        return Documents(self.session, self.tenant_id)

    @cached_property
    def batches(self) -> Batches:
        return Batches(self.session, self.tenant_id)

    @cached_property
    def chunks(self) -> Chunks:
        return Chunks(self.session, self.tenant_id)

    @cached_property
    def changes(self) -> Changes:
        return Changes(self.session, self.tenant_id)

    def text_changes(self, embed: Embed) -> TextChanges:
        return TextChanges(self.session, self.tenant_id, embed)

    @cached_property
    def embeddings(self) -> Embeddings:
        return Embeddings(self.session, self.tenant_id)

    @cached_property
    def jobs(self) -> Jobs:
        return Jobs(self.session, self.tenant_id)

    @cached_property
    def collections(self) -> Collections:
        return Collections(self.session, self.tenant_id)

    @cached_property
    def conversations(self) -> Conversations:
        return Conversations(self.session, self.tenant_id)

    @cached_property
    def adapters(self) -> AdapterVersions:
        return AdapterVersions(self.session, self.tenant_id)

    @cached_property
    def activations(self) -> Activations:
        return Activations(self.session, self.tenant_id)

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
    def answering(self) -> AnsweringSettings:
        return AnsweringSettings(self.session, self.tenant_id)

    @cached_property
    def datasets(self) -> Datasets:
        return Datasets(self.session, self.tenant_id)

    @cached_property
    def trainings(self) -> Trainings:
        return Trainings(self.session, self.tenant_id)
