"""What `verified` is worth: right answers that are verified, and answers with one changed fact that are not.

python -m benchmarks.verification [--answers 400] [--seed 7] [--show 20] [--hashing]

The answers are those of the generated everyday rows (samples/everyday_rows.py), refusals left out.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

from app.bootstrap.models import build_embedder, quiet_libraries
from app.domain.documents import Chunk, LiveChunk
from app.domain.passages import Passage
from app.embeddings.base import Embedder
from app.embeddings.cached import CachedEmbedder
from app.embeddings.hashing import HashingEmbedder
from app.evaluations.perturbation import KINDS, Triple, measure
from app.settings import Settings
from app.text.refusals import is_refusal
from samples.everyday_rows import Row, everyday_rows
from tests.support.report import report


def main() -> None:
    arguments = _asked()
    quiet_libraries()
    embedder: Embedder = HashingEmbedder()
    if not arguments.hashing:
        embedder = cached = CachedEmbedder(build_embedder(Settings()), arguments.cache)
    rows = [row for row in everyday_rows(arguments.seed) if _is_answered(row)]
    random.Random(arguments.seed).shuffle(rows)
    scores = measure(map(_triple, rows[: arguments.answers]), embedder, seed=arguments.seed)
    if not arguments.hashing:
        cached.save()
    for line in scores.errors[: arguments.show]:
        print(line)
    kinds = [
        {
            "kind": kind,
            "answers": scores.perturbed[kind],
            "not_verified": 1 - scores.verified_perturbed[kind] / scores.perturbed[kind],
        }
        for kind in KINDS
        if scores.perturbed[kind]
    ]
    total = {"kind": "all", "answers": scores.perturbed.total(), "not_verified": scores.rejected}
    right = {"kind": "unchanged", "answers": scores.right, "verified": scores.accepted, **dict(scores.doubts)}
    report("verification", [*kinds, total, right])


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", type=int, default=400)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--cache", type=Path, default=Path("benchmarks/results/embeddings"))
    parser.add_argument("--show", type=int, default=0, help="wrongly judged answers to print")
    parser.add_argument("--hashing", action="store_true", help="without a model")
    return parser.parse_args()


def _is_answered(row: Row) -> bool:
    answer = row["answer"]
    return bool(answer) and not is_refusal(answer)


def _triple(row: Row) -> Triple:
    passages = tuple(_passage(text, number) for number, text in enumerate(row["context"], 1))
    return Triple(row["question"], passages, row["answer"])


def _passage(text: str, number: int) -> Passage:
    heading = text.partition("\n")[0]
    chunk = Chunk(
        0, text, heading, None, None, 0, len(text), len(text.split()), id=number, document_id=f"doc_{number}", version=1
    )
    return Passage(LiveChunk(chunk, f"section-{number}.txt", "default", {}), 0.8, None, None)


if __name__ == "__main__":
    main()
