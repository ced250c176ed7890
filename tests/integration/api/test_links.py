"""Links: opened without a key, for a short time, one version of one document, never as a page with scripts."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from app.documents.links.service import shown_type
from app.documents.links.signed_token import LinkTarget, is_signed, read_unverified, sign
from tests.support.files import pdf_bytes
from tests.support.service import Service

TARGET = LinkTarget("ten_1", "doc_1", 1, "file", 2_000_000_000)


async def link(service: Service, document_id: str, **body: Any) -> str:
    made = await service.acme.post(f"/api/v1/documents/{document_id}/links", json={"kind": "file", **body})
    assert made.status_code == 201, made.text
    return made.json()["url"]


async def test_a_link_opens_a_file_without_a_key_in_a_frame(service: Service) -> None:
    document = await service.take_in(service.acme, "relatório.pdf", pdf_bytes("The plan."))
    url = await link(service, document["id"])
    opened = await service.nobody.get(url)
    assert (opened.status_code, opened.headers["content-type"]) == (200, "application/pdf")
    assert opened.content.startswith(b"%PDF")
    assert opened.headers["content-disposition"].startswith("inline")
    assert opened.headers["content-security-policy"] == "frame-ancestors *"
    assert opened.headers["x-content-type-options"] == "nosniff"
    assert "x-frame-options" not in opened.headers
    part = await service.nobody.get(url, headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.content) == (206, b"%PDF")


async def test_a_link_keeps_its_version_and_ends_with_its_document(service: Service) -> None:
    document = await service.take_in(service.acme, "a.txt", b"The first text.")
    url = await link(service, document["id"])
    await service.take_in(service.acme, "a.txt", b"The second text.")
    assert (await service.nobody.get(url)).content == b"The first text."
    await service.acme.delete(f"/api/v1/documents/{document['id']}")
    assert (await service.nobody.get(url)).status_code == 404


async def test_html_is_shown_as_its_source_and_in_a_sandbox(service: Service) -> None:
    document = await service.take_in(service.acme, "a.html", b"<h1>Rules</h1><script>alert(1)</script>")
    opened = await service.nobody.get(await link(service, document["id"]))
    assert opened.headers["content-type"].startswith("text/plain")
    assert "sandbox" in opened.headers["content-security-policy"]


async def test_the_text_of_a_page_is_a_page_with_the_quote_marked(service: Service) -> None:
    document = await service.take_in(service.acme, "a.txt", b"Ask <b>Ana</b> & Rui at noon.")
    url = await link(service, document["id"], kind="page_text", page=1, start=4, end=14)
    assert url.endswith("#quote")
    opened = await service.nobody.get(url)
    assert opened.headers["content-type"] == "text/html; charset=utf-8"
    assert '<mark id="quote">&lt;b&gt;Ana&lt;/b&gt;</mark> &amp; Rui' in opened.text
    assert opened.headers["content-security-policy"].startswith("default-src 'none'")
    missing = {"kind": "page_text", "page": 9}
    assert (await service.acme.post(f"/api/v1/documents/{document['id']}/links", json=missing)).status_code == 404


async def test_the_picture_of_a_page_opens(service: Service) -> None:
    document = await service.take_in(service.acme, "a.pdf", pdf_bytes("The plan."))
    opened = await service.nobody.get(await link(service, document["id"], kind="page_image", page=1, width=100))
    assert (opened.status_code, opened.headers["content-type"]) == (200, "image/png")
    assert opened.headers["cross-origin-resource-policy"] == "cross-origin"


async def test_an_expired_forged_or_foreign_link_opens_nothing(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = await service.take_in(service.acme, "a.txt", b"Mine.")
    theirs = await service.take_in(service.other, "a.txt", b"Theirs.")
    url = await link(service, document["id"], ttl_s=60)
    payload, signature = url.removeprefix("/links/").split(".")
    values = json.loads(base64.urlsafe_b64decode(payload + "=="))
    for changed in ([service.other_id, theirs["id"], *values[2:]], [*values[:4], 2_000_000_000, *values[5:]]):
        forged = base64.urlsafe_b64encode(json.dumps(changed).encode()).decode().rstrip("=")
        refused = await service.nobody.get(f"/links/{forged}.{signature}")
        assert (refused.status_code, refused.json()["error"]["code"]) == (404, "link_unknown")
    for nonsense in ("x", f"{payload}.", payload, f"{payload}.{signature}x", "é.é"):
        assert (await service.nobody.get(f"/links/{nonsense}")).status_code == 404
    monkeypatch.setattr("app.documents.links.service.time.time", lambda: values[4])
    expired = await service.nobody.get(url)
    assert (expired.status_code, expired.json()["error"]["code"]) == (404, "link_expired")


async def test_a_link_that_cannot_be_is_refused_by_name(service: Service) -> None:
    document = await service.take_in(service.acme, "a.txt", b"Mine.")
    path = f"/api/v1/documents/{document['id']}/links"
    for body, param in (
        ({"kind": "page_text"}, "page"),
        ({"kind": "file", "ttl_s": 86_401}, "ttl_s"),
        ({"kind": "script"}, "kind"),
    ):
        refused = await service.acme.post(path, json=body)
        assert (refused.status_code, refused.json()["error"]["param"]) == (422, param)
    assert (await service.other.post(path, json={"kind": "file"})).status_code == 404


@pytest.mark.parametrize(
    ("media_type", "shown"),
    [
        ("application/pdf", "application/pdf"),
        ("text/html", "text/plain"),
        ("application/xml", "text/plain"),
        ("image/svg+xml", None),
        ("application/zip", None),
        ("application/xhtml+xml", None),
    ],
)
def test_no_file_is_shown_as_a_page(media_type: str, shown: str | None) -> None:
    assert shown_type(media_type) == shown


@pytest.mark.parametrize(
    "values", [[], [1] * 9, ["a"] * 9, {"a": 1}, 7, "abcdefghi", None, [*"abc", "x", 1, 1, 1, 1, 1]]
)
def test_a_token_that_says_nonsense_says_nothing(values: object) -> None:
    assert read_unverified(base64.urlsafe_b64encode(json.dumps(values).encode()).decode() + ".x") is None


def test_a_token_is_valid_under_its_own_key_alone() -> None:
    token = sign(TARGET, b"one")
    assert read_unverified(token) == TARGET
    assert is_signed(token, b"one")
    assert not is_signed(token, b"other")
