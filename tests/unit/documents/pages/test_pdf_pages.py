"""Pages of PDFs: what is drawn, and the boxes of words on it, whichever way the page is turned."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageOps

from app.documents.pages.page_text import PageText
from app.documents.pages.pdf_pages import PdfPages
from app.documents.pages.quote_boxes import boxes_of
from app.documents.pages.quote_matching import Quote, find_quote
from app.errors import DocumentFailure
from tests.support.page_files import drawn_pdf

LINE = (150, 500, "The bridge opens at noon.")
MAX_PIXELS = 10**7


@pytest.fixture
def opened(tmp_path: Path) -> Any:
    def write(data: bytes) -> PdfPages:
        path = tmp_path / "a.pdf"
        path.write_bytes(data)
        return PdfPages(str(path))

    return write


VARIANTS: dict[str, dict[str, Any]] = {
    "upright": {},
    "landscape": {"size": (842, 595)},
    "turned right": {"extra": "/Rotate 90"},
    "upside down": {"extra": "/Rotate 180"},
    "turned left": {"extra": "/Rotate 270"},
    "cropped": {"extra": "/CropBox [100 400 400 600]"},
    "cropped and turned": {"extra": "/CropBox [100 400 400 600] /Rotate 90"},
    "protected with an empty password": {"protected": True},
}


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS)
def test_box_of_a_quote_lies_on_its_ink(opened: Any, variant: dict[str, Any]) -> None:
    pages = opened(drawn_pdf([LINE], **variant))
    words = list(pages.words(1))
    match = find_quote(PageText(words), Quote(LINE[2], 0, len(LINE[2])))
    assert match is not None
    size = pages.size(1)
    (box,) = boxes_of(words, match.parts, 1, size)
    image = pages.image(1, 600, MAX_PIXELS)
    ink, scale = _ink(image), image.width / size.width
    assert (box.x0 * scale <= ink[0] + 2, box.y0 * scale <= ink[1] + 2) == (True, True)
    assert (box.x1 * scale >= ink[2] - 2, box.y1 * scale >= ink[3] - 2) == (True, True)
    assert (box.x1 - box.x0) * (box.y1 - box.y0) * scale**2 < 2 * (ink[2] - ink[0]) * (ink[3] - ink[1])


def _ink(image: Image.Image) -> tuple[int, int, int, int]:
    found = ImageOps.invert(image.convert("L")).getbbox()
    assert found is not None
    return found


def test_a_turned_and_cropped_page_has_the_size_that_it_is_shown_in(opened: Any) -> None:
    size = opened(drawn_pdf([LINE], extra="/CropBox [100 400 400 600] /Rotate 90")).size(1)
    assert (size.width, size.height) == (200, 300)


def test_image_is_as_wide_as_asked_and_a_long_page_is_drawn_smaller(opened: Any) -> None:
    pages = opened(drawn_pdf([LINE], size=(100, 10_000)))
    assert opened(drawn_pdf([LINE])).image(1, 777, MAX_PIXELS).width == 777
    drawn = pages.image(1, 2000, 1_000_000)
    assert drawn.width * drawn.height <= 1_020_000


def test_labels_are_those_of_the_file(opened: Any) -> None:
    labels = "/PageLabels << /Nums [0 << /S /r >> 2 << /S /D /St 7 /P (A-) >>] >>"
    pages = opened(drawn_pdf([LINE], [LINE], [LINE], catalog=labels))
    assert [size.label for size in pages.sizes()] == ["i", "ii", "A-7"]
    assert [size.label for size in opened(drawn_pdf([LINE], [LINE])).sizes()] == ["1", "2"]


def test_a_word_that_a_line_end_divides_is_one(opened: Any) -> None:
    pages = opened(drawn_pdf([(50, 500, "The light-"), (50, 484, "house stands.")]))
    words = list(pages.words(1))
    assert [(word.text, word.glued) for word in words if word.glued] == [("house", True)]
    assert [token.key for token in PageText(words).tokens] == ["the", "lighthouse", "stands"]


def test_words_of_a_comment_are_at_its_place(opened: Any) -> None:
    notes = (
        "/Annots [<< /Type /Annot /Subtype /Text /Rect [300 600 320 620] /Contents (Ask Ida) >> "
        "<< /Type /Annot /Subtype /Text /Rect [9 9 20 20] /F 2 /Contents (Hidden) >>]"
    )
    words = list(opened(drawn_pdf([LINE], extra=notes)).words(1))
    assert [(word.text, word.x0, word.y0, word.x1, word.y1) for word in words[5:]] == [
        ("Ask", 300, 222, 320, 242),
        ("Ida", 300, 222, 320, 242),
    ]


def test_values_of_form_fields_are_words(opened: Any) -> None:
    form = "/AcroForm << /Fields [7 0 R] /NeedAppearances true /DA (/Helv 12 Tf 0 g) >>"
    field = b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (Boat) /V (Seagull) /Rect [200 590 400 610] >>"
    data = drawn_pdf([LINE], catalog=form, extra="/Annots [7 0 R]", more=[field])
    (value,) = [word for word in opened(data).words(1) if word.text == "Seagull"]
    assert 200 <= value.x0 < value.x1 <= 400
    assert 842 - 612 < value.y0 < value.y1 < 842 - 588


def test_damaged_file_is_a_typed_failure(opened: Any) -> None:
    with pytest.raises(DocumentFailure):
        opened(b"%PDF-1.4\nnothing else")
    with pytest.raises(DocumentFailure):
        opened(drawn_pdf([LINE])).image(2, 100, MAX_PIXELS)
