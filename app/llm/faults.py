"""Faults that every generator reports in the same words."""

from __future__ import annotations

from pathlib import Path

from app.errors import DeadlineExceeded, NotFound
from app.llm.base import AdapterRef


def check_adapter_folder(adapter: AdapterRef | None) -> None:
    """Raises NotFound if the files of the adapter are gone."""
    if adapter is not None and not Path(adapter.folder).is_dir():
        raise NotFound("No such adapter.", param="adapter")


def deadline_exceeded(timeout_s: float) -> DeadlineExceeded:
    """The error of an answer that is not done after `timeout_s` seconds."""
    return DeadlineExceeded(
        f"The answer did not finish within {timeout_s:.0f} s. Ask for fewer tokens, or try again when it is quieter."
    )
