"""How many files and connections the operating system lets this process have open."""

from __future__ import annotations

import sys

MOST_USED = 65_536  # macOS names no limit, and then refuses that
RESERVED_SHARE = 4  # a fourth is for files, the database, and the requests' own connections to others
RESERVED_LEAST = 64


def raise_descriptor_limit() -> int | None:
    """Raise the soft limit on open files to the hard one, as far as it goes. Returns it; None on Windows."""
    if sys.platform == "win32":
        return None
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_USED if hard == resource.RLIM_INFINITY else min(hard, MOST_USED)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return soft
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    except (OSError, ValueError):  # a sandbox may forbid it
        return soft
    return wanted


def connections_within(descriptors: int | None, wanted: int) -> int:
    """How many connections there may be, so that files can still be opened: `wanted` if that is fewer."""
    if descriptors is None or descriptors < 0:  # no limit
        return wanted
    return max(1, min(wanted, descriptors - max(RESERVED_LEAST, descriptors // RESERVED_SHARE)))
