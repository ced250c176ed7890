"""Pages of documents over HTTP: their images, their text, and the boxes of quotes."""

from __future__ import annotations

import io
import json
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from app.bootstrap.ingestion import TENANT_PAGE_REQUESTS
from app.documents.pages.service import PageService
from tests.support.files import MUSEUM
from tests.support.page_files import drawn_pdf
from tests.support.service import Service

FIRST, SECOND = "The museum opens at ten in the morning.", "Cameras & <flash> are forbidden."
PDF = drawn_pdf([(60, 700, FIRST)], [(60, 700, SECOND)], catalog="/PageLabels << /Nums [0 << /S /r >>] >>")


@pytest.fixture
async def guide(service: Service) -> str:
    document = await service.take_in(service.acme, "guide.pdf", PDF)
    assert document["status"] == "ready", document
    return f"/api/v1/documents/{document['id']}"


def cached_files(service: Service) -> list[Path]:
    folder = service.runtime.storage.page_cache_dir
    return [path for path in folder.rglob("*") if path.is_file()] if folder.is_dir() else []


async def test_pages_have_labels_sizes_and_their_places_in_the_text(service: Service, guide: str) -> None:
    pages = (await service.acme.get(f"{guide}/pages")).json()
    assert (pages["total"], pages["images"], pages["version"]) == (2, True, 1)
    assert [(page["page"], page["label"]) for page in pages["pages"]] == [(1, "i"), (2, "ii")]
    assert (pages["pages"][0]["width"], pages["pages"][0]["height"]) == (595, 842)
    text = (await service.acme.get(f"{guide}/content")).json()["text"]
    second = pages["pages"][1]
    assert SECOND in text[second["char_start"] : second["char_end"]]


async def test_page_has_its_text_and_html_with_a_marked_range(service: Service, guide: str) -> None:
    text = (await service.acme.get(f"{guide}/content")).json()["text"]
    start = text.index("<flash>")
    found = await service.acme.get(f"{guide}/pages/2", params={"start": start, "end": start + 7})
    page = found.json()
    assert page["text"] == text[page["char_start"] : page["char_end"]]
    assert "Cameras &amp; <mark>&lt;flash&gt;</mark> are" in page["html"]
    assert found.headers["cache-control"] == "private, no-cache"


async def test_image_is_a_png_for_this_tenant_alone(service: Service, guide: str) -> None:
    found = await service.acme.get(f"{guide}/pages/1/image", params={"width": 400})
    assert (found.status_code, found.headers["content-type"]) == (200, "image/png")
    assert Image.open(io.BytesIO(found.content)).width == 400
    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert found.headers["cache-control"].startswith("private")
    stranger = await service.other.get(
        f"{guide}/pages/1/image", params={"width": 400}, headers={"If-None-Match": found.headers["etag"]}
    )
    assert stranger.status_code == 404


async def test_known_image_is_not_sent_again(service: Service, guide: str) -> None:
    first = await service.acme.get(f"{guide}/pages/1/image", params={"width": 400, "version": 1})
    assert first.headers["cache-control"] == "private, max-age=3600"
    for known in (first.headers["etag"], f'"x", W/{first.headers["etag"]}'):
        again = await service.acme.get(f"{guide}/pages/1/image?width=400", headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
    other = await service.acme.get(f"{guide}/pages/1/image?width=300", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/pages/3", 404),
        ("/pages/3/image", 404),
        ("/pages/0/image", 422),
        ("/pages/1/image?width=2001", 422),
        ("/pages/1/image?width=0", 422),
        ("/pages/1?version=2", 404),
        ("/pages/1/image?version=2", 404),
        ("/quote-boxes?start=5&end=5", 422),
        ("/quote-boxes?start=0&end=100000", 422),
    ],
)
async def test_what_there_is_not_is_refused(service: Service, guide: str, path: str, status: int) -> None:
    assert (await service.acme.get(guide + path)).status_code == status


