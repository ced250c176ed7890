"""The address that a process listens on, taken before anything slow is done."""

from __future__ import annotations

import errno
import socket

from app.errors import InvalidRequest

BACKLOG = 2048
REASONS = {
    errno.EADDRINUSE: "another process listens there; stop it or choose another port",
    errno.EACCES: "this user may not open a port below 1024; choose a higher one",
    errno.EADDRNOTAVAIL: "this machine has no such address; 127.0.0.1 and 0.0.0.0 are always there",
}


def open_listener(host: str, port: int, settings: str = "LORACLE_HOST and LORACLE_PORT") -> socket.socket:
    """A socket that listens on the address; port 0 takes any that is free.

    Connections wait until they are accepted. `settings` names what chose the address. Raises InvalidRequest.
    """
    # asyncio turns Nagle's delay (40 ms an answer) off only where the protocol is named.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)  # at once: two processes may bind, one may listen
    except OSError as fault:
        listener.close()
        if isinstance(fault, socket.gaierror):
            reason = "the name is unknown; use an address of this machine"
        else:
            reason = REASONS.get(fault.errno or 0, fault.strerror or str(fault))
        raise InvalidRequest(f"{address_of(host, port)} cannot be opened ({settings}): {reason}.") from None
    return listener


def address_of(host: str, port: int) -> str:
    """host:port, as URLs have it."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
