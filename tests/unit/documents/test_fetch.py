"""Fetching by URL: public addresses only, at every hop, and the address that was checked is the one connected to."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from app.documents import url_fetch as fetching
from app.documents.url_fetch import checked_url, fetch, is_public, post
from app.errors import InvalidRequest


class Site(BaseHTTPRequestHandler):
    """A small site: a page, a redirect to wherever the query says, a body that never ends."""

    hosts: list[str] = []
    posted: tuple[bytes, str | None] = (b"", None)

    def do_GET(self) -> None:
        Site.hosts.append(self.headers["Host"])
        path, _, query = self.path.partition("?")
        self.send_response(302 if path == "/away" else 404 if path == "/gone" else 200)
        if path == "/away":
            self.send_header("Location", query)
        self.end_headers()
        if path == "/slow":
            for _ in range(200):
                try:
                    self.wfile.write(b"x")
                except OSError:
                    return
                time.sleep(0.05)
        self.wfile.write(b"Hello from the page.")

    def do_POST(self) -> None:
        Site.posted = self.rfile.read(int(self.headers["Content-Length"])), self.headers["webhook-id"]
        self.send_response(302 if self.path == "/away" else 204)
        self.send_header("Location", "http://example.org/")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The site on a free loopback port, reached as http on port 80 of public-looking names."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    dial = fetching.socket.create_connection
    dialled: list[str] = []

    def redirected(address: tuple[str, int], timeout: float) -> object:
        dialled.append(address[0])
        return dial(("127.0.0.1", server.server_port), timeout)

    monkeypatch.setattr(fetching.socket, "create_connection", redirected)
    Site.hosts = []
    Site.dialled = dialled  # type: ignore[attr-defined]
    yield
    server.shutdown()
    server.server_close()
    thread.join()


NAMES = {"example.org": ["93.184.216.34"], "inside.example.org": ["10.0.0.5"], "two.example.org": ["8.8.8.8", "::1"]}


def got(url: str, timeout_s: float = 5.0, resolve: fetching.Resolve | None = None) -> tuple[bytes, str]:
    with fetch(url, timeout_s=timeout_s, resolve=resolve or (lambda host, _: NAMES.get(host, [host]))) as fetched:
        return b"".join(fetched.pieces), fetched.filename


def refusal(url: str, **more: float) -> str:
    with pytest.raises(InvalidRequest) as caught:
        got(url, **more)
    return caught.value.code


def test_public_page_is_fetched_under_its_name(site: None) -> None:
    assert got("http://example.org/docs/rules.html?x=1") == (b"Hello from the page.", "rules.html")
    assert Site.hosts == ["example.org"]
    assert Site.dialled == ["93.184.216.34"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/a",
        "file:///etc/passwd",
        "http://user:secret@example.org/",
        "http://example.org:8000/",
        "http:///nowhere",
        "http://example.org/a b",
        "http://example.org/\r\nX: y",
        "http://[::1",
        "gopher://127.0.0.1/",
    ],
)
def test_other_urls_are_not_allowed(url: str) -> None:
    with pytest.raises(InvalidRequest) as caught:
        checked_url(url)
    assert caught.value.code == "url_not_allowed"


@pytest.mark.parametrize(
    "address",
    """127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255 192.0.2.1
    ::1 :: fe80::1 fc00::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: ::127.0.0.1
    2001:0:7f00:1::1 fe80::1%eth0""".split(),
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


def test_public_addresses() -> None:
    assert all(is_public(address) for address in ("8.8.8.8", "93.184.216.34", "2606:4700::1111"))


@pytest.mark.parametrize("host", ["inside.example.org", "two.example.org", "127.0.0.1", "[::1]"])
def test_host_with_any_inner_address_is_refused_unconnected(site: None, host: str) -> None:
    assert refusal(f"http://{host}/") == "url_not_allowed"
    assert Site.hosts == []


@pytest.mark.parametrize("target", ["http://127.0.0.1/", "http://inside.example.org/", "file:///etc/passwd"])
def test_redirect_is_held_to_the_same_rules(site: None, target: str) -> None:
    assert refusal(f"http://example.org/away?{target}") == "url_not_allowed"
    assert Site.hosts == ["example.org"]


def test_redirects_end_somewhere(site: None) -> None:
    assert got("http://example.org/away?/page.txt") == (b"Hello from the page.", "page.txt")
    with pytest.raises(InvalidRequest) as caught:
        got("http://example.org/away?http://example.org/away?/away")
    assert caught.value.code == "url_unreachable"


def test_name_that_changes_its_address_gains_nothing(site: None) -> None:
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])
    got("http://example.org/", resolve=lambda _host, _port: next(answers))
    assert Site.dialled == ["93.184.216.34"]  # type: ignore[attr-defined]


def test_slow_server_is_cut_off(site: None) -> None:
    started = time.monotonic()
    assert refusal("http://example.org/slow", timeout_s=0.5) == "url_unreachable"
    assert time.monotonic() - started < 8


def test_missing_page_is_an_error(site: None) -> None:
    assert refusal("http://example.org/gone") == "url_unreachable"


def test_reader_that_raises_ends_the_fetch(site: None) -> None:
    with (
        pytest.raises(OSError, match="full"),
        fetch("http://example.org/", timeout_s=5, resolve=lambda _host, _port: ["8.8.8.8"]) as fetched,
    ):
        next(fetched.pieces)
        raise OSError("full")


@pytest.mark.parametrize(("path", "status"), [("/hook", 204), ("/away", 302)])
def test_a_post_goes_to_the_checked_address_and_follows_nothing(site: None, path: str, status: int) -> None:
    headers = {"webhook-id": "evt_1"}
    url = f"http://example.org{path}"
    assert post(url, b"{}", headers, timeout_s=5, resolve=lambda host, _: NAMES[host]) == status
    assert Site.posted == (b"{}", "evt_1")
    assert Site.hosts == []
    assert Site.dialled == ["93.184.216.34"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("host", ["inside.example.org", "two.example.org"])
def test_nothing_is_posted_to_a_private_address(site: None, host: str) -> None:
    with pytest.raises(InvalidRequest):
        post(f"http://{host}/", b"{}", {}, timeout_s=5, resolve=lambda name, _: NAMES[name])
    assert Site.dialled == []  # type: ignore[attr-defined]
