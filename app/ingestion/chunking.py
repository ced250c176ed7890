"""Splitting a document: along its structure first, by tokens second, at sentence ends, with overlap."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from app.ingestion.parsed import Block, ParsedDocument
from app.retrieval.sentences import sentence_spans
from app.store.records import NewChunk, PageSpan

TokenSpans = Callable[[str], list[tuple[int, int]]]
SLICE_CHARS = 200_000  # the tokenizer's input at a time; slices end at block bounds
TINY = 0.25  # of the budget: a chunk smaller than that may run on into the next section
LONGEST_HEADING = 200
LONGEST_TOKEN = 16  # characters a token may stand for: a long run of nothing known is one token


@dataclass(frozen=True, slots=True)
class Unit:
    """The smallest piece that is not split: a sentence, a table row, or a part of an over-long one."""

    start: int
    end: int
    tokens: int
    heading: str  # path of the headings above it
    opens_section: bool


class Ruler:
    """Counts tokens between two offsets of a text that was tokenised once."""

    def __init__(self, parsed: ParsedDocument, token_spans: TokenSpans) -> None:
        self._starts: list[int] = []
        for start, end in _slices(parsed):
            self._starts += [start + span[0] for span in token_spans(parsed.text[start:end])]

    def count(self, start: int, end: int) -> int:
        return bisect_left(self._starts, end) - bisect_left(self._starts, start)

    def cuts(self, start: int, end: int, tokens: int) -> Iterator[tuple[int, int]]:
        """start..end in pieces of at most `tokens` tokens (and as many characters as those may have)."""
        places = self._starts[bisect_left(self._starts, start) : bisect_left(self._starts, end)][tokens::tokens]
        bounds = [start, *(place for place in places if place > start), end]
        longest = tokens * LONGEST_TOKEN
        for first, last in pairwise(bounds):
            for cut in range(first, last, longest):
                yield cut, min(cut + longest, last)


def chunk(parsed: ParsedDocument, *, token_spans: TokenSpans, chunk_tokens: int, overlap_tokens: int) -> list[NewChunk]:
    """Chunks of at most `chunk_tokens` tokens that cover all text; the text of each is the document's own.

    Neighbours of one section share whole sentences of up to `overlap_tokens` tokens.
    """
    ruler = Ruler(parsed, token_spans)
    chunks: list[NewChunk] = []
    current: list[Unit] = []
    for unit in _units(parsed, ruler, chunk_tokens):
        size = sum(held.tokens for held in current)
        new_section = unit.opens_section and size > chunk_tokens * TINY
        if current and (size + unit.tokens > chunk_tokens or new_section):
            chunks.append(_chunk(parsed, ruler, current, len(chunks)))
            room = min(overlap_tokens, chunk_tokens - unit.tokens)
            current = [] if new_section else _tail(current, room)
        current.append(unit)
    if current:
        chunks.append(_chunk(parsed, ruler, current, len(chunks)))
    return chunks


def contextual_text(title: str, piece: NewChunk) -> str:
    """What is embedded: the chunk under its document's title and heading path."""
    context = " > ".join(part for part in (title[:LONGEST_HEADING], piece.heading) if part)
    return f"{context}\n{piece.text}" if context else piece.text


def _units(parsed: ParsedDocument, ruler: Ruler, chunk_tokens: int) -> Iterator[Unit]:
    path: list[tuple[int, str]] = []  # (level, heading)
    for block in parsed.blocks:
        if block.kind == "heading":
            text = " ".join(parsed.text[block.char_start : block.char_end].split())
            path = [*(entry for entry in path if entry[0] < block.level), (block.level, text)]
        heading = " > ".join(text for _, text in path)[:LONGEST_HEADING]
        opens = block.kind == "heading"
        for start, end in _pieces(parsed.text, block):
            for cut_start, cut_end in ruler.cuts(start, end, chunk_tokens):
                yield Unit(cut_start, cut_end, ruler.count(cut_start, cut_end), heading, opens)
                opens = False


def _pieces(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """Sentences of prose, lines of tables and code."""
    if block.kind not in {"table", "code"}:
        yield from sentence_spans(text, block.char_start, block.char_end)
        return
    start = block.char_start
    for line in text[block.char_start : block.char_end].split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def _tail(units: list[Unit], room: int) -> list[Unit]:
    """The last units of one section that fit into `room` tokens, not all of them."""
    kept: list[Unit] = []
    for unit in reversed(units[1:]):
        room -= unit.tokens
        if room < 0 or unit.heading != units[-1].heading or unit.opens_section:
            break
        kept.insert(0, unit)
    return kept


def _chunk(parsed: ParsedDocument, ruler: Ruler, units: list[Unit], index: int) -> NewChunk:
    start, end = units[0].start, units[-1].end
    body = next((unit for unit in units if not unit.opens_section), units[0])
    pages = _pages(parsed.pages, start, end)
    return NewChunk(
        index=index,
        text=parsed.text[start:end],
        heading=body.heading,
        page_start=pages[0],
        page_end=pages[1],
        char_start=start,
        char_end=end,
        tokens=ruler.count(start, end),
    )


def _pages(pages: tuple[PageSpan, ...], start: int, end: int) -> tuple[int, int] | tuple[None, None]:
    if not pages:
        return None, None
    starts = [span.char_start for span in pages]
    first = bisect_right(starts, start) - 1
    last = bisect_right(starts, end - 1) - 1
    return pages[_filled(pages, first, start)].page, pages[max(first, last)].page


def _filled(pages: tuple[PageSpan, ...], place: int, offset: int) -> int:
    """A page begins with the blank line before its text: an offset past the page's end is on the next one."""
    while place + 1 < len(pages) and offset >= pages[place].char_end:
        place += 1
    return place


def _slices(parsed: ParsedDocument) -> Iterator[tuple[int, int]]:
    """Spans of the text of about SLICE_CHARS characters that end where blocks end."""
    start = 0
    for block in parsed.blocks:
        if block.char_end - start >= SLICE_CHARS:
            yield start, block.char_end
            start = block.char_end
    if start < len(parsed.text):
        yield start, len(parsed.text)
