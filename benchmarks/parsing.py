"""Phrases, cells and pages that survive parsing, with seconds and peak memory of each file.

    python -m benchmarks.parsing DOCUMENTS [--peer NAME=PYTHON ...] [--only TEXT]

DOCUMENTS holds EXPECT_*.jsonl (`file` with `must_contain` or `paragraphs`) and the files in folders beside them. Every
file is parsed in a process of its own. A peer is another library in another environment: kreuzberg, markitdown
or liteparse, with the interpreter that has it. Peers parse without our limits.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.support.report import report

OURS = "loracle"
PEER_TIMEOUT_S = 20
PEER_CODE = {
    "kreuzberg": "import kreuzberg\ndef read(p): return kreuzberg.extract_file_sync(p).content",
    "markitdown": "from markitdown import MarkItDown\ndef read(p): return MarkItDown().convert(p).text_content",
    "liteparse": "from liteparse import LiteParse\ndef read(p): return LiteParse(ocr_enabled=False).parse(p).text",
}
# One child per file, forked once the library is imported: its clock, and its peak memory by the kernel's account.
FRAME = """
import json, os, resource, sys, time
{code}
def child(path, out):
    started = time.perf_counter()
    try:
        answer = {{"text": read(path)}}
    except BaseException as fault:
        answer = {{"fault": type(fault).__name__ + ": " + str(fault)[:200]}}
    answer["seconds"] = time.perf_counter() - started
    with open(out, "w") as file:
        json.dump(answer, file)
    os._exit(0)
for number, path in enumerate(sys.argv[2:]):
    out = os.path.join(sys.argv[1], str(number))
    pid = os.fork()
    if not pid:
        child(path, out)
    deadline = time.monotonic() + {timeout}
    done = 0
    while not done:
        done, _, usage = os.wait4(pid, os.WNOHANG)
        if not done and time.monotonic() > deadline:
            os.kill(pid, 9)
        time.sleep(0.002)
    try:
        answer = json.load(open(out))
    except (OSError, ValueError):
        answer = {{"fault": "died or took too long", "seconds": {timeout}}}
    answer["mb"] = usage.ru_maxrss / 1024
    with open(out, "w") as file:
        json.dump(answer, file)
"""
OUR_CODE = """
from pathlib import Path
from app.documents.parsing.parser_worker import preload
from app.documents.parsing.media_types import detect_media_type
from app.documents.parsing.document_builder import ParserLimits
from app.documents.parsing.formats import parse
preload()
def read(p):
    return parse(Path(p).read_bytes(), detect_media_type(Path(p), Path(p).name), ParserLimits()).text
"""


def main() -> None:
    arguments = _arguments()
    readers = {OURS: sys.executable} | dict(peer.split("=", 1) for peer in arguments.peer)
    rows = [
        row
        for name, python in readers.items()
        for row in measured(name, python, expected_files(arguments.documents, arguments.only))
    ]
    report("parsing", rows)
    report("parsing-summary", list(summary(rows)))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("documents", type=Path)
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=PYTHON")
    parser.add_argument("--only", default="", help="files whose name holds this")
    return parser.parse_args()


def expected_files(folder: Path, only: str) -> Iterator[tuple[Path, list[str], bool]]:
    """(file, phrases that must survive, whether it takes OCR)."""
    places = {path.name: path for path in folder.rglob("*") if path.is_file()}
    for listing in sorted(folder.glob("EXPECT_*.jsonl")):
        for line in listing.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            if only in entry["file"]:
                phrases = entry.get("must_contain") or [_middle(text) for text in entry["paragraphs"]]
                yield places[entry["file"]], phrases, entry["needs_ocr"]


def _middle(paragraph: str) -> str:
    """Eight words from within a paragraph."""
    words = paragraph.split()
    start = max(0, len(words) // 2 - 4)
    return " ".join(words[start : start + 8])


def measured(name: str, python: str, files: Iterator[tuple[Path, list[str], bool]]) -> Iterator[dict[str, Any]]:
    expected = list(files)
    for (path, phrases, needs_ocr), answer in zip(
        expected, read_all(name, python, [path for path, _, _ in expected]), strict=True
    ):
        text = normal(answer.get("text", ""))
        lost = [phrase for phrase in phrases if normal(phrase) not in text]
        yield {
            "reader": name,
            "file": path.name,
            "ocr": needs_ocr,
            "phrases": len(phrases),
            "kept": len(phrases) - len(lost),
            "seconds": round(answer["seconds"], 3),
            "peak_mb": round(answer["mb"], 1),
            "remark": answer.get("fault") or "; ".join(lost)[:120],
        }


def read_all(name: str, python: str, paths: list[Path]) -> list[dict[str, Any]]:
    code = FRAME.format(code=OUR_CODE if name == OURS else PEER_CODE[name], timeout=PEER_TIMEOUT_S)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([python, "-c", code, folder, *map(str, paths)], check=True, stdout=subprocess.DEVNULL)
        return [json.loads((Path(folder) / str(number)).read_text()) for number in range(len(paths))]


def normal(text: str) -> str:
    """Compared without case, white space, Markdown marks and the forms of quotes and ligatures."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub(r"[\\*_`#|>]", " ", text).translate(str.maketrans("’‘“”–—", "''\"\"--"))
    return " ".join(text.split())


def summary(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    by_reader = defaultdict(list)
    for row in rows:
        by_reader[row["reader"]].append(row)
    for reader, found in by_reader.items():
        plain, scanned = [r for r in found if not r["ocr"]], [r for r in found if r["ocr"]]
        yield {
            "reader": reader,
            "files": len(plain),
            "all_phrases": sum(r["kept"] == r["phrases"] for r in plain),
            "ocr_files": len(scanned),
            "ocr_all_phrases": sum(r["kept"] == r["phrases"] for r in scanned),
            "phrases_kept": sum(r["kept"] for r in found) / max(1, sum(r["phrases"] for r in found)),
            "seconds": sum(r["seconds"] for r in found),
            "most_mb": max((r["peak_mb"] for r in found), default=0.0),
        }


if __name__ == "__main__":
    main()