async def test_boxes_of_a_quote_lie_on_its_page(service: Service, guide: str) -> None:
    text = (await service.acme.get(f"{guide}/content")).json()["text"]
    start = text.index("forbidden")
    place = (await service.acme.get(f"{guide}/quote-boxes", params={"start": start, "end": start + 9})).json()
    (box,) = place["boxes"]
    assert (place["version"], box["page"]) == (1, 2)
    assert 180 < box["x0"] < box["x1"] < 245
    assert 842 - 720 < box["y0"] < box["y1"] < 842 - 690


async def test_deleted_document_leaves_no_image(service: Service, guide: str) -> None:
    await service.acme.get(f"{guide}/pages/1/image")
    assert cached_files(service)
    await service.acme.delete(guide)
    assert (await service.acme.get(f"{guide}/pages/1/image")).status_code == 404
    assert not cached_files(service)


async def test_documents_without_pages_have_text_and_no_images(service: Service) -> None:
    document = await service.take_in(service.acme, "museum.md", MUSEUM)
    base = f"/api/v1/documents/{document['id']}"
    pages = (await service.acme.get(f"{base}/pages")).json()
    assert (pages["total"], pages["images"], pages["pages"][0]["width"]) == (1, False, None)
    assert "opens at ten" in (await service.acme.get(f"{base}/pages/1")).json()["html"]
    image = await service.acme.get(f"{base}/pages/1/image")
    assert (image.status_code, image.json()["error"]["code"]) == (409, "no_page_image")
    assert (await service.acme.get(f"{base}/quote-boxes?start=0&end=9")).json()["boxes"] == []


async def test_older_version_keeps_its_pages(service: Service, guide: str) -> None:
    newer = drawn_pdf([(60, 700, "The museum opens at nine.")])
    await service.take_in(service.acme, "guide.pdf", newer)
    assert (await service.acme.get(f"{guide}/pages")).json()["total"] == 1
    assert (await service.acme.get(f"{guide}/pages?version=1")).json()["total"] == 2
    first = await service.acme.get(f"{guide}/pages/1/image?version=1")
    assert first.content != (await service.acme.get(f"{guide}/pages/1/image")).content


async def test_stored_file_that_is_gone_leaves_the_text(service: Service, guide: str) -> None:
    blobs = service.runtime.storage.blobs
    for path in blobs._folder.glob("??/*"):
        path.unlink()
    assert (await service.acme.get(f"{guide}/pages/1/image")).status_code == 404
    pages = (await service.acme.get(f"{guide}/pages")).json()
    assert (pages["images"], pages["total"]) == (False, 2)


async def test_citations_have_boxes_when_asked_for(service: Service, guide: str) -> None:
    question = {"message": "When does the museum open?"}
    plain = (await service.acme.post("/api/v1/chat", json=question)).json()
    assert plain["citations"][0]["boxes"] is None
    asked = (await service.acme.post("/api/v1/chat", json={**question, "boxes": True})).json()
    (box,) = asked["citations"][0]["boxes"]
    assert (box["page"], box["x0"]) == (1, 60)


async def test_streamed_citations_have_boxes_too(service: Service, guide: str) -> None:
    question = {"message": "When does the museum open?", "stream": True, "boxes": True}
    text = (await service.acme.post("/api/v1/chat", json=question)).text
    events = [part.split("\ndata: ") for part in text.strip().split("\n\n")]
    data: dict[str, Any] = {name.split("event: ")[-1]: json.loads(body) for name, body in events}
    assert data["citation"]["boxes"][0]["page"] == 1
    assert data["done"]["citations"][0]["boxes"] == data["citation"]["boxes"]


async def test_a_tenant_reads_a_bounded_number_of_pages_at_a_time(service: Service, guide: str) -> None:
    admission = service.app.state.services.get(PageService)._admission
    with ExitStack() as places:
        for _ in range(TENANT_PAGE_REQUESTS):
            places.enter_context(admission.place(service.acme_id))
        refused = await service.acme.get(f"{guide}/pages/1/image")
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "2")
    assert (await service.acme.get(f"{guide}/pages/1/image")).status_code == 200
