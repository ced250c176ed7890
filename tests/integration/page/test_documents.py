"""The documents of the page in Chromium: many of them, and one with its metadata, access, versions and passages."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from sqlalchemy import insert, select, update

from app.storage.sql.repositories.keys import Keys
from app.storage.sql.tables import DocumentRow, DocumentVersionRow
from tests.integration.page.conftest import Visit
from tests.integration.page.test_page import choose, left_alone, upload
from tests.support.live import LiveService

MANY = 10_000
HOURS = b"# Hours\n\nThe museum opens at ten.\n\n# Prices\n\nA ticket costs twelve euros.\n"


def fill(live: LiveService, key: str, count: int) -> None:
    """Give the key's tenant this many documents that are ready."""
    with live.runtime.storage.db.write() as session:
        found = Keys(session).authenticate(key)
        assert found
        tenant_id = found[1].tenant_id
        ids = [f"doc_{number:024d}{tenant_id}"[:60] for number in range(count)]
        documents = [
            {"id": one, "tenant_id": tenant_id, "collection": f"shelf {at % 3}", "filename": f"book {at:05d}.txt"}
            | {"metadata_": {}, "groups": []}
            for at, one in enumerate(ids)
        ]
        session.execute(insert(DocumentRow), documents)
        versions = [
            {"tenant_id": tenant_id, "document_id": one, "version": 1, "sha256": f"{at:064x}", "size_bytes": 1000 + at}
            | {"media_type": "text/plain", "blob": f"{at}", "status": "failed" if at % 1000 == 7 else "ready"}
            for at, one in enumerate(ids)
        ]
        session.execute(insert(DocumentVersionRow), versions)
        version = select(DocumentVersionRow.id).where(DocumentVersionRow.document_id == DocumentRow.id)
        mine = DocumentRow.tenant_id == tenant_id
        session.execute(update(DocumentRow).where(mine).values(latest_version_id=version.scalar_subquery()))


def test_ten_thousand_documents_are_scrolled_searched_and_filtered(visit: Visit, live: LiveService) -> None:
    fill(live, visit.key, MANY)
    page = visit.page
    page.goto(f"{visit.url}#/documents")
    expect(page.get_by_text("10000 documents")).to_be_visible()
    page.get_by_label("Sort by").select_option("name")
    rows = page.locator("loracle-document-row")
    expect(rows.first).to_contain_text("book 00000.txt")
    scroller = page.locator("loracle-documents-view")
    for _ in range(6):  # pages of a hundred, each loaded when its end comes near
        scroller.evaluate("view => view.scrollTo(0, view.scrollHeight)")
        page.wait_for_timeout(150)
    expect(page.get_by_role("listitem").last).to_have_attribute("aria-setsize", str(MANY))
    assert int(page.get_by_role("listitem").last.get_attribute("aria-posinset") or 0) > 400
    assert rows.count() < 40
    page.get_by_label("Search by name").fill("09999")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("book 09999.txt")
    page.get_by_label("Search by name").fill("")
    page.get_by_label("State").select_option("failed")
    expect(page.get_by_text("10 documents")).to_be_visible()
    page.get_by_label("Collection", exact=True).select_option("shelf 1")
    expect(page.get_by_text("4 documents")).to_be_visible()
    assert visit.problems == []


@pytest.fixture
def museum(visit: Visit) -> Visit:
    """A visit at the details of a document."""
    upload(visit, "museum.md", HOURS)
    choose(visit.page, "museum.md", "Details and settings")
    expect(visit.page.get_by_role("heading", name="museum.md")).to_be_visible()
    return visit


