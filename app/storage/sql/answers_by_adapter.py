"""What each adapter version answered, counted over the saved turns of a tenant's users."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Float, Select, case, cast, func, select
from sqlalchemy.orm import Session

from app.domain.adapters import AdapterAnswers, AdapterLabel
from app.domain.conversations import Rating
from app.storage.sql.tables import ConversationRow, FeedbackRow, TurnRow

NAME = TurnRow.result["adapter"]["name"].as_string().label("adapter_name")
VERSION = TurnRow.result["adapter"]["version"].as_string().label("adapter_version")


def answers_by_adapter(session: Session, tenant_id: str, since: datetime) -> list[AdapterAnswers]:
    """Figures for each version that answered since then, and for the base model, the most answers first.

    Answers to the questions of evaluations do not count.
    """
    refused = case((TurnRow.result["refused"].as_boolean(), 1), else_=0)
    seconds = cast(TurnRow.result["timings"]["total_s"].as_float(), Float)
    figures = _turns(tenant_id, since, func.count(), func.sum(refused), func.avg(seconds))
    ratings = _turns(
        tenant_id,
        since,
        func.sum(case((FeedbackRow.rating == Rating.UP, 1), else_=0)),
        func.sum(case((FeedbackRow.rating == Rating.DOWN, 1), else_=0)),
    ).join(FeedbackRow, FeedbackRow.turn_id == TurnRow.id)
    rated = {(name, version): (up, down) for name, version, up, down in session.execute(ratings)}
    found = []
    for name, version, answers, refusals, mean_s in session.execute(figures):
        label = None if name is None else str(AdapterLabel(name, version))
        up, down = rated.get((name, version), (0, 0))
        found.append(AdapterAnswers(label, answers, refusals, mean_s, up, down))
    return sorted(found, key=lambda one: -one.answers)


def _turns(tenant_id: str, since: datetime, *figures: Any) -> Select[Any]:
    """Figures of the turns since then, grouped by adapter version."""
    return (
        select(NAME, VERSION, *figures)
        .select_from(TurnRow)
        .join(ConversationRow, ConversationRow.id == TurnRow.conversation_id)
        .where(TurnRow.tenant_id == tenant_id, TurnRow.created_at >= since, ConversationRow.evaluation_id.is_(None))
        .group_by(NAME.name, VERSION.name)  # by their names: PostgreSQL takes no two parameters for equal
    )
