"""Kinds of text files: notebooks, subtitles, source code, logs and what says which of them a file is."""

from __future__ import annotations

import io
import json
import re
from itertools import pairwise

import pytest

from app.documents.ingestion.chunking import ChunkSettings, chunk
from app.documents.parsing import media_types as types
from app.documents.parsing.document_builder import ParsedDocument, ParserLimits
from app.documents.parsing.formats import parse
from app.documents.parsing.languages import LANGUAGES
from app.documents.parsing.media_types import TEXT_EXTENSIONS, ZIP_EXTENSIONS, detect
from app.documents.parsing.parser_worker import decode_message, encode_message
from app.domain.documents import NewChunk
from app.errors import DocumentFailure
from tests.support.paths import ROOT


def read(name: str, data: bytes | str) -> ParsedDocument:
    data = data.encode() if isinstance(data, str) else data
    return parse(data, detect(io.BytesIO(data), name), ParserLimits())


def blocks(parsed: ParsedDocument) -> list[tuple[str, str]]:
    return [(block.kind, parsed.text[block.char_start : block.char_end]) for block in parsed.blocks]


def sections(parsed: ParsedDocument) -> dict[str, str]:
    return {block.section: parsed.text[block.char_start : block.char_end] for block in parsed.blocks}


def chunks(parsed: ParsedDocument, tokens: int = 20) -> list[NewChunk]:
    def spans(text: str) -> list[tuple[int, int]]:
        return [found.span() for found in re.finditer(r"\w+|[^\w\s]", text)]

    return chunk(parsed, token_spans=spans, settings=ChunkSettings(tokens, 0))


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("plan.ipynb", b'{"cells": []}', types.NOTEBOOK),
        ("talk.srt", b"1\n00:00:01,000 --> 00:00:02,000\nHi\n", types.SRT),
        ("talk.txt", b"\xef\xbb\xbf1\r\n00:00:01,000 --> 00:00:02,000\r\nHi\r\n", types.SRT),
        ("talk", b"WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n", types.VTT),
        ("server.log", b"2026-01-01 10:00:00 up", types.LOG),
        ("rows.txt", b'{"a": 1}\n{"a": 2}\n', types.JSONL),
        ("rows.txt", b"{a}\n{b}\n", types.TEXT),
        ("src/Pump.java", b"class Pump {}", "text/x-java"),
        ("run", b"#!/usr/bin/env python3\nprint(1)\n", "text/x-python"),
        ("run.txt", b"#!/bin/sh\n", types.TEXT),
        ("ops/Dockerfile", b"FROM scratch\n", "text/x-dockerfile"),
        (".env", b"A=1\n", "text/x-properties"),
        ("Page.vue", b"<template></template>", "text/x-vue"),
    ],
)
def test_kind_of_a_text_by_name_and_content(name: str, data: bytes, expected: str) -> None:
    assert detect(io.BytesIO(data), name) == expected


def test_languages_share_neither_names_nor_endings() -> None:
    endings = [ending for language in LANGUAGES for ending in language.endings]
    assert len(endings) == len(set(endings))
    assert len({language.media_type for language in LANGUAGES}) == len(LANGUAGES)


def test_every_ending_of_a_name_is_documented() -> None:
    page = (ROOT / "docs" / "reference" / "formats.md").read_text(encoding="utf-8")
    endings = {*TEXT_EXTENSIONS, *ZIP_EXTENSIONS, *(ending for one in LANGUAGES for ending in one.endings)}
    assert [ending for ending in sorted(endings) if f"`{ending}`" not in page] == []


NOTEBOOK = {
    "metadata": {"kernelspec": {"name": "python3"}},
    "nbformat": 4,
    "cells": [
        {"cell_type": "markdown", "source": ["# Tides\n", "\n", "Water *rises*."]},
        {"cell_type": "code", "source": "if high:\n    print(level)", "outputs": [
            {"output_type": "stream", "text": ["10%\r", "100%\n", "4.2 m\n"]},
            {"output_type": "display_data", "data": {"image/png": "aGVsbG8=" * 200, "text/plain": "<Figure>"}},
            {"output_type": "execute_result", "data": {
                "text/html": "<style>th {}</style><table><thead><tr><th>Port</th><th>Depth</th></tr></thead>"
                "<tbody><tr><td>Aveiro</td><td>9</td></tr></tbody></table>",
                "text/plain": "  Port Depth\n0 Aveiro 9"}},
            {"output_type": "error", "ename": "KeyError", "evalue": "'ebb'", "traceback": ["\x1b[31m---\x1b[0m"]},
        ]},
        {"cell_type": "raw", "source": "A note."},
    ],
}  # fmt: skip


