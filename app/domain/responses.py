"""Responses of OpenAI's clients: turns of conversations, with what the client asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.domain.conversations import Turn


@dataclass(frozen=True, slots=True)
class SavedResponse:
    """A response that can be retrieved, and gone on from, as long as its turn is there."""

    id: str  # "resp_..."
    turn: Turn
    envelope: dict[str, Any]  # what it repeats of its request