def test_name_collection_readers_and_metadata_are_saved_at_once(museum: Visit) -> None:
    museum.http.put("/api/v1/collections/default", json={"access": {"groups": ["curators"]}}).raise_for_status()
    page = museum.page
    page.reload()
    settings = page.get_by_role("region", name="Settings of the document")
    save = settings.get_by_role("button", name="Save")
    expect(save).to_be_disabled()
    expect(settings).to_contain_text("The collection “default” is open to: curators.")
    settings.get_by_label("Name", exact=True).fill("gallery.md")
    settings.get_by_label("Collection").select_option("New collection …")
    settings.get_by_label("Name of the new collection").fill("guides")
    settings.get_by_label("Only these groups").check()
    settings.get_by_label("curators").check()  # known from the collection
    settings.get_by_label("Name of a group").fill("board")
    settings.get_by_label("Name of a group").press("Enter")
    settings.get_by_text("Metadata").click()
    for name, kind, value in (("department", "string", "archive"), ("year", "number", "2026")):
        page.get_by_role("button", name="Add a field").click()
        page.get_by_label("Field", exact=True).last.fill(name)
        page.get_by_label("Kind").last.select_option(kind)
        page.get_by_label("Value").last.fill(value)
    save.click()
    expect(settings.get_by_role("status")).to_have_text("Saved.")
    expect(settings.get_by_role("combobox", name="Collection")).to_have_value("guides")  # one of the collections now
    expect(settings).to_contain_text("The collection “guides” is open to everybody")
    expect(page.get_by_role("heading", name="gallery.md")).to_be_visible()
    expect(save).to_be_disabled()
    (document,) = museum.http.get("/api/v1/documents").json()["data"]
    assert (document["filename"], document["collection"]) == ("gallery.md", "guides")
    assert document["metadata"] == {"department": "archive", "year": 2026}
    assert document["access"] == {"groups": ["board", "curators"]}
    page.get_by_label("Value").last.fill("last year")
    save.click()
    expect(page.get_by_role("alert")).to_have_text("The value of year is not a number.")
    assert museum.problems == []


def test_readers_are_named_before_they_are_saved(museum: Visit) -> None:
    page = museum.page
    page.get_by_label("Only these groups").check()
    expect(page.get_by_text("Save waits for it.")).to_be_visible()
    expect(page.get_by_role("button", name="Save")).to_be_disabled()
    page.get_by_label("Name of a group").fill("staff")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("Save waits for it.")).to_have_count(0)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    page.get_by_label("Everybody").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Save")).to_be_disabled()
    assert museum.http.get("/api/v1/documents").json()["data"][0]["access"] == {"groups": []}


def test_passage_that_is_switched_off_is_in_no_search(museum: Visit) -> None:
    page = museum.page
    page.get_by_text("Passages", exact=True).click()
    page.get_by_label("Search in the passages").fill("library")
    expect(page.get_by_role("status").filter(has_text="No passage matches.")).to_be_visible()
    page.get_by_label("Search in the passages").fill("euros")
    page.get_by_role("checkbox", name="Searches find passage 1").uncheck()
    expect(page.locator(".passage.off")).to_be_visible()  # the service has it
    page.get_by_role("combobox", name="Passages").select_option("off")
    expect(page.get_by_text("A ticket costs twelve euros.")).to_be_visible()
    assert museum.http.post("/api/v1/search", json={"query": "What does a ticket cost?"}).json()["data"] == []
    page.get_by_role("checkbox", name="Searches find passage 1").check()
    expect(page.locator(".passage.off")).to_have_count(0)
    page.get_by_role("combobox", name="Passages").select_option("on")
    expect(page.get_by_text("A ticket costs twelve euros.")).to_be_visible()


def test_former_version_is_read(museum: Visit) -> None:
    page = museum.page
    upload(museum, "museum.md", HOURS.replace(b"ten", b"nine"))
    choose(page, "museum.md", "Details and settings")
    page.get_by_text("Versions (2)").click()
    versions = page.locator("loracle-versions").get_by_role("listitem")
    expect(versions).to_have_count(2)
    expect(versions.first).to_contain_text("answers now", timeout=15_000)
    page.get_by_role("button", name="Read version 1").click()
    expect(page.locator("loracle-source .text")).to_contain_text("opens at ten")
    left_alone(museum)


def test_collection_is_set_up(museum: Visit) -> None:
    page = museum.page
    page.get_by_role("link", name="All documents").click()
    page.get_by_role("button", name="Collection settings").click()
    expect(page.get_by_role("heading", name="Settings of the collection “default”")).to_be_visible()
    page.get_by_label("Former versions to keep").fill("2")
    page.get_by_label("Only these groups").check()
    page.get_by_label("Name of a group").fill("staff")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_text("Advanced", exact=True).click()
    page.get_by_label("Size of a passage").fill("7")
    page.get_by_text("Advanced", exact=True).click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Size of a passage")).to_be_visible()  # seven tokens are too few: what is wrong is shown
    page.get_by_label("Size of a passage").fill("100")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    collection = museum.http.get("/api/v1/collections/default").json()
    assert (collection["keep_versions"], collection["access"]) == (2, {"groups": ["staff"]})
    assert collection["chunk_tokens"] == 100


