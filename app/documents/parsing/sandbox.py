"""Parse a file in a child process with bounded memory, time and files, without network."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Timer
from typing import TypeVar

from app.documents.parsing.document_builder import ParsedDocument, ParserLimits
from app.documents.parsing.parser_worker import (
    InvalidMessage,
    PagesRead,
    ParserFailure,
    Result,
    decode_message,
    run_child,
)
from app.errors import DocumentFailure

BYTES_PER_CHAR = 8  # at most, in the child's answer: JSON escapes and the block list
STALLED_S = 5.0  # beyond the most seconds that a file may take
OUT_OF_CPU, ABORTED = -signal.SIGXCPU, -signal.SIGABRT
OnPages = Callable[[int, int], None]
Answer = TypeVar("Answer")


def parse_sandboxed(
    path: Path, media_type: str, limits: ParserLimits, on_pages: OnPages = lambda _done, _all: None
) -> ParsedDocument:
    """Parse a file in a process of its own. Raises DocumentFailure with a reason a user can act on.

    Calls `on_pages(done, pages)` with the progress; an exception of it ends the parsing.
    """
    return run_sandboxed(
        run_child,
        (str(path), media_type, limits),
        limits,
        lambda receiver: _receive_result(receiver, limits, on_pages),
    )


def run_sandboxed(
    entry: Callable[..., None],
    arguments: tuple[object, ...],
    limits: ParserLimits,
    receive: Callable[[Connection], Answer | ParserFailure | None],
) -> Answer:
    """What `receive` reads from a process of its own that runs `entry(connection, *arguments)`.

    A small fork server has the parsers imported: a process starts fast and has nothing of the service's memory.
    `receive` returns None if the process died, and raises TimeoutError or InvalidMessage. Raises DocumentFailure.
    """
    context = _fork_server()
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=entry, args=(sender, *arguments), daemon=True)
    process.start()
    sender.close()
    late = False
    watchdog = Timer(limits.max_duration_s + STALLED_S, process.kill)  # it may stop in the middle of a message
    watchdog.daemon = True
    watchdog.start()
    try:
        result = receive(receiver)
    except TimeoutError:
        result, late = None, True
    except InvalidMessage as fault:
        raise _crashed() from fault
    finally:
        watchdog.cancel()
        receiver.close()
        _kill(process)
    if result is None:
        raise _died(process.exitcode, limits, late=late)
    if isinstance(result, ParserFailure):
        raise DocumentFailure(result.code, result.message)
    return result


def _receive_result(receiver: Connection, limits: ParserLimits, on_pages: OnPages) -> Result | None:
    """The last message of the child, or None if it died without one. Raises TimeoutError, InvalidMessage.

    The timeout is `timeout_s`, and `ocr_page_s` more for each page that needs OCR.
    """
    deadline = time.monotonic() + limits.timeout_s
    granted = 0
    while receiver.poll(max(0.0, deadline - time.monotonic())):
        try:
            data = receiver.recv_bytes(limits.max_chars * BYTES_PER_CHAR)
        except (EOFError, OSError):
            return None
        message = decode_message(data)
        if not isinstance(message, PagesRead):
            return message
        on_pages(message.done, message.pages)
        if message.recognised and granted < limits.ocr_pages:
            granted += 1
            deadline += limits.ocr_page_s
    raise TimeoutError


def _kill(process: BaseProcess) -> None:
    """Kill the process and its children."""
    if process.pid is not None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.join()


@cache
def _fork_server() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["app.documents.parsing.preload"])
    return context


def _died(exit_code: int | None, limits: ParserLimits, *, late: bool) -> DocumentFailure:
    if late or exit_code == OUT_OF_CPU:
        return DocumentFailure(
            "parser_timeout", f"Reading the file took longer than {limits.timeout_s:.0f} s; split it or simplify it."
        )
    if exit_code == ABORTED:  # native code aborts when it gets no memory
        return DocumentFailure(
            "parser_memory", f"Reading the file needs more than {limits.memory_mb} MB of memory; split it."
        )
    return _crashed()


def _crashed() -> DocumentFailure:
    return DocumentFailure(
        "parser_failed", "The file made its parser crash: it is damaged or malformed. Export it again and upload it."
    )
