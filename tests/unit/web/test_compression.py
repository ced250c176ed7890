"""Static files go out as gzip to those who take it, compressed once, and as they are to all others."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import httpx
import pytest

from app.web import compression
from app.web.compression import CompressedFiles, accepts_gzip

SCRIPT = b"export const places = ['the lock', 'the weir'];\n" * 100
PLAIN = {"Accept-Encoding": "identity"}
GZIP = {"Accept-Encoding": "br;q=1.0, gzip"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "page.js").write_bytes(SCRIPT)
    (tmp_path / "short.js").write_bytes(b"1;")
    (tmp_path / "photo.png").write_bytes(SCRIPT)
    return tmp_path


@pytest.fixture
def client(folder: Path) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(CompressedFiles(folder))
    return httpx.AsyncClient(transport=transport, base_url="http://test")


@pytest.mark.parametrize(
    ("header", "accepted"),
    [
        ("gzip", True),
        ("deflate, GZIP;q=0.5", True),
        ("*", True),
        ("x-gzip", True),
        ("", False),
        ("identity", False),
        ("gzip;q=0", False),
        ("gzip; q=0.000, *", False),
        ("*;q=0", False),
        ("gzip;q=much", False),
        ("not-gzip", False),
    ],
)
def test_coding_is_read_from_the_header(header: str, accepted: bool) -> None:
    assert accepts_gzip({"accept-encoding": header}) == accepted


async def test_file_is_the_same_in_both_forms_and_each_form_has_its_etag(client: httpx.AsyncClient) -> None:
    packed, plain = [await client.get("/page.js", headers=headers) for headers in (GZIP, PLAIN)]
    assert packed.content == plain.content == SCRIPT
    assert (packed.headers["content-encoding"], plain.headers.get("content-encoding")) == ("gzip", None)
    assert int(packed.headers["content-length"]) == len(gzip.compress(SCRIPT, 9, mtime=0)) < len(SCRIPT) / 5
    assert packed.headers["content-type"] == plain.headers["content-type"]
    assert packed.headers["etag"] != plain.headers["etag"]
    for headers, answer in ((GZIP, packed), (PLAIN, plain)):
        assert answer.headers["vary"] == "Accept-Encoding"
        again = await client.get("/page.js", headers=headers | {"If-None-Match": f"W/{answer.headers['etag']}"})
        assert (again.status_code, again.content, again.headers["vary"]) == (304, b"", "Accept-Encoding")
        assert "content-encoding" not in again.headers


async def test_file_is_compressed_once_until_it_changes(
    client: httpx.AsyncClient, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    monkeypatch.setattr(compression, "compress", lambda content: made.append(1) or gzip.compress(content))
    first = await client.get("/page.js", headers=GZIP)
    await client.get("/page.js", headers=GZIP)
    assert len(made) == 1
    (folder / "page.js").write_bytes(SCRIPT * 2)
    os.utime(folder / "page.js", (1, 1))
    changed = await client.get("/page.js", headers=GZIP | {"If-None-Match": first.headers["etag"]})
    assert (changed.status_code, changed.content, len(made)) == (200, SCRIPT * 2, 2)


@pytest.mark.parametrize("name", ["short.js", "photo.png"])
async def test_what_gains_nothing_is_sent_as_it_is(client: httpx.AsyncClient, name: str) -> None:
    answer = await client.get(f"/{name}", headers=GZIP)
    assert (answer.status_code, "content-encoding" in answer.headers) == (200, False)


async def test_range_is_one_of_the_plain_file(client: httpx.AsyncClient) -> None:
    answer = await client.get("/page.js", headers=GZIP | {"Range": "bytes=0-5"})
    assert (answer.status_code, answer.content) == (206, SCRIPT[:6])


@pytest.mark.parametrize("path", ["/none.js", "/../secret.js", "/"])
async def test_file_that_is_not_there_is_not_found(client: httpx.AsyncClient, path: str) -> None:
    with pytest.raises(Exception, match="404"):
        await client.get(path, headers=GZIP)
