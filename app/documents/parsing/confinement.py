"""What a parsing process gives up before it reads a file."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from app.documents.parsing.document_builder import ParserLimits
from app.documents.parsing.isolation import close_network
from app.errors import DocumentFailure

MAX_OPEN_FILES = 32
MEGABYTE = 2**20


def confine(limits: ParserLimits) -> None:
    """Give up priority, streams, secrets, memory, time, files and the network.

    Raises DocumentFailure if the network stays open though `limits` say that it must not.
    """
    os.nice(limits.niceness)
    os.setsid()  # so that a program it starts (OCR) is killed with it
    _lower_session(limits.niceness)
    devnull = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(devnull, stream)
    for name in [name for name in os.environ if name.startswith("LORACLE_") or "KEY" in name or "TOKEN" in name]:
        del os.environ[name]
    _bound(limits)
    if not close_network() and limits.isolation_required:
        raise DocumentFailure(
            "parser_isolation",
            "The service reads no file here, as it cannot take the network from the process that would read it; its "
            "operator sets LORACLE_PARSER_ISOLATION.",
        )


def _lower_session(niceness: int) -> None:
    """Where Linux shares the processor between sessions first, niceness counts within a session alone."""
    with suppress(OSError):
        Path("/proc/self/autogroup").write_text(str(niceness))


def _bound(limits: ParserLimits) -> None:
    """Bound what the process takes. macOS refuses RLIMIT_AS, so nothing bounds the memory there."""
    import resource  # there is none on Windows

    bounds = {
        "RLIMIT_AS": _address_space() + limits.memory_mb * MEGABYTE,
        "RLIMIT_CPU": int(limits.max_duration_s) + 1,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_NOFILE": MAX_OPEN_FILES,
        "RLIMIT_CORE": 0,
    }
    for name, bound in bounds.items():
        kind = getattr(resource, name, None)
        if kind is not None:
            hard = resource.getrlimit(kind)[1]
            try:
                resource.setrlimit(kind, (bound if hard == resource.RLIM_INFINITY else min(bound, hard), hard))
            except (ValueError, OSError):
                if sys.platform == "linux":
                    raise


def _address_space() -> int:
    """Bytes of address space in use now: the memory limit bounds what parsing adds to them."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE") if statm.is_file() else 0
