"""The audit log: who did what, when and from where. Entries are only ever added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.domain.actors import Actor, ActorKind


class AuditAction(StrEnum):
    TENANT_CREATED = "tenant.created"  # details: name
    TENANT_SUSPENDED = "tenant.suspended"  # nothing of it is answered or worked on any more
    TENANT_RESUMED = "tenant.resumed"  # it is active again
    TENANT_DELETED = "tenant.deleted"  # with everything it had; details: name
    LIMITS_CHANGED = "tenant.limits_changed"  # details: limits, as they are now
    KEY_CREATED = "key.created"  # details: label, scopes
    KEY_ROTATED = "key.rotated"  # the target ends; details: replaced_by, expires_at
    KEY_REVOKED = "key.revoked"  # with the tokens that it made
    TOKEN_CREATED = "token.created"  # noqa: S105 - details: user, scopes, groups, expires_at
    TOKEN_REVOKED = "token.revoked"  # noqa: S105 - also a person who signed out
    SIGNED_IN = "sign_in.accepted"  # a person, by OpenID Connect; the target is the token
    SIGN_IN_REFUSED = "sign_in.refused"  # details: reason; counted
    KEY_REFUSED = "authentication.refused"  # of a key or token; details: reason; counted
    ADAPTER_ADDED = "adapter.added"  # a version, uploaded or made here; details: origin
    ADAPTER_ACTIVATED = "adapter.activated"  # after a passed evaluation, or one that needs none
    ADAPTER_OVERRIDDEN = "adapter.overridden"  # activated without a passed evaluation; details: reason
    ADAPTER_DEACTIVATED = "adapter.deactivated"  # the base model answers
    ADAPTER_ROLLED_BACK = "adapter.rolled_back"  # the target is what answers now
    CANARY_STARTED = "adapter.canary_started"  # details: share
    CANARY_ENDED = "adapter.canary_ended"  # all requests are answered as before it
    ADAPTER_DELETED = "adapter.deleted"  # a version, with its files
    ADAPTER_EXPORTED = "adapter.exported"  # downloaded, or fetched by a server that generates
    DOCUMENT_ADDED = "document.added"  # or a new version of it; details: collection, filename, version
    DOCUMENT_CHANGED = "document.changed"  # details: changed (metadata, name, passage), never the values of metadata
    LINK_CREATED = "document.link_created"  # opens it without a key; details: what, expires_at
    DOCUMENT_DELETED = "document.deleted"  # details: collection, filename
    DOCUMENT_ACCESS_CHANGED = "document.access_changed"  # details: groups, before
    COLLECTION_CHANGED = "collection.changed"  # settings or access list; details: both, as they are now
    COLLECTION_DELETED = "collection.deleted"  # with a vector store
    CHAT_SETTINGS_CHANGED = "chat_settings.changed"  # details: which of them
    CONVERSATION_DELETED = "conversation.deleted"  # details: turn, if only that answer
    FEEDBACK_DELETED = "feedback.deleted"  # what a user thought of an answer
    DATASET_ADDED = "dataset.added"  # details: name, version, origin
    DATASET_DELETED = "dataset.deleted"  # details: likewise
    TRAINING_STARTED = "training.started"  # queued; details: name of the adapter, dataset
    TRAINING_CHANGED = "training.changed"  # details: name, to (paused, resumed, cancelled)
    TRAINING_DELETED = "training.deleted"  # not its adapter
    EVALUATION_STARTED = "evaluation.started"  # of a tenant's questions, or of an adapter; details: name
    EVALUATION_CANCELLED = "evaluation.cancelled"  # of an adapter
    EVALUATION_DELETED = "evaluation.deleted"  # with its results and conversations
    FILE_ADDED = "file.added"  # of OpenAI's clients; details: filename
    FILE_DELETED = "file.deleted"  # details: filename
    WEBHOOK_CREATED = "webhook.created"  # details: host, events
    WEBHOOK_CHANGED = "webhook.changed"  # details: host, events, enabled
    WEBHOOK_DELETED = "webhook.deleted"  # nothing is sent there any more
    QUEUE_PAUSED = "queue.paused"  # of one tenant, or of all
    QUEUE_RESUMED = "queue.resumed"  # of one tenant, or of all
    JOB_CANCELLED = "job.cancelled"  # by the operator; details: kind
    JOB_RETRIED = "job.retried"  # by the operator; details: kind
    BACKUP_MADE = "backup.made"  # details: files
    BACKUP_RESTORED = "backup.restored"  # details: made_at
    DATABASE_COPIED = "database.copied"  # into another one
    AUDIT_EXPORTED = "audit.exported"  # the entries up to then
    AUDIT_DELETED = "audit.deleted"  # entries older than LORACLE_AUDIT_DAYS; details: before


class AuditOutcome(StrEnum):
    DONE = "done"  # it is so since then
    REFUSED = "refused"  # nothing changed


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One thing that was done, or refused `count` times within a minute."""

    id: str  # "aud_..."
    created_at: datetime
    tenant_id: str | None  # whom it concerns; None: the whole service
    action: str  # an AuditAction, perhaps of a newer version
    outcome: AuditOutcome
    count: int
    target_kind: str  # "tenant", "key", "document", ...
    target_id: str
    actor: Actor
    details: Mapping[str, Any]  # neither secrets nor text of documents


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries; None leaves a condition out."""

    tenant_id: str | None = None
    action: str | None = None
    outcome: AuditOutcome | None = None
    actor_kind: ActorKind | None = None
    key_id: str | None = None
    user: str | None = None
    target_kind: str | None = None
    target_id: str | None = None
    since: datetime | None = None  # from this moment on
    until: datetime | None = None  # before this moment
