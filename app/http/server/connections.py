"""The open connections of one server: how many there may be, and which give way to new ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Protocol

from app.http.server.parsing_turns import ParsingTurns

Network = IPv4Network | IPv6Network
EVERYWHERE = ("0.0.0.0/0", "::/0")


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """How many connections there may be, and how long (seconds) a client may keep one waiting."""

    most: int
    most_per_address: int  # 0: as many as there may be at all
    proxies: tuple[Network, ...]  # connections from there are of many clients: the limit for an address leaves them out
    header_s: float  # for the whole head of a request to come
    idle_s: float  # between an answer and the next request
    write_s: float  # for a client to take what is ready for it


class Connection(Protocol):
    """One connection as `Connections` sees it."""

    @property
    def address(self) -> str | None:
        """Of the peer; None: a Unix socket."""

    def end(self) -> None:
        """Close it. Only called while it waits for a request."""


class Connections:
    """Admits connections, and closes those that wait for a request when there is no room for a new one.

    Those that never had a request go first, the oldest before the others: a flood of silent connections pushes out
    itself, and a health check that comes with its request is answered. Used by the event loop's thread alone.
    """

    def __init__(self, limits: ConnectionLimits) -> None:
        self.limits = limits
        self.turns = ParsingTurns()
        self._new: dict[Connection, None] = {}  # waiting for their first request; dicts keep the order
        self._idle: dict[Connection, None] = {}  # waiting for a further one, the longest idle first
        self._busy: set[Connection] = set()
        self._of_address: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._new) + len(self._idle) + len(self._busy)

    def admit(self, connection: Connection) -> bool:
        """Count a new connection. False, and it is not counted, if there is no room for it."""
        address = self._counted(connection)
        if address is not None and self._of_address[address] >= self.limits.most_per_address:
            return False
        if len(self) >= self.limits.most and not self.make_room():
            return False
        if address is not None:
            self._of_address[address] += 1
        self._new[connection] = None
        return True

    def make_room(self) -> bool:
        """Close the connection that has waited longest for a request. False if all are at work."""
        waiting = self._new or self._idle
        if not waiting:
            return False
        oldest = next(iter(waiting))
        self.forget(oldest)
        oldest.end()
        return True

    def start_request(self, connection: Connection) -> None:
        for waiting in (self._new, self._idle):
            if connection in waiting:
                del waiting[connection]
                self._busy.add(connection)

    def end_request(self, connection: Connection) -> None:
        if connection in self._busy:
            self._busy.remove(connection)
            self._idle[connection] = None

    def forget(self, connection: Connection) -> None:
        """It is closed. Without effect for one that was not admitted, or is forgotten already."""
        known = connection in self._busy or connection in self._new or connection in self._idle
        self._busy.discard(connection)
        self._new.pop(connection, None)
        self._idle.pop(connection, None)
        address = self._counted(connection)
        if known and address is not None:
            self._of_address[address] -= 1
            if not self._of_address[address]:
                del self._of_address[address]

    def _counted(self, connection: Connection) -> str | None:
        """The address whose connections are counted; None if those of the peer are not."""
        address = connection.address
        if address is None or not self.limits.most_per_address or self._is_proxy(address):
            return None
        return address

    def _is_proxy(self, address: str) -> bool:
        parsed = ip_address(address.partition("%")[0])
        plain = getattr(parsed, "ipv4_mapped", None) or parsed
        return any(plain in network for network in self.limits.proxies)


def networks(texts: Sequence[str]) -> tuple[Network, ...]:
    """Addresses and networks (10.0.0.0/8) from their text; `*` is all. Raises ValueError."""
    each = [part for text in texts for part in (EVERYWHERE if text == "*" else (text,))]
    return tuple(ip_network(part) for part in each)
