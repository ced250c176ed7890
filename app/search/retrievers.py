"""Which dense leg answers a tenant: by the embedding model it is searched by, or by word vectors."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Literal

from app.errors import InvalidRequest
from app.search.dense_retriever import DenseLeg
from app.storage.sql.repositories.embeddings import EmbeddingModels
from app.storage.sqlite.database import Database

Space = Literal["embeddings", "word_vectors"]
FORGET_EVERY_S = 60.0


class DenseLegs:
    """Thread-safe."""

    def __init__(
        self,
        db: Database,
        current: DenseLeg,
        former: Mapping[str, DenseLeg] | None = None,
        words: DenseLeg | None = None,
    ) -> None:
        """`former`, by fingerprint: of embedding models that tenants are searched by until the current one is ready.

        `words`: over static word vectors, if the service has any.
        """
        self._db = db
        self._current = current
        self._former = dict(former or {})
        self._words = words
        self._looked_at = time.monotonic()

    def of(self, tenant_id: str, space: Space) -> DenseLeg:
        """Raises InvalidRequest for word vectors if the service has none."""
        if space == "word_vectors":
            return self.words()
        if not self._former:
            return self._current
        with self._db.read_tenant(tenant_id) as store:
            fingerprint = store.embeddings.fingerprint()
        self._forget()
        return self._former.get(fingerprint or "", self._current)

    def words(self) -> DenseLeg:
        """Raises InvalidRequest if there are none."""
        if self._words is None:
            raise InvalidRequest(
                "This service has no word vectors: its embedding model holds none that can be read. Its operator can "
                "name some in LORACLE_WORD_VECTORS.",
                code="no_word_vectors",
            )
        return self._words

    def opened(self) -> list[DenseLeg]:
        words = [] if self._words is None else [self._words]
        return [self._current, *self._former.values(), *words]

    def _forget(self) -> None:
        """Let go of models that no tenant is searched by any more."""
        if time.monotonic() - self._looked_at < FORGET_EVERY_S:
            return
        self._looked_at = time.monotonic()
        with self._db.read() as session:
            in_use = EmbeddingModels(session).in_use()
        self._former = {name: leg for name, leg in self._former.items() if name in in_use}
