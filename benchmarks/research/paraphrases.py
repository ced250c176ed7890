"""Whether the passage that answers a question is found when the question says it otherwise.

python -m benchmarks.research.paraphrases benchmarks/research/paraphrases [--rankings product,dense] [--each]

The folder holds packs: `docs/` with files, and `questions.jsonl` with `turns`, `kind` and `cite`, groups of phrases of
which one each must stand in the passages. Each pack becomes a tenant. The query is the last two turns, but for `typed`
(the last one), `rewritten` (as the chat rewrites it) and `chat` (both, as the chat searches).

Reported by kind: questions whose evidence is among the first 1, 4, 8 and 10 passages, each expanded to its section;
among those that reach the prompt with `top_k` 4 and 8, with the tokens of these; milliseconds of the ranking. Vectors
of passages are cached, so `sentences` shows its cost with an empty `--cache` only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import statistics
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.bootstrap.limits import chunk_settings, parser_limits
from app.bootstrap.models import build_embedder, quiet_libraries
from app.bootstrap.retrieval import temporary_retriever
from app.chat.steps.prompt import apply_score_cutoff
from app.chat.steps.rewrite import rewrite
from app.documents.ingestion.chunking import chunk, contextual_text
from app.documents.parsing.formats import parse
from app.documents.parsing.media_types import detect_media_type
from app.domain.documents import DocumentText
from app.domain.passages import Passage
from app.embeddings.base import Embedder
from app.embeddings.cached import CachedEmbedder
from app.search.parent_context import expand
from app.search.profile import HYBRID, SearchProfile
from app.search.retriever import Retriever
from app.search.scores import relatedness
from app.settings import Settings
from app.storage.database import Database
from app.storage.sql.repositories.tenants import Tenants
from app.text.sentences import sentence_spans
from tests.support.report import report

DEPTH = 30  # chunks that are ranked
PLACES = (1, 4, 8, 10)
TOP_K = (4, 8)
SENTENCES_READ = 20  # passages whose sentences are compared
SHORTEST = 12  # characters: a shorter sentence says nothing


@dataclass(frozen=True, slots=True)
class Pack:
    """A tenant with the documents of a pack."""

    db: Database
    retriever: Retriever
    tenant_id: str
    embedder: Embedder


Ranking = Callable[[Pack, Sequence[str]], list[Passage]]  # of the turns


def main() -> None:
    arguments = _arguments()
    quiet_libraries()
    embedder = CachedEmbedder(build_embedder(Settings()), arguments.cache)
    found: list[dict[str, Any]] = []
    for folder in sorted(path.parent for path in arguments.path.rglob("questions.jsonl")):
        with opened(folder, embedder) as pack:
            found += list(measured(folder, pack, arguments.rankings))
        embedder.save()
    for row in found if arguments.each else ():
        print({name: row[name] for name in ("id", "ranking", "rank")})
    rows = list(summarised(found))
    for row in rows:
        print(row, flush=True)
    report("paraphrases", rows)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, help="a folder of packs")
    parser.add_argument("--rankings", type=lambda names: names.split(","), default=["equal", "dense", "product"])
    parser.add_argument("--each", action="store_true", help="print each question's rank")
    parser.add_argument("--cache", type=Path, default=Path("benchmarks/results/embeddings"))
    arguments = parser.parse_args()
    if unknown := set(arguments.rankings) - RANKINGS.keys():
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(RANKINGS)}")
    return arguments


@contextmanager
def opened(folder: Path, embedder: Embedder) -> Iterator[Pack]:
    """Parse, split and embed the pack's documents as the service does."""
    settings = Settings()
    with temporary_retriever(embedder) as (db, retriever):
        with db.write() as session:
            tenant_id = Tenants(session).create("pack").id
        for path in sorted((folder / "docs").iterdir()):
            parsed = parse(path.read_bytes(), detect_media_type(path, path.name), parser_limits(settings))
            chunks = chunk(parsed, token_spans=embedder.token_spans, settings=chunk_settings(settings))
            vectors = embedder.embed_passages([contextual_text(parsed.title or path.name, one) for one in chunks])
            with db.write_tenant(tenant_id) as store:
                document, _ = store.documents.upload(
                    collection="default",
                    filename=path.name,
                    metadata={},
                    sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
                    size_bytes=path.stat().st_size,
                    media_type="text/plain",
                    blob=path.name,
                )
                text = DocumentText(parsed.text, parsed.pages)
                store.document_versions.commit_ready(document.latest.id, text, chunks, vectors, embedder.fingerprint)
        yield Pack(db, retriever, tenant_id, embedder)


def measured(folder: Path, pack: Pack, rankings: Sequence[str]) -> Iterator[dict[str, Any]]:
    """A row for each question with evidence and each ranking."""
    for item in map(json.loads, (folder / "questions.jsonl").read_text("utf-8").splitlines()):
        if not item.get("cite"):
            continue
        turns = item["turns"]
        warm(pack, turns)
        for name in rankings:
            started = time.perf_counter()
            passages = RANKINGS[name](pack, turns)
            row = {"id": item["id"], "kind": item["kind"], "ranking": name}
            row["ms"] = 1000 * (time.perf_counter() - started)
            row["rank"] = rank(item["cite"], expanded(pack, passages))
            for k in TOP_K:
                shown = apply_score_cutoff(expanded(pack, passages[:k]))
                row[f"prompt_{k}"] = matched(item["cite"], shown)
                row[f"tokens_{k}"] = sum(len(pack.embedder.token_spans(passage.text)) for passage in shown)
            yield row


