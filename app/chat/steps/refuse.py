"""The decision to refuse: a calibrated threshold on the confidence of the retrieval."""

from __future__ import annotations

from dataclasses import dataclass

from app.search.retriever import Retrieval

THRESHOLD = 0.32
DOUBT = 0.08  # this far above the threshold an answer is shown only once a passage supports it


@dataclass(frozen=True, slots=True)
class Verdict:
    reason: str | None  # why not to answer
    doubtful: bool = False  # answer, but let the answer's own support decide


@dataclass(frozen=True, slots=True)
class RefusalPolicy:
    """Where a tenant's index draws the line; fitted by `loracle calibrate`, else the service's setting."""

    threshold: float = THRESHOLD
    doubt: float = DOUBT

    def verdict(self, retrieval: Retrieval) -> Verdict:
        if not retrieval.passages:
            return Verdict("no_documents")
        if retrieval.confidence < self.threshold:
            return Verdict("nothing_relevant")
        return Verdict(None, doubtful=retrieval.confidence < self.threshold + self.doubt)
