"""S3-compatible storage of the tests: a server on a loopback port, whose answers a test can spoil."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import Any

import httpx
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from app.storage.blobs.bucket import BucketAddress

KEY_ID, SECRET, REGION = "testing", "testing-secret", "us-east-1"
Spoil = Callable[[Request, Callable[[], Response]], Response]  # (request, what answers it) -> what is sent


@dataclass
class S3Server:
    """A server of any number of buckets. `spoil` stands between the client and the storage; None: nothing does."""

    url: str = ""
    spoil: Spoil | None = None
    requests: list[Request] = field(default_factory=list)
    _buckets: int = 0
    _lock: Lock = field(default_factory=Lock)

    def address(self, **changed: Any) -> BucketAddress:
        """The address of a new and empty bucket."""
        with self._lock:
            self._buckets += 1
            name = f"bucket-{self._buckets}"
        plain = {"endpoint_url": self.url, "region": REGION, "access_key_id": KEY_ID, "secret_access_key": SECRET}
        httpx.put(f"{self.url}/{name}").raise_for_status()
        return BucketAddress(name, **{"timeout_s": 5.0, **plain, **changed})

    def remove(self, address: BucketAddress) -> None:
        """Remove a bucket."""
        httpx.delete(f"{self.url}/{address.bucket}").raise_for_status()

    @contextmanager
    def spoiled(self, spoil: Spoil) -> Iterator[None]:
        self.spoil = spoil
        try:
            yield
        finally:
            self.spoil = None


def storage_settings(address: BucketAddress) -> dict[str, Any]:
    """The settings of a service whose files lie in the bucket."""
    return {
        "blob_store": "s3",
        "s3_bucket": address.bucket,
        "s3_prefix": address.prefix,
        "s3_endpoint_url": address.endpoint_url,
        "s3_region": address.region,
        "s3_access_key_id": address.access_key_id,
        "s3_secret_access_key": address.secret_access_key,
    }


class _Silent(WSGIRequestHandler):
    def log_request(self, *_: object) -> None:
        """The tests look at `S3Server.requests`."""


@contextmanager
def s3_server() -> Iterator[S3Server]:
    """Start a server; stopped at the end, with all that is stored in it."""
    made = S3Server()
    storage = DomainDispatcherApplication(create_backend_app)

    @Request.application
    def answer(request: Request) -> Response:
        made.requests.append(request)

        def stored() -> Response:
            return Response.from_app(storage, request.environ, buffered=True)

        return stored() if made.spoil is None else made.spoil(request, stored)

    server = make_server("127.0.0.1", 0, answer, threaded=True, request_handler=_Silent)
    made.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def error(status: int, code: str) -> Spoil:
    """Answers every request with an error of S3."""
    body = f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>{code} by the test</Message></Error>"
    return lambda _request, _stored: Response(body, status=status, mimetype="application/xml")


def silent(seconds: float) -> Spoil:
    """Answers late."""

    def wait(_request: Request, stored: Callable[[], Response]) -> Response:
        time.sleep(seconds)
        return stored()

    return wait


def only(method: str, spoil: Spoil, *, times: int = 10**6) -> Spoil:
    """Spoils the first `times` requests of a method."""
    left = [times]

    def chosen(request: Request, stored: Callable[[], Response]) -> Response:
        if request.method != method or not left[0]:
            return stored()
        left[0] -= 1
        return spoil(request, stored)

    return chosen


def other_bytes(_request: Request, stored: Callable[[], Response]) -> Response:
    """Changes one bit of what was stored."""
    answer = stored()
    content = bytearray(answer.get_data())
    content[len(content) // 2] ^= 1
    answer.set_data(bytes(content))
    return answer


def cut_off(_request: Request, stored: Callable[[], Response]) -> Response:
    """Breaks off in the middle of what was stored."""
    answer = stored()
    content, size = answer.get_data(), answer.headers["Content-Length"]
    answer.response = [content[: len(content) // 2]]
    answer.headers["Content-Length"] = size
    return answer
