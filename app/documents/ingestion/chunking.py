"""Split a document into chunks: along its structure first, then by tokens at sentence ends, with overlap.

Searches find small chunks. The prompt gets the section around each chunk, which is stored as a span of the text.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.documents.parsing.document_builder import Block, ParsedDocument
from app.documents.parsing.tables import SEPARATOR, row_label
from app.domain.documents import ChunkText, CollectionSettings, NewChunk, PageSpan
from app.domain.offsets import Utf16Offsets
from app.text.sentences import LONGEST_ITEM, sentence_spans

TokenSpans = Callable[[str], list[tuple[int, int]]]
SLICE_CHARS = 200_000  # of one call of the tokenizer
MIN_CHUNK_SHARE = 0.25  # of the token budget: a smaller chunk may continue into the next section
MAX_HEADING_CHARS = 200
CHUNKER_VERSION = "c5"  # changes when the same text is split differently
MAX_TOKEN_CHARS = 16  # a tokenizer may make one token of a long unknown word


@dataclass(frozen=True, slots=True)
class Unit:
    """The smallest indivisible piece: a sentence, a list item, a table row, or a part of one that is too long."""

    start: int
    end: int
    tokens: int
    heading: str  # path of the headings above it
    opens_section: bool


class TokenCounter:
    """Counts tokens between two offsets of a text, which it tokenises once."""

    def __init__(self, parsed: ParsedDocument, token_spans: TokenSpans) -> None:
        self._starts = array("L")  # 8 bytes a token, where a list of integers takes 36
        for start, end in _slices(parsed):
            self._starts.extend(start + span[0] for span in token_spans(parsed.text[start:end]))

    def count(self, start: int, end: int) -> int:
        return bisect_left(self._starts, end) - bisect_left(self._starts, start)

    def cuts(self, start: int, end: int, tokens: int) -> Iterator[tuple[int, int]]:
        """Split a span into pieces of at most `tokens` tokens and of at most MAX_TOKEN_CHARS for each of these."""
        places = self._starts[bisect_left(self._starts, start) : bisect_left(self._starts, end)][tokens::tokens]
        bounds = [start, *(place for place in places if place > start), end]
        longest = tokens * MAX_TOKEN_CHARS
        for first, last in pairwise(bounds):
            for cut in range(first, last, longest):
                yield cut, min(cut + longest, last)


@dataclass(frozen=True, slots=True)
class ChunkSettings:
    """Sizes in tokens of the embedding model."""

    tokens: int = 200
    overlap_tokens: int = 40
    section_tokens: int = 300  # of the section around a chunk that the prompt gets; 0: the chunk alone

    def for_collection(self, collection: CollectionSettings) -> ChunkSettings:
        """These settings, with those of the collection in their place."""
        tokens = self.tokens if collection.chunk_tokens is None else collection.chunk_tokens
        overlap = collection.chunk_overlap_tokens
        if overlap is None:
            overlap = min(self.overlap_tokens, tokens // 2)
        section = self.section_tokens if collection.section_tokens is None else collection.section_tokens
        return ChunkSettings(tokens, overlap, section)

    @property
    def fingerprint(self) -> str:
        """Identifies the settings that decide the text of chunks: another fingerprint needs new chunks."""
        return f"{CHUNKER_VERSION}-{self.tokens}-{self.overlap_tokens}-{self.section_tokens}"


def ingestion_fingerprint(embeddings: str, settings: ChunkSettings) -> str:
    """Identifies the embedding model (by its fingerprint) and the settings that chunks and vectors come from."""
    return f"{embeddings}-{settings.fingerprint}"


def chunk(parsed: ParsedDocument, *, token_spans: TokenSpans, settings: ChunkSettings) -> list[NewChunk]:
    """Chunks of at most `settings.tokens` tokens that cover the text; the text of each is verbatim from the document.

    Neighbours of one section share whole sentences of up to `settings.overlap_tokens` tokens.
    """
    counter = TokenCounter(parsed, token_spans)
    units = list(_units(parsed, counter, settings.tokens))
    offsets = Utf16Offsets(parsed.text)
    return [
        _chunk(parsed, counter, units, span, settings.section_tokens, index, offsets)
        for index, span in enumerate(_group_units(units, settings))
    ]


def _group_units(units: list[Unit], settings: ChunkSettings) -> Iterator[tuple[int, int]]:
    """(first, last) unit of each chunk, last inclusive."""
    first = size = 0
    for place, unit in enumerate(units):
        new_section = unit.opens_section and size > settings.tokens * MIN_CHUNK_SHARE
        if place > first and (size + unit.tokens > settings.tokens or new_section):
            yield first, place - 1
            room = min(settings.overlap_tokens, settings.tokens - unit.tokens)
            first = place if new_section else _overlap_start(units, first, place, room)
            size = sum(shared.tokens for shared in units[first:place])
        size += unit.tokens
    if units:
        yield first, len(units) - 1


def contextual_text(title: str, piece: NewChunk | ChunkText) -> str:
    """The text to embed: title of the document, heading path (which may begin with the title) and the chunk."""
    title = "" if piece.heading.startswith(title) else title[:MAX_HEADING_CHARS]
    context = " > ".join(part for part in (title, piece.heading) if part)
    return f"{context}\n{piece.text}" if context else piece.text


def _units(parsed: ParsedDocument, counter: TokenCounter, chunk_tokens: int) -> Iterator[Unit]:
    path: list[tuple[int, str]] = []  # (level, heading)
    section = ""
    for block in parsed.blocks:
        if block.kind == "heading":
            text = " ".join(parsed.text[block.char_start : block.char_end].split())
            path = [*(entry for entry in path if entry[0] < block.level), (block.level, text)]
        heading = _labelled(" > ".join(text for _, text in path)[:MAX_HEADING_CHARS], block.section)
        opens = block.kind == "heading" or block.section != section
        section = block.section
        for start, end, label in _pieces(parsed.text, block, counter, chunk_tokens):
            under = _labelled(heading, label)
            for cut_start, cut_end in counter.cuts(start, end, chunk_tokens):
                yield Unit(cut_start, cut_end, counter.count(cut_start, cut_end), under, opens)
                opens = False


def _labelled(heading: str, label: str) -> str:
    """The heading path of a part that has a label, such as a section's name or what a row is about: it ends with it."""
    if not label:
        return heading
    room = MAX_HEADING_CHARS - len(label) - len(" > ")
    return f"{heading[:room]} > {label}" if heading else label


