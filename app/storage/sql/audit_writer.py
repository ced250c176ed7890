"""Adds entries to the audit log, in the transaction of the change that they record."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.domain.audit import AuditAction, AuditOutcome
from app.storage.acting import current_actor
from app.storage.sql.tables import AuditRow

MOST_TEXT = {"target_id": 400, "user": 200, "address": 64}  # characters that the columns hold


def record_audit(
    session: Session,
    action: AuditAction,
    target_kind: str,
    target_id: str,
    *,
    tenant_id: str | None,
    outcome: AuditOutcome = AuditOutcome.DONE,
    count: int = 1,
    **details: Any,
) -> None:
    """Record that who acts in this context does `action`. `tenant_id`: whom it concerns; None: the whole service.

    `details` are values of JSON, without secrets and without text of documents.
    """
    actor = current_actor()
    session.add(
        AuditRow(
            tenant_id=tenant_id,
            action=action,
            outcome=outcome,
            count=count,
            target_kind=target_kind,
            target_id=_text("target_id", target_id),
            actor_kind=actor.kind,
            actor_tenant_id=actor.tenant_id,
            key_id=actor.key_id,
            token_id=actor.token_id,
            user=_text("user", actor.user),
            address=_text("address", actor.address),
            request_id=actor.request_id,
            details=details,
        )
    )


def _text(column: str, value: str) -> str:
    """What the column holds of a value that may come from a header: no NUL, no lone surrogate, no more than fits."""
    return value.replace("\x00", "").encode(errors="replace").decode()[: MOST_TEXT[column]]
