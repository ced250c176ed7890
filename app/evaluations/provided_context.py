"""Passages that a case provides, in the form in which retrieval returns them. No index is needed."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.documents import Chunk, LiveChunk
from app.domain.passages import Passage
from app.embeddings.base import Embedder
from app.evaluations.cases import Case
from app.search.retriever import Retrieval
from app.search.scores import confidence, fuse
from app.text.coverage import content_stems, coverage

DOCUMENT = "given"
NO_FILE = ""  # a passage that a case provides comes from no file: the prompt names none


def provided_retrieval(question: str, texts: Sequence[str], embedder: Embedder) -> Retrieval:
    """Rank `texts` by fusion; the share of the question's words in a text replaces the score of full-text search.

    The number of a text in the list is its chunk id and names its document.
    """
    if not texts:
        return Retrieval([], 0.0, {}, [])
    query = embedder.embed_queries([question])[0]  # (dimension,)
    cosines = embedder.embed_passages(texts) @ query  # (texts,)
    words = content_stems(question)
    lexical = {i: coverage(words, text) for i, text in enumerate(texts)}
    scores = fuse({i: float(cosine) for i, cosine in enumerate(cosines)}, lexical, embedder.similarity_floor)
    order = sorted(scores, key=lambda i: (-scores[i], i))
    passages = [_passage(i, texts[i], scores[i], float(cosines[i])) for i in order]
    return Retrieval(passages, confidence(question, passages, embedder.similarity_floor), {}, passages)


def provided_passages(case: Case) -> list[Passage]:
    """The passages of a case in its own order, without scores of a search."""
    return [_passage(number, text, score=1.0 - number / 100, cosine=None) for number, text in enumerate(case.passages)]


def _passage(number: int, text: str, score: float, cosine: float | None) -> Passage:
    chunk = Chunk(
        id=number,
        document_id=f"{DOCUMENT}_{number}",
        version=1,
        index=0,
        text=text,
        heading="",
        page_start=None,
        page_end=None,
        char_start=0,
        char_end=len(text),
        tokens=0,
    )
    return Passage(LiveChunk(chunk, NO_FILE, DOCUMENT, {}), max(0.0, min(1.0, score)), cosine, None)
