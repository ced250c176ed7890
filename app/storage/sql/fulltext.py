"""Full-text search in the chunks of one tenant: every chunk with a term of the question, scored by BM25 or TF-IDF."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.storage.sql.dialects.lists import one_of
from app.storage.sql.postings import ENTRY, Entries
from app.storage.sql.tables import PostingsRow, PostingsTotalRow
from app.storage.sql.tables.chunks import BUCKET, BUCKET_BITS
from app.text.terms import query_terms

K1, B = 1.2, 0.75  # BM25 (Robertson et al., 1994): saturation of term counts, influence of the length

Scoring = Literal["bm25", "tfidf"]
Places = npt.NDArray[np.int64]
Found = dict[str, tuple[Places, Entries]]  # by term: positions in the buckets, and entries


@dataclass(frozen=True, slots=True)
class LexicalScores:
    """Scores of every chunk with a term of the question, from 0 to 1: the share of the highest possible score.

    If the tenant's text has only one common word of the question, all scores are low, even that of the first hit.
    """

    ids: npt.NDArray[np.int64]  # (n,) ascending
    scores: npt.NDArray[np.float32]  # (n,)

    def best(self, k: int, allowed: npt.NDArray[np.int64] | None = None) -> dict[int, float]:
        """The `k` best by chunk id, of those `allowed` (ascending) if given; equal scores in order of ids."""
        ids, scores = self.ids, self.scores
        if allowed is not None:
            keep = np.isin(ids, allowed, assume_unique=True)
            ids, scores = ids[keep], scores[keep]
        if len(ids) > k:
            least = np.partition(scores, len(scores) - k)[len(scores) - k]
            keep = scores >= least
            ids, scores = ids[keep], scores[keep]
        order = np.argsort(-scores, kind="stable")[:k]
        return {int(ids[i]): float(scores[i]) for i in order}

    def of(self, ids: Sequence[int]) -> dict[int, float]:
        """Scores of these chunks; 0 for those that have no term of the question."""
        if not len(self.ids):
            return dict.fromkeys(ids, 0.0)
        wanted = np.array(ids, np.int64)
        places = np.minimum(np.searchsorted(self.ids, wanted), len(self.ids) - 1)
        found = np.where(self.ids[places] == wanted, self.scores[places], 0.0)
        return {chunk: float(score) for chunk, score in zip(ids, found, strict=True)}


NO_SCORES = LexicalScores(np.empty(0, np.int64), np.empty(0, np.float32))
NO_ENTRIES = np.empty(0, np.int64), np.empty(0, ENTRY)


class FullText:
    """Searches the postings of one tenant."""

    def __init__(self, session: Session, tenant_id: str) -> None:
        self._session = session
        self._tenant_id = tenant_id

    def search(self, query: str, scoring: Scoring = "bm25", visible: Places | None = None) -> LexicalScores:
        """Every chunk with a term of `query`, scored by BM25 or by the cosine of TF-IDF weights.

        `visible`: ids (ascending) of the only chunks that are found and that count in the frequencies of terms. The
        mean length is always that of all the tenant's chunks.
        """
        terms = query_terms(query)
        totals = self._session.get(PostingsTotalRow, self._tenant_id)
        if not terms or totals is None or totals.chunks <= 0:
            return NO_SCORES
        slots, found = self._postings(terms)
        chunks = totals.chunks
        if visible is not None:
            chunks, found = len(visible), _only(visible, slots, found)
        if not found:
            return NO_SCORES
        sums = np.zeros(len(slots) * BUCKET, np.float32)
        maximum = 0.0
        for term in terms:
            places, entries = found.get(term, NO_ENTRIES)
            weight = math.log(1 + (chunks - len(entries) + 0.5) / (len(entries) + 0.5))
            if scoring == "tfidf":
                sums[places] += weight * weight * _log_tf(entries) / np.sqrt(entries["length"])
                maximum += weight * weight
            else:
                sums[places] += weight * _saturated(entries, totals.terms / totals.chunks)
                maximum += weight * (K1 + 1)
        hits = np.flatnonzero(sums)
        ids = (slots[hits >> BUCKET_BITS] << BUCKET_BITS) + (hits & (BUCKET - 1))
        return LexicalScores(ids, np.minimum(sums[hits] / maximum, 1.0))

    def _postings(self, terms: Sequence[str]) -> tuple[npt.NDArray[np.int64], Found]:
        """(buckets that have any of `terms`, ascending; by term, the positions in these buckets and the entries)."""
        query = select(PostingsRow.term, PostingsRow.bucket, PostingsRow.entries).where(
            PostingsRow.tenant_id == self._tenant_id, one_of(PostingsRow.term, terms)
        )
        rows = self._session.execute(query).all()
        slots = np.unique(np.array([row[1] for row in rows], np.int64))
        parts: dict[str, list[tuple[int, bytes]]] = {}
        for term, bucket, entries in rows:
            parts.setdefault(term, []).append((bucket, entries))
        return slots, {term: _joined(pieces, slots) for term, pieces in parts.items()}


def _joined(pieces: Sequence[tuple[int, bytes]], slots: npt.NDArray[np.int64]) -> tuple[Places, Entries]:
    """Join the rows (bucket, entries) of one term: (positions among the buckets `slots`, entries)."""
    buckets = np.array([bucket for bucket, _ in pieces], np.int64)
    sizes = [len(entries) // ENTRY.itemsize for _, entries in pieces]
    entries = np.frombuffer(b"".join(entries for _, entries in pieces), ENTRY)
    starts = np.repeat(np.searchsorted(slots, buckets) * BUCKET, sizes)
    return starts + entries["offset"], entries


def _only(visible: Places, slots: npt.NDArray[np.int64], found: Found) -> Found:
    """The entries of the chunks that are `visible`, without terms that none of them has."""
    kept = {}
    for term, (places, entries) in found.items():
        ids = (slots[places >> BUCKET_BITS] << BUCKET_BITS) + (places & (BUCKET - 1))
        keep = np.isin(ids, visible, assume_unique=True)
        if keep.any():
            kept[term] = places[keep], entries[keep]
    return kept


def _saturated(entries: Entries, mean_length: float) -> npt.NDArray[np.float32]:
    """The BM25 term frequency factor of one term in each chunk, from 0 to k1 + 1."""
    count = entries["count"].astype(np.float32)
    norm = K1 * (1 - B + B / mean_length * entries["length"].astype(np.float32))
    return np.asarray(count * (K1 + 1) / (count + norm), np.float32)


def _log_tf(entries: Entries) -> npt.NDArray[np.float32]:
    return np.asarray(1 + np.log(entries["count"].astype(np.float32)), np.float32)
