"""Postings: which chunks of a tenant have a term, updated in the transaction that writes or deletes the chunks.

A row holds, for one term and one bucket of chunk ids, every chunk that has the term. Chunk ids only grow, so a new
document appends to the last bucket of its terms, and rows are never merged. Counts and lengths are those of one tenant:
the uploads of another tenant never change a score.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from struct import Struct

import numpy as np
import numpy.typing as npt
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.storage.sql.dialects.lists import one_of
from app.storage.sql.dialects.postings_rows import append_entries, replace_entries
from app.storage.sql.dialects.upsert import insert_into
from app.storage.sql.tables import ChunkRow, PostingsRow, PostingsTotalRow
from app.storage.sql.tables.chunks import BUCKET, BUCKET_BITS
from app.text.terms import document_terms

ENTRY = np.dtype([("offset", "<u2"), ("count", "u1"), ("length", "<u2")])  # 5 bytes; length in terms
PACK = Struct("<HBH").pack  # one entry
MAX_COUNT, MAX_LENGTH = 0xFF, 0xFFFF
TERMS_AT_ONCE = 500
TABLE, TOTALS = PostingsRow.__table__, PostingsTotalRow.__table__

Entries = npt.NDArray[np.void]  # of dtype ENTRY


class Postings:
    """Writes the postings of one tenant."""

    def __init__(self, session: Session, tenant_id: str) -> None:
        self._session = session
        self._tenant_id = tenant_id

    def add(self, first: int, texts: Sequence[str]) -> None:
        """Index the chunks first, first + 1, ... with these texts; none of them is indexed yet."""
        packed, terms = _packed_entries(first, texts)
        append_entries(self._session, self._tenant_id, packed)
        self._count(len(texts), terms)

    def remove(self, first: int, last: int) -> None:
        """Remove the chunks first..last, inclusive. Their rows must still exist: the terms are read from their text.

        Disabled ones were removed before.
        """
        mine = ChunkRow.tenant_id == self._tenant_id, ChunkRow.id.between(first, last), ChunkRow.enabled
        rows = self._session.execute(select(ChunkRow.id, ChunkRow.heading, ChunkRow.text).where(*mine)).all()
        gone = np.array([row.id for row in rows], np.int64)
        length = 0
        named: dict[int, set[str]] = {}  # bucket -> terms
        for row in rows:
            terms = list(document_terms(indexed_text(row.heading, row.text)))
            length += min(len(terms), MAX_LENGTH)
            named.setdefault(row.id >> BUCKET_BITS, set()).update(terms)
        for bucket, terms_of in named.items():
            ordered = sorted(terms_of)
            for start in range(0, len(ordered), TERMS_AT_ONCE):
                self._remove_entries(bucket, ordered[start : start + TERMS_AT_ONCE], gone - bucket * BUCKET)
        self._count(-len(rows), -length)

    def _remove_entries(self, bucket: int, terms: Sequence[str], offsets: npt.NDArray[np.int64]) -> None:
        """Remove the chunks at `offsets` from the rows of these terms."""
        mine = TABLE.c.tenant_id == self._tenant_id, TABLE.c.bucket == bucket
        query = select(TABLE.c.term, TABLE.c.entries).where(*mine, one_of(TABLE.c.term, terms))
        changed, emptied = {}, []
        for term, data in self._session.execute(query).all():
            entries = np.frombuffer(data, ENTRY)
            left = entries[~np.isin(entries["offset"], offsets)]
            if len(left):
                changed[term] = left.tobytes()
            else:
                emptied.append(term)
        replace_entries(self._session, self._tenant_id, bucket, changed)
        if emptied:
            self._session.execute(delete(TABLE).where(*mine, one_of(TABLE.c.term, emptied)))  # type: ignore[arg-type]

    def _count(self, chunks: int, terms: int) -> None:
        if chunks == 0:
            return
        new = insert_into(self._session, TOTALS).values(tenant_id=self._tenant_id, chunks=chunks, terms=terms)
        more = {name: TOTALS.c[name] + new.excluded[name] for name in ("chunks", "terms")}
        self._session.execute(new.on_conflict_do_update(index_elements=["tenant_id"], set_=more))


def indexed_text(heading: str, text: str) -> str:
    """The text of a chunk that is indexed: its heading and its text."""
    return f"{heading}\n{text}" if heading else text


def _packed_entries(first: int, texts: Sequence[str]) -> tuple[Mapping[tuple[str, int], bytearray], int]:
    """(packed entries in order of ids, by term and bucket; sum of the chunks' lengths in terms)."""
    found: dict[tuple[str, int], bytearray] = {}
    total = 0
    for chunk, text in enumerate(texts, first):
        counts = Counter(document_terms(text))
        length = min(sum(counts.values()), MAX_LENGTH)
        total += length
        offset, bucket = chunk & (BUCKET - 1), chunk >> BUCKET_BITS
        for term, count in counts.items():
            entry = PACK(offset, min(count, MAX_COUNT), length)
            entries = found.get((term, bucket))
            if entries is None:
                found[term, bucket] = bytearray(entry)
            else:
                entries += entry
    return found, total
