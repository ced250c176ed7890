"""Values that can be had once, for a short time, by whichever process comes first."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.storage.sql.dialects.upsert import insert_into
from app.storage.sql.tables import OneTimeValueRow


class OneTimeValues:
    """Keeps values under names, of which the database has only the hash."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def claim(self, name: str, content: bytes, *, now: datetime, ends_at: datetime) -> bool:
        """Keep the value under this name until `ends_at`; False, and nothing is kept, if the name is taken."""
        self._drop_old(now)
        new = insert_into(self._session, OneTimeValueRow.__table__)
        kept = new.values(name_hash=_hashed(name), content=content, ends_at=ends_at).on_conflict_do_nothing()
        return self._session.scalar(kept.returning(OneTimeValueRow.name_hash)) is not None

    def take(self, name: str, *, now: datetime) -> bytes | None:
        """The value, which is then gone; None if there is none."""
        self._drop_old(now)
        row = OneTimeValueRow.name_hash == _hashed(name)
        return self._session.scalar(delete(OneTimeValueRow).where(row).returning(OneTimeValueRow.content))

    def _drop_old(self, now: datetime) -> None:
        self._session.execute(delete(OneTimeValueRow).where(OneTimeValueRow.ends_at <= now))


def _hashed(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
