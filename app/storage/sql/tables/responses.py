"""Table of the responses of OpenAI's clients."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.sql.tables.base import Base, now, tenant_column, varchar


class ResponseRow(Base):
    """A response: a turn, and what it repeats of its request. It goes with its turn."""

    __tablename__ = "responses"

    id: Mapped[str] = mapped_column(varchar(64), primary_key=True)
    tenant_id: Mapped[str] = tenant_column()
    turn_id: Mapped[str] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), index=True)
    envelope: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(default=now)
