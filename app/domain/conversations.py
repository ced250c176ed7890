"""Conversations, their turns and the feedback on them, and a tenant's chat settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Rating(StrEnum):
    UP = "up"  # a good answer
    DOWN = "down"  # a bad answer


@dataclass(frozen=True, slots=True)
class Conversation:
    id: str  # "conv_..."
    tenant_id: str
    title: str
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Turn:
    id: str  # "turn_..."; also the `id` of the chat answer
    conversation_id: str
    question: str
    answer: str
    result: dict[str, Any] = field(default_factory=dict)  # the whole chat answer as it was sent
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Feedback:
    id: str  # "fb_..."
    turn_id: str
    rating: Rating
    corrected_answer: str | None
    comment: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Answering:
    """How one tenant is answered."""

    preamble: str
    refusal_threshold: float | None  # None: the service's
    calibration: dict[str, Any]  # how the threshold did when it was fitted
    fingerprint: str  # of the embeddings it was fitted on; with others it does not count
    representation: str = "hybrid"  # what passages are found by
