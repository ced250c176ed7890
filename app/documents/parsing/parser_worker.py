"""What runs in the parsing process: limits first, then one parser, then one answer."""

from __future__ import annotations

import ctypes
import os
import resource
import sys
from multiprocessing.connection import Connection
from pathlib import Path

from app.documents.parsing.document_builder import ParserLimits
from app.documents.parsing.formats import PARSERS, parse, parser_for
from app.documents.parsing.messages import PagesRead, ParserFailure, encode_message
from app.errors import DocumentFailure

MOST_FILES = 32
CLONE_NEWUSER, CLONE_NEWNET = 0x1000_0000, 0x4000_0000
MEGABYTE = 2**20


def preload() -> None:
    """Import every parser: run once in the fork server, so that each child has them."""
    for media_type in PARSERS:
        parser_for(media_type)


def run_child(answer: Connection, path: str, media_type: str, limits: ParserLimits) -> None:
    """Entry of the child process: messages about pages, then the result (app.documents.parsing.messages)."""
    _confine(limits)

    def report(done: int, pages: int, slow: bool) -> None:
        answer.send_bytes(encode_message(PagesRead(done, pages, recognised=slow)))

    try:
        payload = encode_message(parse(Path(path).read_bytes(), media_type, limits, report))
    except DocumentFailure as failure:
        payload = encode_message(ParserFailure(failure.code, failure.message))
    except MemoryError:
        message = f"Reading the file needs more than {limits.memory_mb} MB of memory; split it."
        payload = encode_message(ParserFailure("parser_memory", message))
    except RecursionError:
        payload = encode_message(ParserFailure("nested_too_deeply", "The file is nested too deeply to be read."))
    answer.send_bytes(payload)
    answer.close()
    os._exit(0)  # no clean-up of parser libraries, which may be in any state


def _confine(limits: ParserLimits) -> None:
    """Give up what a parser does not need. What a platform does not know is left out."""
    os.nice(limits.niceness)
    os.setsid()  # so that a program it starts (OCR) is killed with it
    devnull = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(devnull, stream)
    for name in [name for name in os.environ if name.startswith("LORACLE_") or "KEY" in name or "TOKEN" in name]:
        del os.environ[name]
    bounds = {
        "RLIMIT_AS": _address_space() + limits.memory_mb * MEGABYTE,
        "RLIMIT_CPU": int(limits.longest_s) + 1,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_NOFILE": MOST_FILES,
        "RLIMIT_CORE": 0,
    }
    for name, bound in bounds.items():
        kind = getattr(resource, name, None)
        if kind is not None:
            hard = resource.getrlimit(kind)[1]
            resource.setrlimit(kind, (bound if hard == resource.RLIM_INFINITY else min(bound, hard), hard))
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWUSER | CLONE_NEWNET)  # refused in some containers


def _address_space() -> int:
    """Bytes of address space in use now, so that the limit bounds what parsing adds."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[0]) * resource.getpagesize() if statm.is_file() else 0