def test_notebook_is_its_text_its_code_and_what_the_code_shows() -> None:
    assert blocks(read("tides.ipynb", json.dumps(NOTEBOOK))) == [
        ("heading", "Tides"),
        ("paragraph", "Water rises."),
        ("code", "if high:\n    print(level)"),
        ("code", "100%\n4.2 m"),
        ("table", "Port: Aveiro | Depth: 9"),
        ("paragraph", "KeyError: 'ebb'"),
        ("paragraph", "A note."),
    ]


def test_old_notebooks_keep_their_cells_in_worksheets() -> None:
    cells = [
        {"cell_type": "heading", "level": 2, "source": "Ebb"},
        {"cell_type": "code", "input": ["a = 1\n", "a"], "outputs": [{"text": ["1"], "png": "aGVsbG8="}]},
    ]
    parsed = read("old.ipynb", json.dumps({"worksheets": [{"cells": cells}]}))
    assert blocks(parsed) == [("heading", "Ebb"), ("code", "a = 1\na"), ("code", "1")]


@pytest.mark.parametrize("data", [b'{"cells": [', b"[]", b'{"cells": ' + b"[" * 100_000])
def test_damaged_notebook_fails_with_a_reason(data: bytes) -> None:
    with pytest.raises(DocumentFailure) as caught:
        read("a.ipynb", data)
    assert caught.value.code in {"truncated", "nested_too_deeply"}


@pytest.mark.parametrize("data", [b'{"cells": 7}', b'{"cells": [7, {"cell_type": 3, "source": {}, "outputs": [1]}]}'])
def test_notebook_of_odd_values_has_no_text(data: bytes) -> None:
    with pytest.raises(DocumentFailure) as caught:
        read("a.ipynb", data)
    assert caught.value.code == "no_text"


def test_subtitles_are_speech_with_its_times() -> None:
    srt = (
        "1\n00:00:01,000 --> 00:00:03,000\n<i>The ferry leaves</i>\n{\\an8}at &quot;six&quot; from\n\n"
        "2\n00:00:03,000 --> 00:00:05,000\nthe old quay.\n3\n00:01:02,500 --> 00:01:04,000\nBring a coat.\n"
    )
    parsed = read("ferry.srt", srt)
    assert sections(parsed) == {
        "00:00:01": 'The ferry leaves at "six" from the old quay.',
        "00:01:02": "Bring a coat.",
    }
    assert [(piece.heading, piece.text) for piece in chunks(parsed, 12)] == [
        ("00:00:01", 'The ferry leaves at "six" from the old quay.'),
        ("00:01:02", "Bring a coat."),
    ]


def test_subtitles_say_who_speaks() -> None:
    vtt = (
        "WEBVTT - Harbour talk\n\nNOTE not shown\n\nSTYLE\n::cue { color: red }\n\nintro\n"
        "00:01.000 --> 00:02.000 align:start\n<v.loud Eva>When does it\n\n00:02.000 --> 00:03.000\n<v Eva>open?\n\n"
        "00:03.000 --> 00:04.000\n<v Ivo>At <00:03.500><c.now>ten.</c>\n\n00:04.000 --> 00:05.000\n- Sure?\n- Yes.\n"
    )
    parsed = read("talk.vtt", vtt)
    assert parsed.title == "Harbour talk"
    assert parsed.text.split("\n\n") == ["Eva: When does it open?", "Ivo: At ten.", "Ivo: Sure?", "Ivo: Yes."]


def test_lines_of_rolling_captions_come_once() -> None:
    said = ["we go on", "to the mill", "and grind", "the barley", "until noon"]
    pairs = pairwise(said)
    cues = "\n\n".join(f"00:0{at}.000 --> 00:0{at + 1}.000\n{a}\n{b}" for at, (a, b) in enumerate(pairs))
    assert read("auto.vtt", f"WEBVTT\n\n{cues}\n").text == " ".join(said)


def test_words_that_are_said_twice_stay_twice() -> None:
    cues = "\n\n".join(
        f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{text}" for n, text in enumerate(["No.", "No.", "Why?"])
    )
    assert read("a.srt", cues).text == "No. No. Why?"


def test_dialogue_of_styled_subtitles() -> None:
    text = (
        "[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
        "Dialogue: 0,0:00:01.00,0:00:02.50,Main,Eva,0,0,0,,{\\i1}The mill,\\Nthe old one,\n"
        "Dialogue: 0,0:00:02.50,0:00:04.00,Main,Eva,0,0,0,,grinds barley.\n"
    )
    assert read("mill.ass", text).text == "Eva: The mill, the old one, grinds barley."


