"""Which connections there may be at once, and which give way."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest
import structlog

from app.http.server.accept_faults import OUT_OF_DESCRIPTORS, ROOM, AcceptFaults
from app.http.server.connections import ConnectionLimits, Connections, networks
from app.http.server.descriptors import connections_within

LIMITS = ConnectionLimits(most=3, most_per_address=0, proxies=(), header_s=1, idle_s=1, write_s=1)


class Peer:
    def __init__(self, address: str | None = "192.0.2.1") -> None:
        self.address = address
        self.is_ended = False

    def end(self) -> None:
        self.is_ended = True


def admitted(connections: Connections, count: int, address: str | None = "192.0.2.1") -> Sequence[Peer]:
    peers = [Peer(address) for _ in range(count)]
    for peer in peers:
        assert connections.admit(peer)
    return peers


def test_silent_connection_that_is_oldest_gives_way() -> None:
    connections = Connections(LIMITS)
    first, second, third, fourth = admitted(connections, 4)
    assert [peer.is_ended for peer in (first, second, third, fourth)] == [True, False, False, False]
    assert len(connections) == 3


def test_established_client_stays_while_there_are_silent_ones() -> None:
    connections = Connections(LIMITS)
    established, silent, _ = admitted(connections, 3)
    connections.start_request(established)
    connections.end_request(established)
    admitted(connections, 2)
    assert (established.is_ended, silent.is_ended) == (False, True)


def test_longest_idle_client_gives_way_when_none_is_silent() -> None:
    connections = Connections(LIMITS)
    peers = admitted(connections, 3)
    for peer in (peers[1], peers[0], peers[2]):
        connections.start_request(peer)
        connections.end_request(peer)
    admitted(connections, 1)
    assert [peer.is_ended for peer in peers] == [False, True, False]


def test_connection_at_work_is_never_closed() -> None:
    connections = Connections(LIMITS)
    peers = admitted(connections, 3)
    for peer in peers:
        connections.start_request(peer)
    assert not connections.admit(Peer())
    assert not any(peer.is_ended for peer in peers)
    connections.forget(peers[0])
    admitted(connections, 1)


def test_address_has_a_limit_of_its_own() -> None:
    connections = Connections(replace(LIMITS, most=10, most_per_address=2))
    first, _ = admitted(connections, 2)
    assert not connections.admit(Peer())
    admitted(connections, 2, "192.0.2.2")
    connections.forget(first)
    connections.forget(first)
    admitted(connections, 1)
    assert not connections.admit(Peer())


@pytest.mark.parametrize("address", ["192.0.2.1", "::ffff:192.0.2.9", "2001:db8::1", "fe80::1%eth0", None])
def test_proxy_and_unix_socket_have_no_limit_for_an_address(address: str | None) -> None:
    proxies = networks(["192.0.2.0/24", "2001:db8::1", "fe80::1"])
    connections = Connections(replace(LIMITS, most=10, most_per_address=2, proxies=proxies))
    admitted(connections, 5, address)


def test_star_names_every_address() -> None:
    connections = Connections(replace(LIMITS, most=10, most_per_address=1, proxies=networks(["*"])))
    admitted(connections, 3)
    admitted(connections, 3, "2001:db8::1")


def test_counts_go_back_to_nothing() -> None:
    connections = Connections(replace(LIMITS, most=10, most_per_address=2))
    for peer in admitted(connections, 2):
        connections.start_request(peer)
        connections.forget(peer)
    assert (len(connections), dict(connections._of_address)) == (0, {})


@pytest.mark.parametrize(
    ("descriptors", "most"), [(1024, 768), (256, 192), (100, 36), (20, 1), (65_536, 2000), (None, 2000), (-1, 2000)]
)
def test_descriptors_are_kept_for_other_things(descriptors: int | None, most: int) -> None:
    assert connections_within(descriptors, 2000) == most


async def test_want_of_descriptors_is_logged_once_and_makes_room_once_a_second() -> None:
    closed: list[bool] = []
    handler, loop = AcceptFaults(lambda: not closed.append(True)), asyncio.get_running_loop()
    with structlog.testing.capture_logs() as logs:
        for _ in range(2000):
            handler(loop, {"message": OUT_OF_DESCRIPTORS})
    assert [line["event"] for line in logs] == ["out_of_file_descriptors"]
    assert len(closed) == ROOM


async def test_other_faults_of_the_loop_are_told_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    loop, told = asyncio.get_running_loop(), []
    monkeypatch.setattr(loop, "default_exception_handler", told.append)
    AcceptFaults(lambda: False)(loop, {"message": "another"})
    assert told == [{"message": "another"}]
