"""The key by which a tenant's links are signed: made at the first link, deleted with the tenant."""

from __future__ import annotations

import secrets

from sqlalchemy.orm import Session

from app.storage.sql.tables import LinkKeyRow

KEY_BYTES = 32


class LinkKeys:
    """The link key of one tenant."""

    def __init__(self, session: Session, tenant_id: str) -> None:
        self._session = session
        self._tenant_id = tenant_id

    def get(self) -> bytes | None:
        """None before the first link."""
        row = self._session.get(LinkKeyRow, self._tenant_id)
        return None if row is None else row.secret

    def get_or_create(self) -> bytes:
        found = self.get()
        if found is None:
            found = secrets.token_bytes(KEY_BYTES)
            self._session.add(LinkKeyRow(tenant_id=self._tenant_id, secret=found))
            self._session.flush()
        return found
