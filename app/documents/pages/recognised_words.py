"""Words of a picture with their places, by tesseract. Runs in the sandboxed process only."""

from __future__ import annotations

import io
import os
import subprocess
from collections.abc import Iterator

from PIL import Image

from app.documents.pages.page_words import Word
from app.documents.parsing.document_builder import ParserLimits
from app.documents.parsing.formats.ocr import LANGUAGES, tesseract
from app.errors import DocumentFailure

HYPHENS = "-\u00ad\u2010\u2011"
WORD_LEVEL = "5"  # of tesseract's rows: page, block, paragraph, line, word
COLUMNS = 12
LINE = slice(1, 5)  # columns that name a line


def recognise_words(picture: Image.Image, limits: ParserLimits, points_per_pixel: float) -> Iterator[Word]:
    """Words with boxes in points. Raises DocumentFailure if tesseract or its languages are missing or too slow."""
    ended = ""
    line: list[str] = []
    for row in _rows(picture, limits):
        fields = row.split("\t")
        if len(fields) != COLUMNS or fields[0] != WORD_LEVEL or not fields[-1].strip():
            continue
        left, top, width, height = (int(field) * points_per_pixel for field in fields[6:10])
        text = fields[-1].strip()
        glued = ended != "" and ended in HYPHENS and fields[LINE] != line
        yield Word(text, left, top, left + width, top + height, glued, vertical=height > width and len(text) > 2)
        ended, line = text[-1], fields[LINE]


def _rows(picture: Image.Image, limits: ParserLimits) -> list[str]:
    program, languages = tesseract(), limits.ocr_languages
    if program is None or not LANGUAGES.fullmatch(languages):
        raise DocumentFailure("ocr_unavailable", "Recognising text is not available.")
    out = io.BytesIO()
    picture.convert("L").save(out, "PPM")
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, languages checked above, the picture on standard input
            [program, "stdin", "stdout", "-l", languages, "tsv"],
            input=out.getvalue(),
            capture_output=True,
            timeout=limits.ocr_page_s,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired:
        raise DocumentFailure("parser_timeout", "Recognising the text of the page took too long.") from None
    if done.returncode:
        raise DocumentFailure("ocr_unavailable", "Recognising the text of the page failed.")
    return done.stdout.decode(errors="replace").splitlines()
