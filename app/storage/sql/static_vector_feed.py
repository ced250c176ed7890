"""The change log with vectors computed from the text of the passages, for an index whose vectors are not stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar

import numpy as np
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.storage.sql.change_log import ChangeLog, Ids, Vectors, of_chunks
from app.storage.sql.postings import indexed_text
from app.storage.sql.tables import ChunkRow

Embed = Callable[[Sequence[str]], Vectors]  # texts -> (n, dimension)


class StaticVectorFeed(ChangeLog):
    """A ChangeLog whose vectors are computed by `embed` from heading and text, for chunks of any embedding model."""

    VECTORS: ClassVar[Any] = (
        select(ChunkRow.id, ChunkRow.heading, ChunkRow.text)
        .where(ChunkRow.tenant_id == bindparam("tenant"), ChunkRow.enabled)
        .order_by(ChunkRow.id)
    )
    VECTORS_AT: ClassVar[Any] = of_chunks(VECTORS)

    def __init__(self, session: Session, tenant_id: str, embed: Embed) -> None:
        super().__init__(session, tenant_id)
        self._embed = embed

    def _stacked(self, rows: Iterable[Any]) -> tuple[Ids, Vectors]:
        texts = list(rows)
        ids = np.array([row[0] for row in texts], np.int64)
        return ids, self._embed([indexed_text(row[1], row[2]) for row in texts])
