"""Server-made identifiers: a prefix that names the kind, then random digits that nobody guesses."""

from __future__ import annotations

import secrets
import time


def new_id(prefix: str) -> str:
    return f"{prefix}_{secrets.token_hex(15)[:24]}"


def new_timed_id(prefix: str) -> str:
    """An id that sorts by the millisecond of its making: its place in a list is known after it is deleted, too."""
    return f"{prefix}{time.time_ns() // 1_000_000:012x}{secrets.token_hex(8)}"
