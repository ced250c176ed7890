"""Faults that every generator reports in the same words."""

from __future__ import annotations

from pathlib import Path

from anyio.to_thread import run_sync

from app.errors import DeadlineExceeded, NotFound
from app.llm.base import AdapterRef


async def provide_adapter_folder(adapter: AdapterRef | None) -> None:
    """Bring the adapter's files to this machine. Raises NotFound if they are gone, Unavailable if out of reach."""
    if adapter is None:
        return
    if adapter.fetch is not None:
        await run_sync(adapter.fetch)
    if not Path(adapter.folder).is_dir():
        raise NotFound("No such adapter.", param="adapter")


def deadline_exceeded(timeout_s: float) -> DeadlineExceeded:
    """The error of an answer that is not done after `timeout_s` seconds."""
    return DeadlineExceeded(
        f"The answer did not finish within {timeout_s:.0f} s. Ask for fewer tokens, or try again when it is quieter."
    )
