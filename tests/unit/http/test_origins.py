"""Origins in the form in which browsers send them."""

from __future__ import annotations

import pytest

from app.http.origins import normal_origin


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("https://www.example.org", "https://www.example.org"),
        ("HTTPS://WWW.Example.org/", "https://www.example.org"),
        ("https://example.org:443", "https://example.org"),
        ("http://localhost:5173", "http://localhost:5173"),
        ("http://[::1]:80", "http://[::1]"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
    ],
)
def test_origin_is_written_as_browsers_write_it(text: str, origin: str) -> None:
    assert normal_origin(text) == origin


@pytest.mark.parametrize(
    "text",
    ["*", "null", "example.org", "https://", "https://example.org/page", "https://*.example.org", "ftp://example.org",
     "https://ana:secret@example.org", "https://example.org:99999", "https://example.org?x=1", "file:///index.html"],
)  # fmt: skip
def test_what_is_no_origin_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        normal_origin(text)
