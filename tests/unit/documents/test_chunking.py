"""Chunks: within the budget, nothing lost, exact offsets, the right headings and pages."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents.ingestion.chunking import ChunkSettings, chunk, contextual_text
from app.documents.parsing.document_builder import DocumentBuilder, ParsedDocument, ParserLimits
from app.domain.documents import NewChunk
from app.embeddings.hashing import HashingEmbedder

spans = HashingEmbedder().token_spans


def split(parsed: ParsedDocument, tokens: int = 32, overlap: int = 8) -> list[NewChunk]:
    return chunk(parsed, token_spans=spans, settings=ChunkSettings(tokens, overlap, 2 * tokens))


WORD = st.text("abcç é1中", min_size=1, max_size=12)
SENTENCE = st.lists(WORD, min_size=1, max_size=60).map(lambda words: " ".join(words) + ".")
BLOCK = st.tuples(
    st.sampled_from(["heading", "paragraph", "list_item", "table", "code"]),
    st.one_of(SENTENCE, st.lists(SENTENCE, max_size=4).map("\n".join), st.text(max_size=400)),
    st.booleans(),
)


@st.composite
def documents(draw: st.DrawFn) -> ParsedDocument:
    builder = DocumentBuilder(ParserLimits())
    builder.add("paragraph", "Start.")
    for kind, text, page_ends in draw(st.lists(BLOCK, max_size=12)):
        builder.add(kind, text, level=2 if kind == "heading" else 0)
        if page_ends:
            builder.end_page()
    return builder.finish("text/plain")


@settings(max_examples=200, deadline=None)
@given(parsed=documents(), tokens=st.integers(16, 64), overlap=st.integers(0, 16))
def test_chunks_cover_all_text_within_the_budget_at_exact_offsets(
    parsed: ParsedDocument, tokens: int, overlap: int
) -> None:
    chunks = split(parsed, tokens, overlap)
    covered = bytearray(len(parsed.text))
    for piece in chunks:
        assert piece.text == parsed.text[piece.char_start : piece.char_end]
        assert piece.text.strip()
        assert piece.tokens <= tokens
        assert len(piece.text) <= tokens * 200
        assert piece.section_start <= piece.char_start
        assert piece.section_end >= piece.char_end
        assert len(spans(parsed.text[piece.section_start : piece.section_end])) <= 2 * tokens + 1
        covered[piece.char_start : piece.char_end] = b"\1" * (piece.char_end - piece.char_start)
    for block in parsed.blocks:
        for place in range(block.char_start, block.char_end):
            assert covered[place] or parsed.text[place].isspace()
    assert [piece.index for piece in chunks] == list(range(len(chunks)))
    starts = [piece.char_start for piece in chunks]
    assert starts == sorted(starts)


@settings(max_examples=100, deadline=None)
@given(parsed=documents())
def test_pages_are_those_the_text_stands_on(parsed: ParsedDocument) -> None:
    for piece in split(parsed):
        if not parsed.pages:
            assert piece.page_start is None
            continue
        first = next(s.page for s in parsed.pages if piece.char_start < s.char_end or s is parsed.pages[-1])
        assert piece.page_start == first
        assert piece.page_end is not None
        assert piece.page_end >= piece.page_start


def prose(sentences: int) -> ParsedDocument:
    builder = DocumentBuilder(ParserLimits())
    builder.add("heading", "Rules", 1)
    builder.add("heading", "Loans", 2)
    builder.add("paragraph", " ".join(f"Sentence number {i} says a thing." for i in range(sentences)))
    return builder.finish("text/plain")


def test_neighbours_share_whole_sentences() -> None:
    chunks = split(prose(40), 32, 8)
    assert len(chunks) > 3
    for before, after in itertools.pairwise(chunks):
        shared = before.text[after.char_start - before.char_start :]
        assert shared.startswith("Sentence number")
        assert shared.endswith("thing.")


def test_chunks_end_at_sentence_ends() -> None:
    assert all(piece.text.endswith(".") for piece in split(prose(40)))


def test_chunks_do_not_end_within_a_list_item() -> None:
    builder = DocumentBuilder(ParserLimits())
    items = [f"Item number {i} is this. It has a second sentence." for i in range(20)]
    for item in items:
        builder.add("list_item", item)
    pieces = split(builder.finish("text/plain"), 32, 0)
    assert [item for piece in pieces for item in piece.text.split("\n\n")] == items


def test_heading_path_is_the_context() -> None:
    last = split(prose(40))[-1]
    assert last.heading == "Rules > Loans"
    assert contextual_text("Handbook", last).startswith("Handbook > Rules > Loans\nSentence")


def test_sections_do_not_share_chunks_unless_they_are_tiny() -> None:
    builder = DocumentBuilder(ParserLimits())
    for name in ("One", "Two"):
        builder.add("heading", name, 1)
        builder.add("paragraph", f"This is what section {name} says about itself at some length, ten words and more.")
    chunks = split(builder.finish("text/plain"), 64, 0)
    assert [piece.heading for piece in chunks] == ["One", "Two"]


@pytest.mark.parametrize("text", ["x" * 100_000, "中" * 5000, "a " * 20_000, "\n".join(["|"] * 3000)])
def test_text_without_sentences_is_cut_by_tokens(text: str) -> None:
    builder = DocumentBuilder(ParserLimits())
    builder.add("paragraph", text)
    assert all(piece.tokens <= 32 for piece in split(builder.finish("text/plain")))


def test_section_is_what_stands_under_the_same_heading() -> None:
    builder = DocumentBuilder(ParserLimits())
    for name in ("One", "Two", "Three"):
        builder.add("heading", name, 1)
        builder.add("paragraph", " ".join(f"Section {name} says thing number {i} here." for i in range(12)))
    parsed = builder.finish("text/plain")
    chunks = chunk(parsed, token_spans=spans, settings=ChunkSettings(32, 0, 1000))
    middle = [piece for piece in chunks if piece.heading == "Two"]
    assert len(middle) > 1
    for piece in middle:
        section = parsed.text[piece.section_start : piece.section_end]
        assert section.startswith("Two\n")
        assert section.endswith("thing number 11 here.")
        assert "One" not in section
        assert "Three" not in section


def test_long_rows_are_cut_between_cells() -> None:
    builder = DocumentBuilder(ParserLimits())
    builder.add_table([[f"column {i}" for i in range(30)], [f"value {i}" for i in range(30)]])
    chunks = split(builder.finish("text/csv"), 32, 0)
    assert len(chunks) > 1
    cells = [cell for piece in chunks for cell in piece.text.split(" | ")]
    assert cells == [f"column {i}: value {i}" for i in range(30)]


def test_long_text_is_tokenised_in_slices_that_cut_no_word() -> None:
    builder = DocumentBuilder(ParserLimits())
    builder.add("paragraph", "word " * 100_000)
    lengths = []

    def counting(text: str) -> list[tuple[int, int]]:
        lengths.append(len(text))
        assert text.strip().split(" ")[0] == text.strip().split(" ")[-1] == "word"
        return spans(text)

    chunk(builder.finish("text/plain"), token_spans=counting, settings=ChunkSettings())
    assert max(lengths) <= 200_000


def test_parts_of_a_long_row_say_what_the_row_is_about() -> None:
    builder = DocumentBuilder(ParserLimits())
    builder.add("heading", "Meters", 1)
    names = [f"meter {i}" for i in range(40)]
    rows = [["No.", "Mill", *names], *([str(n), mill, *["7"] * 40] for n, mill in enumerate(["Upper", "Lower"]))]
    builder.add_table(rows)
    chunks = split(builder.finish("text/csv"), 48, 0)[1:]  # the first is the heading
    half = len(chunks) // 2
    assert half > 2
    assert {piece.heading for piece in chunks[:half]} == {"Meters > No.: 0 | Mill: Upper"}
    assert {piece.heading for piece in chunks[half:]} == {"Meters > No.: 1 | Mill: Lower"}
    assert all(piece.text == builder.finish("x").text[piece.char_start : piece.char_end] for piece in chunks)


@settings(max_examples=50, deadline=None)
@given(texts=st.lists(st.text("ab. \U0001f600é", min_size=1, max_size=80), min_size=1, max_size=8))
def test_chunks_know_their_place_in_utf16(texts: list[str]) -> None:
    builder = DocumentBuilder(ParserLimits())
    for text in ["\U0001f600 start.", *texts]:
        builder.add("paragraph", text)
    parsed = builder.finish("text/plain")
    code_units = parsed.text.encode("utf-16-le")
    for piece in split(parsed):
        found = code_units[2 * piece.char_start_utf16 : 2 * piece.char_end_utf16]
        assert found.decode("utf-16-le") == piece.text