def _pieces(text: str, block: Block, counter: TokenCounter, chunk_tokens: int) -> Iterator[tuple[int, int, str]]:
    """Spans of sentences, list items, lines of tables and code, each with a label.

    A table row too long for a chunk is split at cells; its parts have the row's label, other pieces have none.
    """
    if block.kind == "list_item" and block.char_end - block.char_start <= LONGEST_ITEM:
        yield block.char_start, block.char_end, ""
        return
    if block.kind not in {"table", "code"}:
        yield from ((start, end, "") for start, end in sentence_spans(text, block.char_start, block.char_end))
        return
    start = block.char_start
    for line in text[block.char_start : block.char_end].split("\n"):
        end = start + len(line)
        if counter.count(start, end) > chunk_tokens and block.kind == "table":
            label = row_label(line)
            yield from ((first, last, label) for first, last in _cells(text, start, end, counter, chunk_tokens))
        elif line.strip():
            yield start, end, ""
        start = end + 1


def _cells(text: str, start: int, end: int, counter: TokenCounter, chunk_tokens: int) -> Iterator[tuple[int, int]]:
    """Split a table row into parts of whole cells, each with as many cells as fit."""
    place = start
    while place < end:
        cut = found = text.find(SEPARATOR, place + 1, end)
        while found > 0 and counter.count(place, found) <= chunk_tokens:
            cut, found = found, text.find(SEPARATOR, found + 1, end)
        if found < 0 and (cut < 0 or counter.count(place, end) <= chunk_tokens):
            cut = end
        yield place, cut
        place = cut if cut == end else cut + len(SEPARATOR)


def _overlap_start(units: list[Unit], first: int, end: int, room: int) -> int:
    """The first unit of the next chunk: it repeats the last units of the section that fit into `room` tokens."""
    start = end
    while start - 1 > first:
        unit = units[start - 1]
        room -= unit.tokens
        if room < 0 or unit.heading != units[end - 1].heading or unit.opens_section:
            break
        start -= 1
    return start


def _chunk(
    parsed: ParsedDocument,
    counter: TokenCounter,
    units: list[Unit],
    span: tuple[int, int],
    section_tokens: int,
    index: int,
    offsets: Utf16Offsets,
) -> NewChunk:
    first, last = span
    start, end = units[first].start, units[last].end
    body = next((unit for unit in units[first : last + 1] if not unit.opens_section), units[first])
    pages = pages_of(parsed.pages, start, end)
    section = _section(units, first, last, section_tokens)
    return NewChunk(
        index=index,
        text=parsed.text[start:end],
        heading=body.heading,
        page_start=pages[0],
        page_end=pages[1],
        char_start=start,
        char_end=end,
        tokens=counter.count(start, end),
        section_start=units[section[0]].start,
        section_end=units[section[1]].end,
        utf16_shift=offsets.shift(start),
    )


def _section(units: list[Unit], first: int, last: int, most_tokens: int) -> tuple[int, int]:
    """First and last unit of the section: as many units under the same heading, after and before the chunk, as fit."""
    room = most_tokens - sum(unit.tokens for unit in units[first : last + 1])
    grown = True
    while grown:
        grown = False
        if last + 1 < len(units) and units[last + 1].heading == units[last].heading and units[last + 1].tokens <= room:
            last, grown = last + 1, True
            room -= units[last].tokens
        if first > 0 and units[first - 1].heading == units[first].heading and units[first - 1].tokens <= room:
            first, grown = first - 1, True
            room -= units[first].tokens
    return first, last


def pages_of(pages: Sequence[PageSpan], start: int, end: int) -> tuple[int, int] | tuple[None, None]:
    """First and last page of a span of the text; None for documents without pages."""
    if not pages:
        return None, None
    starts = [span.char_start for span in pages]
    first = bisect_right(starts, start) - 1
    last = bisect_right(starts, end - 1) - 1
    return pages[_filled(pages, first, start)].page, pages[max(first, last)].page


def _filled(pages: Sequence[PageSpan], place: int, offset: int) -> int:
    """The page with the offset at `place` or after it: a page starts at the blank line before its text."""
    while place + 1 < len(pages) and offset >= pages[place].char_end:
        place += 1
    return place


def _slices(parsed: ParsedDocument) -> Iterator[tuple[int, int]]:
    """Spans of the text of at most SLICE_CHARS characters that end at white space, if there is any."""
    text, start = parsed.text, 0
    while start < len(text):
        limit = start + SLICE_CHARS
        space = max(text.rfind(" ", start, limit), text.rfind("\n", start, limit))
        end = min(limit, len(text)) if limit >= len(text) or space <= start else space + 1
        yield start, end
        start = end
