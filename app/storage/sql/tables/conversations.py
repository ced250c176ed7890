"""Tables of conversations, their turns, feedback and chat settings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Text, false, select
from sqlalchemy.orm import Mapped, column_property, mapped_column

from app.domain.conversations import Judging, Rating, TurnStatus
from app.storage.sql.tables.base import Base, StateText, id_column, now, tenant_column, varchar


class TurnRow(Base):
    """One question of a conversation and its answer."""

    __tablename__ = "turns"

    id: Mapped[str] = id_column("turn")
    tenant_id: Mapped[str] = tenant_column()
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    result: Mapped[dict[str, Any]]
    parent_id: Mapped[str | None] = mapped_column(varchar(64))  # the turn before it; NULL: it is the first
    options: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    status: Mapped[TurnStatus] = mapped_column(
        StateText(TurnStatus), default=TurnStatus.COMPLETED, server_default=TurnStatus.COMPLETED
    )
    created_at: Mapped[datetime] = mapped_column(default=now)


class ConversationRow(Base):
    """A conversation of a tenant."""

    __tablename__ = "conversations"
    __table_args__ = (Index("ix_conversations_tenant_id_user", "tenant_id", "user"),)

    id: Mapped[str] = id_column("conv")
    tenant_id: Mapped[str] = tenant_column()
    title: Mapped[str] = mapped_column(varchar(200))
    labels: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")  # `metadata` of OpenAI's clients
    evaluation_id: Mapped[str | None] = mapped_column(varchar(64))  # that asks it; NULL: a user does
    user: Mapped[str | None] = mapped_column(varchar(200))  # end user it belongs to; NULL: none was named
    pinned: Mapped[bool] = mapped_column(default=False, server_default=false())
    archived: Mapped[bool] = mapped_column(default=False, server_default=false())
    current_turn_id: Mapped[str | None] = mapped_column(varchar(64))  # last of the branch that goes on
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)
    last_question: Mapped[str | None] = column_property(  # of that branch
        select(TurnRow.question).where(TurnRow.id == current_turn_id).scalar_subquery()
    )


class FeedbackRow(Base):
    """A rating of one answer."""

    __tablename__ = "feedback"

    id: Mapped[str] = id_column("fb")
    tenant_id: Mapped[str] = tenant_column()
    turn_id: Mapped[str] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), index=True)
    user: Mapped[str | None] = mapped_column(varchar(200))  # who rated; NULL: none was named
    rating: Mapped[Rating] = mapped_column(StateText(Rating, 8))
    corrected_answer: Mapped[str | None] = mapped_column(Text)
    comment: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(default=now)


class ChatSettingsRow(Base):
    """Chat settings of a tenant, and the refusal threshold that `loracle calibrate` fitted."""

    __tablename__ = "answering"

    tenant_id: Mapped[str] = mapped_column(ForeignKey("tenants.id", ondelete="CASCADE"), primary_key=True)
    preamble: Mapped[str] = mapped_column(Text, default="")
    refusal_threshold: Mapped[float | None]
    calibration: Mapped[dict[str, Any]] = mapped_column(default=dict)
    fingerprint: Mapped[str] = mapped_column(varchar(64), default="")  # of the embeddings it was fitted on
    representation: Mapped[str] = mapped_column(varchar(16), default="hybrid", server_default="hybrid")
    judging: Mapped[Judging] = mapped_column(varchar(8), default="model", server_default="model")
    answerable_threshold: Mapped[float | None]
    judged_by: Mapped[str] = mapped_column(varchar(128), default="", server_default="")
    questions: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")  # to propose
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
