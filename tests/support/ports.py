"""Ports for servers that a test starts, and may stop and start again."""

from __future__ import annotations

import random
import socket
from contextlib import suppress

PORTS = range(15_000, 32_000)  # below those that the system gives to clients, who could take one while its server rests


def free_port() -> int:
    """A port of the loopback interface on which nothing listens."""
    while True:
        port = random.choice(PORTS)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