def test_token_that_only_reads_sees_nothing_that_changes(museum: Visit) -> None:
    token = museum.http.post("/api/v1/tokens", json={"user": "ana"}).json()["token"]
    page = museum.context.new_page()
    page.goto(f"{museum.url}#key={token}")
    page.goto(f"{museum.url}#/documents")
    page.get_by_role("button", name="More for museum.md").click()
    expect(page.get_by_role("menuitem")).to_have_text(["Details and settings", "Download"])
    expect(page.get_by_role("button", name="Add files")).to_be_hidden()
    page.get_by_role("menuitem", name="Details and settings").click()
    page.get_by_text("Passages", exact=True).click()
    expect(page.get_by_role("checkbox", name="Searches find passage 1")).to_be_disabled()
    expect(page.get_by_role("button", name="Save")).to_have_count(0)


def test_menu_of_a_document_is_used_by_keyboard(visit: Visit) -> None:
    upload(visit, "museum.md", HOURS)
    page = visit.page
    button = page.get_by_role("button", name="More for museum.md")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name="Details and settings")).to_be_focused()
    page.keyboard.press("ArrowUp")  # from the first to the last
    expect(page.get_by_role("menuitem", name="Delete")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Download")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_be_hidden()
    expect(button).to_be_focused()
    assert visit.problems == []


def test_document_is_read_again_and_deleted_apart_from_its_settings(museum: Visit) -> None:
    page = museum.page
    page.get_by_role("button", name="Open document").click()
    expect(page.locator("loracle-source .text")).to_contain_text("opens at ten")
    careful = page.get_by_role("region", name="Read again or delete")
    careful.get_by_role("button", name="Read again").click()
    expect(page.get_by_text("Versions (2)")).to_be_visible()
    expect(page.locator("loracle-document-page .facts").first).to_contain_text("ready", timeout=15_000)
    page.wait_for_load_state("networkidle")  # its versions are listed again
    careful.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="OK").click()
    expect(page.get_by_role("heading", name="Documents")).to_be_visible()
    assert museum.http.get("/api/v1/documents").json()["data"] == []
    assert museum.problems == []


def test_document_is_moved_to_a_new_collection_and_another_added_to_it(museum: Visit) -> None:
    page = museum.page
    page.goto(f"{museum.url}#/documents")
    choose(page, "museum.md", "Rename or move")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Collection").select_option("New collection …")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_visible()  # its name is wanted
    dialog.get_by_label("Name of the new collection").fill("guides")
    dialog.get_by_role("button", name="Save").click()
    expect(page.locator("loracle-document-row")).to_contain_text("Collection: guides")
    page.get_by_label("Into the collection").select_option("guides")
    page.locator("#files").set_input_files({"name": "b.txt", "mimeType": "text/plain", "buffer": b"Open all year."})
    expect(page.locator("loracle-document-row", has_text="b.txt")).to_contain_text("Collection: guides")
    assert museum.problems == []


def test_new_collection_is_named_before_documents_go_there(visit: Visit) -> None:
    page = visit.page
    page.goto(f"{visit.url}#/documents")
    page.get_by_label("Into the collection").select_option("New collection …")
    for button in ("Add files", "Add from a URL"):
        page.get_by_role("button", name=button).click()
        expect(page.get_by_role("alert")).to_have_text(
            "Type the name of the new collection first: then add the documents."
        )
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_label("Name of the new collection").fill("guides")
    expect(page.get_by_role("alert")).to_have_count(0)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Add files").click()
    chooser.value.set_files({"name": "museum.md", "mimeType": "text/markdown", "buffer": HOURS})
    expect(page.locator("loracle-document-row")).to_contain_text("Collection: guides", timeout=15_000)
    assert visit.problems == []


def test_documents_are_added_by_one_button_on_a_phone(visit: Visit) -> None:
    page = visit.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{visit.url}#/documents")
    page.get_by_role("button", name="Add documents").click()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Add files").click()
    chooser.value.set_files({"name": "museum.md", "mimeType": "text/markdown", "buffer": HOURS})
    expect(page.locator("loracle-document-row")).to_contain_text("ready", timeout=15_000)


def test_service_that_fetches_nothing_says_so(visit: Visit) -> None:
    page = visit.page
    page.goto(f"{visit.url}#/documents")
    page.get_by_role("button", name="Add from a URL").click()
    page.get_by_label("Address of a file").fill("https://example.org/a.pdf")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("does not fetch documents from URLs")
