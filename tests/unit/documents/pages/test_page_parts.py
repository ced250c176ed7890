"""Boxes of lines, safe HTML, parts of texts without pages, words of OCR, and what travels between processes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from app.documents.pages import recognised_words
from app.documents.pages.page_html import page_html
from app.documents.pages.page_spans import PART_CHARS, page_spans
from app.documents.pages.page_text import WordPart
from app.documents.pages.page_words import Word, decode_sizes, decode_words, encode_sizes, encode_words
from app.documents.pages.quote_boxes import boxes_of
from app.documents.pages.recognised_words import recognise_words
from app.documents.parsing.document_builder import ParserLimits
from app.domain.documents import DocumentText, PageSpan
from app.domain.pages import PageSize, QuoteBox
from app.errors import DocumentFailure

PAGE = PageSize("1", 500, 700)


def test_words_of_a_line_share_a_box_and_columns_do_not() -> None:
    words = [
        Word("a", 10, 10, 40, 20),
        Word("b", 44, 11, 80, 21),
        Word("c", 300, 10, 330, 20),
        Word("d", 10, 30, 20, 40),
    ]
    boxes = boxes_of(words, [WordPart(number) for number in range(4)], 3, PAGE)
    assert boxes == [QuoteBox(3, 10, 10, 80, 21), QuoteBox(3, 300, 10, 330, 20), QuoteBox(3, 10, 30, 20, 40)]


def test_words_that_run_up_the_page_share_a_box() -> None:
    words = [Word("up", 10, 100, 20, 130, vertical=True), Word("here", 10, 60, 20, 96, vertical=True)]
    assert boxes_of(words, [WordPart(0), WordPart(1)], 1, PAGE) == [QuoteBox(1, 10, 60, 20, 130)]


def test_part_of_a_word_and_what_is_cropped_away() -> None:
    assert boxes_of([Word("abcd", 0, 0, 40, 10)], [WordPart(0, 0.5, 1.0)], 1, PAGE) == [QuoteBox(1, 20, 0, 40, 10)]
    assert boxes_of([Word("x", 600, 0, 640, 10)], [WordPart(0)], 1, PAGE) == []
    assert boxes_of([Word("x", 480, 0, 540, 10)], [WordPart(0)], 1, PAGE) == [QuoteBox(1, 480, 0, 500, 10)]


def test_html_shows_every_character_and_runs_none() -> None:
    shown = page_html("<img src=x onerror=\"a()\"> & 'b'\nnext", 0)
    assert shown == (
        '<p data-start="0" data-end="36">&lt;img src=x onerror=&quot;a()&quot;&gt; &amp; &#x27;b&#x27;<br>\nnext</p>'
    )


def test_html_has_offsets_of_paragraphs_and_marks_a_range_across_them() -> None:
    text = "One two.\n\nThree <four>."
    assert page_html(text, 100, (104, 115)) == (
        '<p data-start="100" data-end="108">One <mark>two.</mark></p>\n'
        '<p data-start="110" data-end="123"><mark>Three</mark> &lt;four&gt;.</p>'
    )
    assert "<mark>" not in page_html(text, 100, (0, 100))


def test_text_without_pages_is_divided_at_blank_lines() -> None:
    text = "\n\n".join(f"Paragraph {number}. " + "word " * 100 for number in range(40))
    spans = page_spans(DocumentText(text, ()))
    assert "".join(text[span.char_start : span.char_end] for span in spans) == text
    assert all(span.char_end - span.char_start <= PART_CHARS for span in spans)
    assert all(text[span.char_start :].startswith("Paragraph") for span in spans)
    assert len(page_spans(DocumentText("x" * (PART_CHARS + 1), ()))) == 2
    pages = (PageSpan(1, 0, 3), PageSpan(2, 3, 3))
    assert page_spans(DocumentText("abc", pages)) == pages


def test_words_and_sizes_travel_between_processes() -> None:
    words = [Word("é", 1.234, 2, 3, 4, glued=True), Word("x", -1, 0, 1, 9, vertical=True)]
    decoded = decode_words(encode_words(words, pictured=True))
    assert decoded.pictured
    assert [(word.text, word.x0, word.glued, word.vertical) for word in decoded.words] == [
        ("é", 1.23, True, False),
        ("x", -1, False, True),
    ]
    assert decode_sizes(encode_sizes([PageSize("iv", 10, 20)])) == (PageSize("iv", 10, 20),)


@pytest.mark.parametrize("data", [b"", b"[]", b'[true, [["x", 1, 2, 3, 1e999, 0]]]', b'[true, [["x", 1, 2]]]', b"\xff"])
def test_other_results_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        decode_words(data)
    with pytest.raises(ValueError):
        decode_sizes(data if data != b"[]" else b'[["1", 0, 5]]')


def test_words_of_ocr_have_their_places_in_points(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        "level\tpage",
        "5\t1\t1\t1\t1\t1\t100\t200\t80\t40\t96\tlight-",
        "5\t1\t1\t1\t2\t1\t100\t250\t60\t40\t96\thouse",
    ]
    rows += ["4\t1\t1\t1\t2\t0\t0\t0\t9\t9\t-1\t", "5\t1\t1\t1\t2\t2\t170\t250\t60\t40\t-1\t "]
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\ncat > /dev/null\nprintf '%s\\n' '" + "' '".join(rows) + "'\n")
    program.chmod(0o755)
    monkeypatch.setattr(recognised_words, "tesseract", lambda: str(program))
    found = list(recognise_words(Image.new("L", (600, 800)), ParserLimits(), 0.5))
    assert found == [Word("light-", 50, 100, 90, 120), Word("house", 50, 125, 80, 145, glued=True)]


def test_ocr_that_is_not_there_or_fails_is_a_typed_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for program in (None, "/bin/false"):
        monkeypatch.setattr(recognised_words, "tesseract", lambda program=program: program)
        with pytest.raises(DocumentFailure) as caught:
            list(recognise_words(Image.new("L", (9, 9)), ParserLimits(), 1.0))
        assert caught.value.code == "ocr_unavailable"
