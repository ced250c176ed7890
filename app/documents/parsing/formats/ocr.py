"""OCR by tesseract, which runs as a program within the limits of the parsing process."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache

from app.documents.parsing.document_builder import DocumentBuilder
from app.errors import DocumentFailure

INSTALL = (
    "Install tesseract-ocr with the languages you need where the service runs "
    "(Debian: apt install tesseract-ocr tesseract-ocr-por) and read the document again (`reparse`)"
)
LONG_RUN = 6  # pages
MAX_RANGES = 20  # that one warning lists
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
    return DocumentFailure("ocr_unavailable", f"The file is a picture of text. {INSTALL}.")


def warn_unread(builder: DocumentBuilder, pages: Sequence[int]) -> None:
    """Say which pages, by number, are pictures that were not read, and what to do about it."""
    if not pages:
        return
    which = f"Page {pages[0]} shows a picture" if len(pages) == 1 else f"Pages {page_ranges(pages)} show pictures"
    if not available(builder):
        off = not builder.limits.ocr_languages
        advice = "Recognising text is turned off." if off else f"{INSTALL}."
    elif len(pages) > 1:
        advice = f"At most {builder.limits.ocr_pages:,} pages of a file are read by OCR, and none that takes too long."
    else:
        advice = "Reading it by OCR took too long."
    builder.warn("pages_not_read", f"{which} whose text was not read. {advice}")


def page_ranges(pages: Sequence[int]) -> str:
    """Numbers in order as a reader writes them: "2, 3 and 7-19"."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    shown = [
        part
        for run in runs[:MAX_RANGES]
        for part in ([f"{run[0]}-{run[-1]}"] if len(run) >= LONG_RUN else [str(page) for page in run])
    ]
    if len(runs) > MAX_RANGES:
        return f"{', '.join(shown)} and others"
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))


def recognise(picture: bytes, builder: DocumentBuilder) -> str | None:
    """Text of a picture (PNG, PGM, JPEG or TIFF); None if that takes too long.

    Raises DocumentFailure if tesseract or its languages are missing.
    """
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
        return None  # one page that takes too long does not cost the others
    if done.returncode and b"load" in done.stderr and b"language" in done.stderr:
        raise DocumentFailure(
            "ocr_unavailable",
            f"tesseract lacks the languages {languages!r}; install them or change LORACLE_OCR_LANGUAGES.",
        )
    return done.stdout.decode(errors="replace")