def expanded(pack: Pack, passages: Sequence[Passage]) -> list[Passage]:
    with pack.db.read_tenant(pack.tenant_id) as store:
        return expand(passages, store.chunks.sections([passage.live.chunk.id for passage in passages]))


def rank(groups: Sequence[Sequence[str]], passages: Sequence[Passage]) -> int | None:
    """The least number of passages, from the first, that hold the evidence; None if all do not."""
    return next((n for n in range(1, len(passages) + 1) if matched(groups, passages[:n])), None)


def matched(groups: Sequence[Sequence[str]], passages: Sequence[Passage]) -> bool:
    text = folded(" ".join(passage.text for passage in passages))
    return all(any(folded(phrase) in text for phrase in group) for group in groups)


def folded(text: str) -> str:
    """Lower case, without accents, with single blanks."""
    text = unicodedata.normalize("NFKD", text)
    return re.sub(r"\s+", " ", "".join(one for one in text if not unicodedata.combining(one)).lower()).strip()


def warm(pack: Pack, turns: Sequence[str]) -> None:
    """Embed every query that a ranking may use: it costs each ranking the same, and is left out of its time."""
    pack.embedder.embed_queries([_query(turns), turns[-1], _rewritten(turns)])


def product(pack: Pack, turns: Sequence[str]) -> list[Passage]:
    return _searched(pack, _query(turns))


def equal_shares(pack: Pack, turns: Sequence[str]) -> list[Passage]:
    """The mean of the dense and the lexical score, whatever the words find."""
    return _ordered(product(pack, turns), lambda one: (_related(pack, one) + (one.lexical or 0.0)) / 2)


def dense(pack: Pack, turns: Sequence[str]) -> list[Passage]:
    return _searched(pack, _query(turns), profile=SearchProfile("dense"))


def lexical(pack: Pack, turns: Sequence[str]) -> list[Passage]:
    return _searched(pack, _query(turns), profile=SearchProfile("lexical"))


def sentences(pack: Pack, turns: Sequence[str]) -> list[Passage]:
    """The mean of the product's score and of the relatedness of a passage's best sentence."""
    found = product(pack, turns)
    vector = pack.embedder.embed_queries([_query(turns)])[0]
    texts = [_sentences(passage.text) for passage in found[:SENTENCES_READ]]
    cosines = iter((pack.embedder.embed_passages([text for of in texts for text in of]) @ vector).tolist())
    best = {one.chunk_id: max(next(cosines) for _ in of) for one, of in zip(found, texts, strict=False)}
    floor = pack.embedder.similarity_floor
    return _ordered(found[: len(best)], lambda one: (one.score + relatedness(best[one.chunk_id], floor)) / 2)


def typed(pack: Pack, turns: Sequence[str]) -> list[Passage]:
    return _searched(pack, turns[-1])


def rewritten(pack: Pack, turns: Sequence[str]) -> list[Passage]:
    return _searched(pack, _rewritten(turns))


def chat(pack: Pack, turns: Sequence[str]) -> list[Passage]:
    """The question and its rewrite: the wording that finds better leads."""
    return _searched(pack, _rewritten(turns), original=turns[-1])


def _query(turns: Sequence[str]) -> str:
    return " ".join(turns[-2:])


def _rewritten(turns: Sequence[str]) -> str:
    return rewrite(turns[-1], list(turns[:-1]))


def _searched(pack: Pack, query: str, *, profile: SearchProfile = HYBRID, original: str | None = None) -> list[Passage]:
    found = pack.retriever.search(pack.tenant_id, query, k=DEPTH, profile=profile, original=original)
    return found.passages


def _sentences(text: str) -> list[str]:
    return [text[a:b] for a, b in sentence_spans(text) if b - a >= SHORTEST] or [text]


def _related(pack: Pack, passage: Passage) -> float:
    floor = pack.embedder.similarity_floor
    return relatedness(floor if passage.dense is None else passage.dense, floor)


def _ordered(passages: Sequence[Passage], score: Callable[[Passage], float]) -> list[Passage]:
    return sorted((replace(one, score=score(one)) for one in passages), key=lambda one: -one.score)


RANKINGS: dict[str, Ranking] = {
    "product": product,
    "equal": equal_shares,
    "dense": dense,
    "lexical": lexical,
    "sentences": sentences,
    "typed": typed,
    "rewritten": rewritten,
    "chat": chat,
}


def summarised(rows: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A row for each ranking and kind, and for all kinds."""
    for name in dict.fromkeys(row["ranking"] for row in rows):
        of = [row for row in rows if row["ranking"] == name]
        for kind in [*dict.fromkeys(row["kind"] for row in of), "all"]:
            part = [row for row in of if kind in {row["kind"], "all"}]
            ranks = [row["rank"] or DEPTH + 1 for row in part]
            yield {
                "ranking": name,
                "kind": kind,
                "questions": len(part),
                **{f"at_{place}": sum(one <= place for one in ranks) for place in PLACES},
                "mrr": round(statistics.fmean(1 / one for one in ranks), 3),
                **{f"prompt_{k}": sum(row[f"prompt_{k}"] for row in part) for k in TOP_K},
                **{f"tokens_{k}": round(statistics.fmean(row[f"tokens_{k}"] for row in part)) for k in TOP_K},
                "ms": round(statistics.median(row["ms"] for row in part), 1),
            }


if __name__ == "__main__":
    main()
