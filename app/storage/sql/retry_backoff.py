"""How long a failed job waits before its next attempt."""

from __future__ import annotations

import random

FIRST_BACKOFF_S = 5.0
LONGEST_BACKOFF_S = 600.0


def backoff_s(attempts: int) -> float:
    """Seconds until the next attempt after `attempts` of them: exponential, bounded, with jitter."""
    longest = min(FIRST_BACKOFF_S * 2 ** max(attempts - 1, 0), LONGEST_BACKOFF_S)
    return float(longest * random.uniform(0.5, 1.0))  # noqa: S311 - jitter, not a secret
