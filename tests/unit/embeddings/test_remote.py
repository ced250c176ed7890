"""Embeddings of a server: batches, other tries, and answers that are none."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np
import pytest

from app.embeddings import remote
from app.embeddings.hashing import HashingEmbedder
from app.embeddings.remote import BATCH, EmbeddingServer, RemoteEmbedder
from app.errors import Unavailable, WeightsUnavailable


@dataclass
class Double:
    """A server that embeds as HashingEmbedder does, unnormalised and in another order."""

    url: str = ""
    key: str = ""
    dimension: int = 64
    faults: list[int | str] = field(default_factory=list)
    batches: list[list[str]] = field(default_factory=list)

    def answer(self, body: dict[str, Any]) -> Any:
        vectors = 3 * HashingEmbedder(self.dimension).embed_passages(body["input"])
        rows = [{"index": i, "embedding": vector.tolist()} for i, vector in enumerate(vectors)]
        return {"data": rows[::-1], "model": body["model"]}


@pytest.fixture
def double(monkeypatch: pytest.MonkeyPatch) -> Iterator[Double]:
    monkeypatch.setattr(remote, "PAUSE_S", 0.001)
    state = Double()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            state.batches.append(body["input"])
            fault = state.faults.pop(0) if state.faults else 200
            answer = {"data": [{"index": 0}]} if fault == "garbage" else state.answer(body)
            if state.key and self.headers.get("Authorization") != f"Bearer {state.key}":
                fault = 401
            self.send_response(fault if isinstance(fault, int) else 200)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_port}"
    yield state
    server.shutdown()
    server.server_close()
    thread.join()


def embedder(double: Double, key: str = "", **options: Any) -> RemoteEmbedder:
    return RemoteEmbedder(EmbeddingServer(double.url, key, "m", 5.0), **options)


def test_vectors_are_those_of_the_server_with_norm_1_in_the_order_of_the_texts(double: Double) -> None:
    texts = [f"word{i} and word{i + 1}" for i in range(2 * BATCH + 5)]
    found = embedder(double)
    vectors = found.embed_passages(texts)
    assert np.allclose(vectors, HashingEmbedder(64).embed_passages(texts), atol=1e-5)
    assert [len(batch) for batch in double.batches[2:]] == [BATCH, BATCH, 5]
    assert (found.dimension, vectors.dtype) == (64, np.float32)
    assert found.embed_queries([]).shape == (0, 64)


def test_prefixes_are_sent_and_are_part_of_the_fingerprint(double: Double) -> None:
    plain, prefixed = embedder(double), embedder(double, query_prefix="query: ", passage_prefix="passage: ")
    prefixed.embed_queries(["a"])
    prefixed.embed_passages(["b"])
    assert double.batches[-2:] == [["query: a"], ["passage: b"]]
    assert plain.fingerprint != prefixed.fingerprint
    assert plain.fingerprint == embedder(double).fingerprint


def test_long_text_is_cut(double: Double) -> None:
    embedder(double, max_tokens=32).embed_passages(["abcd " * 100])
    assert double.batches[-1] == [("abcd " * 32).strip()]


@pytest.mark.parametrize("fault", [500, 429, "garbage"])
def test_passing_fault_is_tried_again(double: Double, fault: int | str) -> None:
    found = embedder(double)
    double.faults += [fault, fault]
    assert found.embed_queries(["a"]).shape == (1, 64)


def test_lasting_fault_says_what_the_server_says(double: Double) -> None:
    found = embedder(double)
    double.faults += [503] * 9
    with pytest.raises(Unavailable, match="HTTP 503") as caught:
        found.embed_queries(["a"])
    assert caught.value.retry_after


def test_wrong_key_is_one_clear_error_at_the_start(double: Double) -> None:
    double.key = "right"
    with pytest.raises(WeightsUnavailable, match=r"HTTP 401.*LORACLE_EMBEDDINGS_KEY"):
        embedder(double, "wrong")
    assert embedder(double, "right").dimension == 64


def test_another_model_under_the_same_name_is_not_used(double: Double) -> None:
    found = embedder(double)
    double.dimension = 32
    with pytest.raises(Unavailable, match="32 dimensions now, not 64"):
        found.embed_queries(["a"])
