"""What one check of the diagnosis found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one check; `text` says what to do if it is not `ok`, or if it is a `warning`."""

    name: str
    text: str
    ok: bool
    warning: bool = False  # the service works, and somebody should see to it
