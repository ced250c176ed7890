"""How values of JSON columns are written: as JSON that both databases read."""

from __future__ import annotations

import json
from typing import Any


def strict_json(value: Any) -> str:
    """JSON text. Raises ValueError for NaN and infinite numbers, which JSON does not have and PostgreSQL refuses."""
    return json.dumps(value, allow_nan=False)
