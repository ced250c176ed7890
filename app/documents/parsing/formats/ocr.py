"""OCR by tesseract, which runs as a program within the limits of the parsing process."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from functools import cache

from app.documents.parsing.document_builder import DocumentBuilder
from app.errors import DocumentFailure

LANGUAGES = re.compile(r"[A-Za-z_]+(?:\+[A-Za-z_]+)*")


@cache
def tesseract() -> str | None:
    """Path of the program, if it is installed."""
    return shutil.which("tesseract")


def available(builder: DocumentBuilder) -> bool:
    return bool(builder.limits.ocr_languages) and tesseract() is not None


def unavailable(builder: DocumentBuilder) -> DocumentFailure:
    """The failure that explains why OCR is not available."""
    if not builder.limits.ocr_languages:
        return DocumentFailure("ocr_unavailable", "The file is a picture of text, and recognising text is turned off.")
    return DocumentFailure(
        "ocr_unavailable",
        "The file is a picture of text. Install tesseract-ocr with the languages you need where the service runs "
        "(Debian: apt install tesseract-ocr tesseract-ocr-por) and upload it again.",
    )


def recognise(picture: bytes, builder: DocumentBuilder) -> str:
    """Text of a picture (PNG, PGM, JPEG or TIFF). Raises DocumentFailure if tesseract or its languages are missing."""
    program, languages = tesseract(), builder.limits.ocr_languages
    if program is None or not LANGUAGES.fullmatch(languages):
        raise unavailable(builder)
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, languages checked above, the picture on standard input
            [program, "stdin", "stdout", "-l", languages],
            input=picture,
            capture_output=True,
            timeout=builder.limits.ocr_page_s,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired:
        return ""  # one page that takes too long does not cost the others
    if done.returncode and b"load" in done.stderr and b"language" in done.stderr:
        raise DocumentFailure(
            "ocr_unavailable",
            f"tesseract lacks the languages {languages!r}; install them or change LORACLE_OCR_LANGUAGES.",
        )
    return done.stdout.decode(errors="replace")
