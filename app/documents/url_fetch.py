"""Fetching a document from a URL without becoming a way into the operator's network (SSRF).

The host is resolved once per hop, every address it has must be public, and the connection goes to the address that was
checked: a name that resolves differently the second time gains nothing. Redirects are followed by the same rules.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from app.errors import InvalidRequest

PORTS = {"http": 80, "https": 443}
REDIRECTS = {301, 302, 303, 307, 308}
MOST_REDIRECTS = 5
SILENCE_S = 10.0
PIECE = 2**16
HEADERS = {"User-Agent": "loracle", "Accept": "*/*", "Accept-Encoding": "identity"}
Resolve = Callable[[str, int], list[str]]  # host, port -> addresses


@dataclass(frozen=True, slots=True)
class Fetched:
    url: str  # where the redirects ended
    filename: str


def resolve_addresses(host: str, port: int) -> list[str]:
    """All addresses of a host, as the system resolves it. Raises OSError."""
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def fetch(url: str, write: Callable[[bytes], None], *, timeout_s: float, resolve: Resolve) -> Fetched:
    """Pass the body at `url` to `write` piece by piece, which may raise to stop.

    Raises InvalidRequest for a URL or address that is not allowed, and for a server that does not deliver within
    `timeout_s` seconds.
    """
    deadline = time.monotonic() + timeout_s
    for _ in range(MOST_REDIRECTS + 1):
        parts = checked_url(url)
        address = _public_address(parts, resolve)
        with _response(parts, address, deadline) as response:
            location = response.getheader("Location")
            if response.status in REDIRECTS and location:
                url = urljoin(url, location)
                continue
            if response.status != http.client.OK:
                raise _refused(f"its server answered {response.status}", "url_unreachable")
            while piece := response.read(PIECE):
                write(piece)
            if response.length or time.monotonic() >= deadline:
                raise _refused("its server broke off or took too long", "url_unreachable")
            return Fetched(url, _filename(parts))
    raise _refused(f"it redirects more than {MOST_REDIRECTS} times", "url_unreachable")


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


def _public_address(parts: SplitResult, resolve: Resolve) -> str:
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
def _response(parts: SplitResult, address: str, deadline: float) -> Iterator[http.client.HTTPResponse]:
    """The answer to a GET, over a connection to `address` that is cut at `deadline`."""
    dialled: list[socket.socket] = []
    connection = _connection(parts, address, dialled)
    cut = threading.Timer(max(0.0, deadline - time.monotonic()), _cut, [dialled])
    cut.start()
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("GET", target, headers=HEADERS)
        with connection.getresponse() as response:
            yield response
    except (OSError, http.client.HTTPException, ValueError):
        late = time.monotonic() >= deadline
        raise _refused(
            "its server took too long" if late else "its server could not be reached or broke off", "url_unreachable"
        ) from None
    finally:
        cut.cancel()
        connection.close()


def _connection(parts: SplitResult, address: str, dialled: list[socket.socket]) -> http.client.HTTPConnection:
    """A connection whose socket goes to `address`, while Host and the certificate are the URL's host's.

    The socket is put into `dialled`: once the answer began, the connection may have let go of it.
    """
    host, port = parts.hostname or "", PORTS[parts.scheme]
    connection = http.client.HTTPConnection(host, port, timeout=SILENCE_S)

    def dial(*_: object) -> socket.socket:
        made = socket.create_connection((address, port), SILENCE_S)
        if parts.scheme == "https":
            made = ssl.create_default_context().wrap_socket(made, server_hostname=host)
        dialled.append(made)
        return made

    connection._create_connection = dial  # type: ignore[attr-defined]
    return connection


def _cut(dialled: list[socket.socket]) -> None:
    for made in dialled:
        with suppress(OSError):
            made.shutdown(socket.SHUT_RDWR)


def _filename(parts: SplitResult) -> str:
    name = unquote(parts.path.rstrip("/").rsplit("/", 1)[-1])
    return name or f"{parts.hostname}.html"


def _refused(why: str, code: str) -> InvalidRequest:
    return InvalidRequest(f"The URL cannot be fetched: {why}.", param="url", code=code)
