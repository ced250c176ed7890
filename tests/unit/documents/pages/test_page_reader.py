"""Pages are read in a confined process, kept in a bounded cache, and dropped with their file."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from PIL import Image

from app.documents.pages.page_cache import PageCache
from app.documents.pages.page_reader import PageReader, StoredFile
from app.documents.pages.page_words import PageWords, Word
from app.documents.pages.quote_locator import QuoteLocator
from app.documents.parsing.document_builder import ParserLimits
from app.domain.documents import DocumentText, PageSpan
from app.domain.pages import PageSize
from app.errors import DocumentFailure
from app.storage.blobs.base import HeldFile
from app.storage.blobs.local import LocalBlobs
from tests.support.page_files import drawn_pdf

PDF = drawn_pdf([(50, 500, "The bridge opens at noon.")])


def reader(folder: Path, max_bytes: int = 10**7, limits: ParserLimits | None = None) -> PageReader:
    return PageReader(PageCache(folder, max_bytes), limits or ParserLimits())


def stored(folder: Path, data: bytes, media_type: str = "application/pdf") -> StoredFile:
    path = folder / "file"
    path.write_bytes(data)
    return StoredFile("ab12", lambda: HeldFile(path), media_type)


def test_image_is_read_once_and_kept(tmp_path: Path) -> None:
    file = stored(tmp_path, PDF)
    pages = reader(tmp_path / "pages")
    png = pages.image(file, 1, 300)
    assert Image.open(io.BytesIO(png)).size == (300, 425)
    (entry,) = (tmp_path / "pages" / "ab" / "ab12").iterdir()
    os.utime(entry, (0, 0))
    assert pages.image(file, 1, 300) == png
    assert entry.stat().st_mtime > 0, "a use makes it new"


def test_entry_that_the_disk_lost_a_part_of_is_read_again(tmp_path: Path) -> None:
    file = stored(tmp_path, PDF)
    pages = reader(tmp_path / "pages")
    png = pages.image(file, 1, 300)
    (entry,) = (tmp_path / "pages" / "ab" / "ab12").iterdir()
    entry.write_bytes(png[:100])
    assert pages.image(file, 1, 300) == png


def test_nothing_stays_of_a_file_that_is_deleted_meanwhile(tmp_path: Path) -> None:
    file = stored(tmp_path, PDF)
    pages = reader(tmp_path / "pages")
    pages.sizes(file)
    pages._run = lambda path, *_: (path.unlink(), (b"x", "result"))[1]  # type: ignore[method-assign]
    assert pages.words(file, 1) == "result"
    assert not (tmp_path / "pages" / "ab" / "ab12").exists()


def test_pictures_have_pages_too(tmp_path: Path) -> None:
    out = io.BytesIO()
    frames = [Image.new("L", (80, 40), grey) for grey in (0, 255)]
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:])
    file = stored(tmp_path, out.getvalue(), "image/*")
    pages = reader(tmp_path / "pages")
    assert [(size.label, size.width, size.height) for size in pages.sizes(file)] == [("1", 80, 40), ("2", 80, 40)]
    drawn = Image.open(io.BytesIO(pages.image(file, 2, 20)))
    assert (drawn.size, drawn.getpixel((5, 5))) == ((20, 10), (255, 255, 255))
    assert pages.words(file, 1) == PageWords((), pictured=True)


def test_picture_is_shown_the_right_way_up(tmp_path: Path) -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # turn right
    Image.new("L", (80, 40)).save(out, "JPEG", exif=exif)
    file = stored(tmp_path, out.getvalue(), "image/*")
    pages = reader(tmp_path / "pages")
    assert (pages.sizes(file)[0].width, pages.sizes(file)[0].height) == (40, 80)
    assert Image.open(io.BytesIO(pages.image(file, 1, 20))).size == (20, 40)


@pytest.mark.parametrize("media_type", ["application/pdf", "image/*"])
def test_garbage_is_a_typed_failure(tmp_path: Path, media_type: str) -> None:
    file = stored(tmp_path, b"%PDF-1.7\n" + b"<<" * 5000, media_type)
    with pytest.raises(DocumentFailure):
        reader(tmp_path / "pages").image(file, 1, 300)


def test_slow_page_ends_in_time(tmp_path: Path) -> None:
    file = stored(tmp_path, PDF)
    with pytest.raises(DocumentFailure) as caught:
        reader(tmp_path / "pages", limits=ParserLimits(timeout_s=0.001)).image(file, 1, 300)
    assert caught.value.code == "parser_timeout"


def test_cache_keeps_what_was_used_last_within_its_bound(tmp_path: Path) -> None:
    cache = PageCache(tmp_path, 1000)
    for number in range(9):
        cache.write("ab12", str(number), b"x" * 100)
        os.utime(tmp_path / "ab" / "ab12" / str(number), (number, number))
    assert cache.read("ab12", "0") is not None
    for number in range(9, 12):
        cache.write("cd34", str(number), b"x" * 100)
    assert sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()) <= 1000
    assert cache.read("ab12", "0") is not None
    assert cache.read("ab12", "1") is None
    assert cache.read("cd34", "11") is not None
    cache.write("cd34", "large", b"x" * 1001)
    assert cache.read("cd34", "large") is None


def test_cache_that_may_keep_nothing_makes_no_file(tmp_path: Path) -> None:
    PageCache(tmp_path, 0).write("ab12", "a", b"x")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("blob", "name"), [("../x", "a"), ("ab12", "../a")])
def test_cache_takes_no_paths(tmp_path: Path, blob: str, name: str) -> None:
    with pytest.raises(ValueError):
        PageCache(tmp_path, 100).write(blob, name, b"x")


def test_deleting_a_stored_file_deletes_what_was_read_from_it(tmp_path: Path) -> None:
    blobs, cache = LocalBlobs(tmp_path / "blobs", derived=tmp_path / "pages"), PageCache(tmp_path / "pages", 1000)
    for blob in ("ab12", "cd34", "ef56"):
        cache.write(blob, "a", b"x")
        blobs.path(blob).parent.mkdir(parents=True)
        blobs.path(blob).write_bytes(b"x")
    blobs.delete("ab12")
    assert (cache.read("ab12", "a"), cache.read("cd34", "a")) == (None, b"x")
    blobs.path("cd34").unlink()
    blobs.sweep({"ef56"})
    assert (cache.read("cd34", "a"), cache.read("ef56", "a")) == (None, b"x")


class FakeReader:
    """Two pages; the second is a scan."""

    def __init__(self) -> None:
        self.recognised = 0

    def sizes(self, _file: StoredFile) -> tuple[PageSize, ...]:
        return PageSize("1", 500, 700), PageSize("2", 500, 700)

    def words(self, _file: StoredFile, page: int) -> PageWords:
        text = ["The", "keeper", "counts"] if page == 1 else []
        return PageWords(tuple(Word(word, 50 * at, 0, 50 * at + 40, 10) for at, word in enumerate(text)), page == 2)

    def recognised_words(self, _file: StoredFile, _page: int) -> PageWords:
        self.recognised += 1
        if self.recognised > 1:
            raise DocumentFailure("ocr_unavailable", "No OCR.")
        return PageWords((Word("ships.", 5, 5, 45, 15), Word("Lamps", 5, 25, 45, 35)), pictured=True)


def test_words_of_ocr_are_asked_for_only_where_the_file_has_none(tmp_path: Path) -> None:
    fake = FakeReader()
    locator = QuoteLocator(fake)  # type: ignore[arg-type]
    text = DocumentText("The keeper counts ships. Lamps", (PageSpan(1, 0, 17), PageSpan(2, 17, 30)))
    file = stored(tmp_path, b"")
    assert [box.page for box in locator.boxes(file, text, 0, 17)] == [1]
    assert fake.recognised == 0
    assert [(box.page, box.y0) for box in locator.boxes(file, text, 4, 24)] == [(1, 0), (2, 5)]
    assert locator.boxes(file, text, 18, 24) == [], "without OCR there are no boxes"


def test_end_of_a_sentence_is_found_on_the_next_page(tmp_path: Path) -> None:
    class Pages(FakeReader):
        def words(self, _file: StoredFile, page: int) -> PageWords:
            text = ["Keepers", "count", "the"] if page == 1 else ["passing", "ships.", "Lamps", "are", "lit."]
            return PageWords(tuple(Word(word, 50 * at, 0, 50 * at + 40, 10) for at, word in enumerate(text)))

    first = "Keepers count the passing ships."
    text = DocumentText(first + "\n\nLamps are lit.", (PageSpan(1, 0, len(first)), PageSpan(2, len(first), 48)))
    boxes = QuoteLocator(Pages()).boxes(stored(tmp_path, b""), text, 0, len(first))  # type: ignore[arg-type]
    assert [(box.page, box.x0, box.x1) for box in boxes] == [(1, 0, 140), (2, 0, 90)]
