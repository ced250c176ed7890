"""PDF by PDFium: the text of every page, lines joined to paragraphs, page spans kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium

from app.errors import DocumentFailure
from app.ingestion.build import DocumentBuilder, clean
from app.ingestion.parsed import ParsedDocument

# PDFium marks a hyphen it believes to be a line-break hyphen with U+FFFE (or U+0002).
BROKEN_WORD = re.compile("(\\w)[\u00ad\ufffe\x02-]\\s*\n\\s*(?=[a-zà-ÿ])|[\ufffe\x02]\\s*\n?")
SENTENCE_END = re.compile(r"[.!?:;…»”\"')\]]$")
SHORT_LINE = 0.75  # of the page's widest line: a line this short that ends a sentence ends a paragraph
BULLET = re.compile(r"^\s*(?:[•◦▪‣·*–-]|\(?\d{1,3}[.)])\s+")
HEADING = re.compile(r"^(?:\d+(?:\.\d+)*\.?\s+)?[A-ZÀ-Ý][^.!?;]{2,80}$")


def parse(path: Path, max_pages: int, max_chars: int) -> ParsedDocument:
    builder = DocumentBuilder("application/pdf", max_chars)
    document = _opened(path)
    try:
        if len(document) > max_pages:
            raise DocumentFailure(
                "too_many_pages", f"The document has {len(document):,} pages; at most {max_pages:,} are taken in."
            )
        for page in document:
            _add_page(builder, page)
    finally:
        document.close()
    return builder.finish()


def _opened(path: Path) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as fault:
        if "password" in str(fault).lower() or "security" in str(fault).lower():
            raise DocumentFailure(
                "encrypted", "The PDF is protected by a password; remove the protection and upload it again."
            ) from None
        raise DocumentFailure("truncated", "The PDF is damaged or cut off; export or download it again.") from None


def _add_page(builder: DocumentBuilder, page: pdfium.PdfPage) -> None:
    text_page = page.get_textpage()
    text = text_page.get_text_range(errors="ignore")
    text_page.close()
    page.close()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    joined = BROKEN_WORD.sub(lambda match: match.group(1) or "", text)
    for kind, paragraph in _paragraphs(clean(joined)):
        if kind == "heading":
            builder.add("heading", paragraph, 2)
        else:
            builder.add("list_item" if kind == "list_item" else "paragraph", paragraph)
    builder.end_page()


def _paragraphs(text: str) -> Iterator[tuple[str, str]]:
    """(kind, text) of each paragraph: split at blank lines, bullets, headings and short lines that end a sentence."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    widest = max((len(line) for line in lines), default=0)
    current: list[str] = []
    for place, line in enumerate(lines):
        alone = not current and HEADING.match(line) and len(line) < SHORT_LINE * widest
        if not line or BULLET.match(line):
            yield from _joined(current)
            current = []
        if alone and _heading_here(lines, place):
            yield "heading", line
            continue
        if line:
            current.append(line)
        if line and len(line) < SHORT_LINE * widest and SENTENCE_END.search(line):
            yield from _joined(current)
            current = []
    yield from _joined(current)


def _heading_here(lines: list[str], place: int) -> bool:
    """A line that looks like a heading is one if text follows that starts anew."""
    following = next((line for line in lines[place + 1 :] if line), "")
    return bool(following) and (following[0].isupper() or following[0].isdigit() or bool(BULLET.match(following)))


def _joined(lines: list[str]) -> Iterator[tuple[str, str]]:
    if lines:
        yield ("list_item" if BULLET.match(lines[0]) else "paragraph"), " ".join(lines)
