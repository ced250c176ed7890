"""Parsing in a child process that may be killed: bounded memory, time and files, no network."""

from __future__ import annotations

import multiprocessing
import threading
from dataclasses import dataclass
from functools import cache
from multiprocessing.context import ForkServerContext
from pathlib import Path

from app.errors import DocumentFailure
from app.ingestion.child import decode_result, run_child
from app.ingestion.parsed import ParsedDocument

BYTES_PER_CHAR = 8  # at most, in the child's answer: JSON escapes and the block list
KILLED_FOR_CPU = -24  # SIGXCPU


@dataclass(frozen=True, slots=True)
class ParserLimits:
    memory_mb: int = 512
    timeout_s: float = 20.0
    max_pages: int = 2000
    max_chars: int = 20_000_000


def parse_sandboxed(path: Path, media_type: str, limits: ParserLimits) -> ParsedDocument:
    """Parse a file in a process of its own. Raises DocumentFailure with a reason a user can act on.

    The process is forked from a small server that has the parsers imported, so that starting it is cheap and
    nothing of the service's memory is in it.
    """
    context = _fork_server()
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=run_child, args=(sender, str(path), media_type, limits), daemon=True)
    late = threading.Event()

    def kill() -> None:
        late.set()
        process.kill()

    process.start()
    sender.close()
    timer = threading.Timer(limits.timeout_s, kill)
    timer.start()
    try:
        answer = receiver.recv_bytes(limits.max_chars * BYTES_PER_CHAR)
    except (EOFError, OSError):
        answer = None
    finally:
        timer.cancel()
        receiver.close()
        process.kill()
        process.join()
    if answer is None:
        raise _died(process.exitcode, limits, late=late.is_set())
    return decode_result(answer)


@cache
def _fork_server() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["app.ingestion.preload"])
    return context


def _died(exit_code: int | None, limits: ParserLimits, *, late: bool) -> DocumentFailure:
    if late or exit_code == KILLED_FOR_CPU:
        return DocumentFailure(
            "parser_timeout", f"Reading the file took longer than {limits.timeout_s:.0f} s; split it or simplify it."
        )
    return DocumentFailure(
        "parser_failed", "The file made its parser crash: it is damaged or malformed. Export it again and upload it."
    )
