"""A site of another origin that embeds the widget, over real HTTP and with a strict policy of its own."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

STYLES = """
html { font-size: 5px; }
* { color: red; letter-spacing: 4px; text-transform: uppercase; }
button, input, textarea, section { display: none; border: 9px solid red; }
"""
SCRIPT = (
    "document.querySelector('loracle-chat').addEventListener('token-expired', () => (window.asked ??= []).push(1));"
)


@dataclass
class OtherSite:
    """`tag` is the element in its page; `new_token` makes what a POST of /token answers."""

    url: str
    service: str
    new_token: Callable[[], str]
    tag: str = ""
    tokens: list[str] = field(default_factory=list)  # that were given out

    @property
    def policy(self) -> str:
        return (
            f"default-src 'none'; script-src 'self' {self.service}; connect-src 'self' {self.service}; "
            "style-src 'self'; img-src blob:"
        )

    @property
    def html(self) -> str:
        return (
            '<!doctype html><html lang="en"><head><title>A site</title><link rel="stylesheet" href="/site.css">'
            f'<script type="module" src="{self.service}/widget.js"></script></head>'
            f'<body><main><h1>A site</h1>{self.tag}</main><script src="/site.js"></script></body></html>'
        )


@contextmanager
def other_site(service: str, new_token: Callable[[str], str]) -> Iterator[OtherSite]:
    """Serve the site. `new_token` gets its origin."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/site.css":
                self.answer("text/css", STYLES)
            elif self.path == "/site.js":
                self.answer("text/javascript", SCRIPT)
            else:
                self.answer("text/html", site.html, {"Content-Security-Policy": site.policy})

        def do_POST(self) -> None:
            site.tokens.append(site.new_token())
            self.answer("application/json", json.dumps({"token": site.tokens[-1]}))

        def answer(self, kind: str, text: str, headers: dict[str, str] | None = None) -> None:
            body = text.encode()
            self.send_response(200)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **(headers or {})}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    url = f"http://127.0.0.1:{server.server_port}"
    site = OtherSite(url, service, lambda: new_token(url))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
