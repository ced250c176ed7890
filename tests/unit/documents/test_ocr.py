"""Pages that OCR does not read are named in a warning, with what to do."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from app.documents.parsing.document_builder import DocumentBuilder, ParserLimits
from app.documents.parsing.formats import image, ocr, parse
from app.documents.parsing.media_types import IMAGE


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ([2], "2"),
        ([2, 3], "2 and 3"),
        ([1, 2, 3, 9], "1, 2, 3 and 9"),
        ([1, *range(4, 12)], "1 and 4-11"),
        (list(range(1, 99, 2)), ", ".join(str(page) for page in range(1, 41, 2)) + " and others"),
    ],
)
def test_pages_are_listed_as_a_reader_writes_them(pages: list[int], expected: str) -> None:
    assert ocr.page_ranges(pages) == expected


def test_frames_of_a_picture_past_the_limit_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = iter(["The first sheet is read.", None])
    for module in (image, ocr):
        monkeypatch.setattr(module, "available", lambda _: True)
    monkeypatch.setattr(image, "recognise", lambda *_: next(texts))
    frames = [Image.new("L", (40, 40), "white") for _ in range(4)]
    file = io.BytesIO()
    frames[0].save(file, "TIFF", save_all=True, append_images=frames[1:])
    parsed = parse(file.getvalue(), IMAGE, ParserLimits(ocr_pages=2))
    assert parsed.text == "The first sheet is read."
    assert len(parsed.pages) == 4
    assert [warning.code for warning in parsed.warnings] == ["pages_not_read"]
    assert "Pages 2, 3 and 4 show pictures" in parsed.warnings[0].message


def test_warning_says_how_to_have_pages_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "tesseract", lambda: None)
    builder = DocumentBuilder(ParserLimits())
    builder.add("paragraph", "Cover.")
    ocr.warn_unread(builder, [3])
    assert "Page 3 shows a picture" in (message := builder.finish(IMAGE).warnings[0].message)
    assert "Install tesseract-ocr" in message
