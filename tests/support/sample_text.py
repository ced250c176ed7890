"""Real text for benchmarks: a corpus's passages, or sentences of the samples."""

from __future__ import annotations

import json
import random
from pathlib import Path

from app.documents.parsing.document_builder import ParserLimits
from app.documents.parsing.formats import parse
from app.text.sentences import sentence_spans
from tests.support.paths import SAMPLES

DOCUMENTS = SAMPLES / "documents"


def words_of(corpus: Path | None) -> list[str]:
    """Words of a corpus one after the other, of the samples if there is none."""
    passages = corpus_passages(corpus) if corpus is not None else sample_sentences()
    return " ".join(passages).split()


def corpus_passages(corpus: Path) -> list[str]:
    lines = (corpus / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


def sample_sentences() -> list[str]:
    """Paragraphs of five sentences of the samples, in random order: real words, as many as are needed."""
    sentences = []
    for path in sorted(DOCUMENTS.glob("*.md")) + sorted(DOCUMENTS.glob("*.pdf")):
        media_type = "text/markdown" if path.suffix == ".md" else "application/pdf"
        text = parse(path.read_bytes(), media_type, ParserLimits()).text
        sentences += [text[start:end] for start, end in sentence_spans(text)]
    order = random.Random(1)
    return [" ".join(order.sample(sentences, 5)) for _ in range(20_000)]
