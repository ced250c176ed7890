"""Streamed answers at work, as the processes of one service tell each other about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class LiveAnswer:
    """An answer at work in one process, and what readers at other processes ask of it."""

    turn_id: str
    process_id: str  # where it is generated
    stop_requested: bool
    read_at: datetime | None  # by a reader at another process, last