def test_subtitles_without_times_are_refused() -> None:
    with pytest.raises(DocumentFailure, match="00:01:05"):
        read("a.srt", "No times here.")


PUMPS = '''"""Pumps of the mill."""

LIMIT = 7


# Two lines
# of comment.
class Pump:
    """A class of pumps.

    function of time."""

    @property
    def level(self) -> int:
        if self.dry:
            return 0

        return LIMIT

    stopped = True


def main(
    speed: int,
) -> None:
    Pump().level


if __name__ == "__main__":
    main(3)
'''


def test_code_is_verbatim_in_sections_by_definition() -> None:
    parsed = read("pumps.py", PUMPS)
    assert parsed.text == PUMPS.rstrip("\n")
    assert [block.section for block in parsed.blocks] == [
        "Python",
        "Python > class Pump",
        "Python > class Pump > def level(self) -> int",
        "Python > class Pump",
        "Python > def main",
        "Python",
    ]
    assert blocks(parsed)[1][1].startswith("# Two lines")
    assert blocks(parsed)[2][1].startswith("    @property\n    def level")


def test_chunks_of_code_keep_their_indentation_and_say_what_they_are_in() -> None:
    found = {piece.text: piece.heading for piece in chunks(read("pumps.py", PUMPS), 24)}
    method = next(text for text in found if "return LIMIT" in text)
    assert found[method] == "Python > class Pump > def level(self) -> int"
    assert "\n        if self.dry:\n            return 0\n\n        return LIMIT" in method


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "a.go",
            "package a\n\nfunc (t *T) Fill(n int) error {\n\treturn nil\n}\n",
            ["Go > func (t *T) Fill(n int) error"],
        ),
        (
            "a.ts",
            "export class Cart {\n  async total(a: A[]): number {\n    if (a) {\n    }\n  }\n}\nlet add = (a) => {\n};",
            [
                "TypeScript > export class Cart",
                "TypeScript > export class Cart > async total(a: A[]): number",
                "TypeScript > let add = (a)",
            ],
        ),
        ("a.c", "int square(int x)\n{\n  while (x) {\n  }\n}\n", ["C > int square(int x)"]),
        (
            "a.rs",
            "impl Tank {\n    pub fn new() -> Self {\n    }\n}\n",
            ["Rust > impl Tank", "Rust > impl Tank > pub fn new() -> Self"],
        ),
        ("a.sql", "create table people (\n  id int\n);\n", ["SQL > create table people"]),
        ("a.sh", "build() {\n  make\n}\n", ["Shell > build()"]),
        ("a.toml", "[tool.x]\na = 1\n[[rows]]\nb = 2\n", ["TOML > [tool.x]", "TOML > [[rows]]"]),
        ("a.yaml", "# web\nports:\n  - 80\nname: x\n", ["YAML > ports"]),
        ("a.css", "a { color: red }\n", []),
    ],
)  # fmt: skip
def test_definitions_of_other_languages(name: str, text: str, expected: list[str]) -> None:
    parsed = read(name, text)
    assert parsed.text == text.strip("\n")
    assert [block.section for block in parsed.blocks if " > " in block.section] == expected


def test_sections_survive_the_way_from_the_parsing_process() -> None:
    parsed = read("pumps.py", PUMPS)
    assert decode_message(encode_message(parsed)) == parsed


def test_words_that_line_ends_divide_are_joined_and_compounds_are_kept() -> None:
    text = (
        "The harbour mas-\nter keeps a long-\nterm list and an auto-\n  matic light.\n\n  - a\n  - b\n\nEnd-\n\nof file"
    )
    assert read("a.txt", text).text == (
        "The harbour master keeps a long-term list and an automatic light.\n\n  - a\n  - b\n\nEnd-\n\nof file"
    )


def test_log_is_verbatim_and_a_trace_stays_under_its_record() -> None:
    log = (
        "2026-03-01 10:00:01 INFO \x1b[32mup\x1b[0m\n2026-03-01 10:00:02 ERROR no file\nKeyError: 'x'\n\tat a.b\n"
        "2026-03-01 10:00:03 INFO down\n"
    )
    parsed = read("mill.log", log)
    assert parsed.text == log.replace("\x1b[32m", "").replace("\x1b[0m", "").strip()
    assert sections(parsed)["2026-03-01 10:00:02 ERROR no file"].endswith("KeyError: 'x'\n\tat a.b")
