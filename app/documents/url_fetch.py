"""Fetch a document from a URL without access to the operator's own network (SSRF).

Each hop resolves its host once, every address of the host must be public, and the connection goes to the address that
was checked: a name that resolves differently the second time gains nothing. Redirects follow the same rules.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from app.errors import InvalidRequest

PORTS = {"http": 80, "https": 443}
REDIRECTS = {301, 302, 303, 307, 308}
MAX_REDIRECTS = 5
SOCKET_TIMEOUT_S = 10.0
PIECE_BYTES = 2**16
HEADERS = {"User-Agent": "loracle", "Accept": "*/*", "Accept-Encoding": "identity"}
Resolve = Callable[[str, int], list[str]]  # host, port -> addresses


@dataclass(frozen=True, slots=True)
class Outgoing:
    method: str
    body: bytes | None
    headers: Mapping[str, str]


GET = Outgoing("GET", None, HEADERS)


@dataclass(frozen=True, slots=True)
class Fetched:
    url: str  # after redirects
    filename: str
    pieces: Iterator[bytes]  # of the body; raises InvalidRequest
    declared_bytes: int = 0  # that its server says it has; 0: it does not say


def resolve_addresses(host: str, port: int) -> list[str]:
    """All addresses of a host, as the system resolves it. Raises OSError."""
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@contextmanager
def fetch(url: str, *, timeout_s: float, resolve: Resolve) -> Iterator[Fetched]:
    """The file at `url`, to be read inside the block.

    Raises InvalidRequest for a URL or address that is not allowed, and for a server that does not deliver within
    `timeout_s` seconds.
    """
    deadline = time.monotonic() + timeout_s
    for _ in range(MAX_REDIRECTS + 1):
        parts = checked_url(url)
        with _response(parts, public_address(parts, resolve), deadline) as response:
            location = response.getheader("Location")
            if response.status in REDIRECTS and location:
                url = urljoin(url, location)
                continue
            if response.status != http.client.OK:
                raise _refused(f"its server answered {response.status}", "url_unreachable")
            yield Fetched(url, _filename(parts), _pieces(response, deadline), response.length or 0)
            return
    raise _refused(f"it redirects more than {MAX_REDIRECTS} times", "url_unreachable")


def post(url: str, body: bytes, headers: Mapping[str, str], *, timeout_s: float, resolve: Resolve) -> int:
    """The status of the answer to a POST; redirects are not followed. Raises InvalidRequest as `fetch` does."""
    deadline = time.monotonic() + timeout_s
    parts = checked_url(url)
    with _response(parts, public_address(parts, resolve), deadline, Outgoing("POST", body, headers)) as response:
        return response.status


def _pieces(response: http.client.HTTPResponse, deadline: float) -> Iterator[bytes]:
    empty = True
    with _network_faults(deadline):
        while piece := response.read(PIECE_BYTES):
            empty = False
            yield piece
    if response.length or time.monotonic() >= deadline:
        raise _refused("its server broke off or took too long", "url_unreachable")
    if empty:
        raise InvalidRequest("The file at the URL is empty.", param="url", code="empty_document")


def checked_url(url: str) -> SplitResult:
    """Raises InvalidRequest unless it is a plain http or https URL on its usual port."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _refused("it is not a URL", "url_not_allowed") from None
    if parts.scheme not in PORTS or not parts.hostname:
        raise _refused("only http:// and https:// URLs are fetched", "url_not_allowed")
    if parts.username is not None or parts.password is not None:
        raise _refused("it carries a user name or password", "url_not_allowed")
    if port not in {None, PORTS[parts.scheme]}:
        raise _refused("only the ports 80 and 443 are fetched from", "url_not_allowed")
    if any(ord(char) <= 32 or ord(char) == 127 for char in url):
        raise _refused("it holds white space or control characters", "url_not_allowed")
    return parts


def is_public(address: str) -> bool:
    """True if an address is on the public internet, and so is any address that is wrapped in it."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        wrapped = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if ip in ipaddress.ip_network("64:ff9b::/96") or ip in ipaddress.ip_network("::/96"):
            wrapped.append(ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF))
        if any(inner is not None and not is_public(str(inner)) for inner in wrapped):
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def public_address(parts: SplitResult, resolve: Resolve) -> str:
    """The address to connect to. Raises InvalidRequest if any address of the host is not public."""
    host = parts.hostname or ""
    try:
        addresses = resolve(host, PORTS[parts.scheme])
    except (OSError, UnicodeError):
        addresses = []
    if not addresses:
        raise _refused(f"the host {host[:100]!r} is not known", "url_unreachable")
    if not all(is_public(address) for address in addresses):
        raise _refused("its host is not on the public internet", "url_not_allowed")
    return addresses[0]


@contextmanager
def _response(
    parts: SplitResult, address: str, deadline: float, outgoing: Outgoing = GET
) -> Iterator[http.client.HTTPResponse]:
    """The response over a connection to `address`, which is cut at `deadline`."""
    sockets: list[socket.socket] = []
    connection = _connection(parts, address, sockets)
    cut = threading.Timer(max(0.0, deadline - time.monotonic()), _shut_down, [sockets])
    cut.start()
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        with _network_faults(deadline):
            connection.request(outgoing.method, target, outgoing.body, dict(outgoing.headers))
            response = connection.getresponse()
        with response:
            yield response
    finally:
        cut.cancel()
        connection.close()


@contextmanager
def _network_faults(deadline: float) -> Iterator[None]:
    """Raise InvalidRequest for faults of the network and of the server."""
    try:
        yield
    except (OSError, http.client.HTTPException, ValueError):
        late = time.monotonic() >= deadline
        raise _refused(
            "its server took too long" if late else "its server could not be reached or broke off", "url_unreachable"
        ) from None


def _connection(parts: SplitResult, address: str, sockets: list[socket.socket]) -> http.client.HTTPConnection:
    """A connection whose socket goes to `address`, with Host and certificate of the URL's host.

    Appends the socket to `sockets`: once the response began, the connection no longer refers to it.
    """
    host, port = parts.hostname or "", PORTS[parts.scheme]
    connection = http.client.HTTPConnection(host, port, timeout=SOCKET_TIMEOUT_S)

    def connect(*_: object) -> socket.socket:
        connected = socket.create_connection((address, port), SOCKET_TIMEOUT_S)
        if parts.scheme == "https":
            connected = ssl.create_default_context().wrap_socket(connected, server_hostname=host)
        sockets.append(connected)
        return connected

    connection._create_connection = connect  # type: ignore[attr-defined]
    return connection


def _shut_down(sockets: list[socket.socket]) -> None:
    for one in sockets:
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)


def _filename(parts: SplitResult) -> str:
    name = unquote(parts.path.rstrip("/").rsplit("/", 1)[-1])
    return name or f"{parts.hostname}.html"


def _refused(why: str, code: str) -> InvalidRequest:
    return InvalidRequest(f"The URL cannot be fetched: {why}.", param="url", code=code)
