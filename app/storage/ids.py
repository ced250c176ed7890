"""Server-made identifiers: a prefix that names the kind, then 120 random bits."""

from __future__ import annotations

import secrets


def new_id(prefix: str) -> str:
    return f"{prefix}_{secrets.token_hex(15)[:24]}"
