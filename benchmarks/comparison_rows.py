"""The two files of the comparison in docs/explanation/comparison.md: rows to train on and questions on others.

    python -m benchmarks.comparison_rows DATA FOLDER

DATA holds xquad_en.jsonl at any depth; FOLDER gets train.jsonl and test.jsonl. Contexts stand beside others of their
article, so whole blocks of them are kept apart.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.adapter_loop import paragraphs
from samples.question_sets import Paragraph, plain_rows, write_lines

SET = "xquad_en"
LONGEST_CONTEXT = 800  # characters, about 190 tokens
ONE_IN = 3  # blocks are for questions


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    everything = [p for p in paragraphs(given.data, SET) if len(p.text) <= LONGEST_CONTEXT]
    for name, testing in (("train", False), ("test", True)):
        part = [p for p in everything if (block(p) % ONE_IN == 0) is testing]
        rows = [
            {**row, "group": f"context-{place}"}
            for place, paragraph in enumerate(part)
            for row in plain_rows(paragraph)
        ]
        write_lines(given.folder / f"{name}.jsonl", rows)
        print(f"{name}: {len(rows)} rows about {len(part)} contexts in {len({p.name for p in part})} blocks")


def block(paragraph: Paragraph) -> int:
    return int(paragraph.name.rpartition("-")[2])


if __name__ == "__main__":
    main()
