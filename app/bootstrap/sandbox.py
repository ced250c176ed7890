"""Whether the processes that read files are kept from the network: said at the start and by `loracle doctor`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import structlog

from app.documents.parsing.isolation import isolation_in_force
from app.errors import Unavailable
from app.settings import Settings

if TYPE_CHECKING:
    from app.operations.diagnosis.finding import Finding

NONE = (
    "Nothing keeps the processes that read files from the network: neither a filter of system calls (seccomp) nor a "
    "network namespace can be had here."
)
OVERRIDE = "Set LORACLE_PARSER_ISOLATION=best-effort to read files all the same."

log = structlog.get_logger(__name__)


def check_sandbox(settings: Settings) -> None:
    """Log what keeps parsers from the network. Raises Unavailable if nothing does and the settings ask for it."""
    ways = isolation_in_force()
    if ways:
        log.info("parser_isolation", ways=list(ways))
    elif settings.parser_isolation == "required":
        raise Unavailable(f"{NONE} {OVERRIDE}")
    else:
        log.warning("no_parser_isolation", message=NONE)


def diagnose_sandbox(settings: Settings) -> Iterator[Finding]:
    """What keeps parsers from the network."""
    from app.operations.diagnosis.finding import Finding

    ways = isolation_in_force()
    needed = settings.parser_isolation == "required"
    text = f"parsers have no network: {' and '.join(ways)}" if ways else f"{NONE}{f' {OVERRIDE}' if needed else ''}"
    yield Finding("parser isolation", text, bool(ways) or not needed)
