"""What an adapter may be called."""

from __future__ import annotations

import re

from pydantic import JsonValue

from app.domain.adapters import BASE_LABELS
from app.errors import InvalidRequest

NAME_PATTERN = "^[a-z0-9][a-z0-9._-]{0,63}$"
NAME = re.compile(NAME_PATTERN)
NAMED: dict[str, JsonValue] = {"pattern": NAME_PATTERN}  # what the schema of a field says of a name
NAMED_OF = "a-z, 0-9, '.', '_' and '-'."
RESERVED = BASE_LABELS | {"loracle", "loracle-base"}


def check_name(name: str) -> None:
    """Raises InvalidRequest if an adapter cannot have this name."""
    if not NAME.fullmatch(name) or name in RESERVED:
        raise InvalidRequest(
            "An adapter's name has 1 to 64 of a-z, 0-9, '.', '_', '-', starts with a letter or digit, and is none of "
            f"{', '.join(sorted(RESERVED))}.",
            param="name",
        )
