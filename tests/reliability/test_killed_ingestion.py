"""kill -9 in the middle of an ingestion, and a lost index: the answer and its citations are as without."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.serving import ServedLoracle, take_in, wait_for

pytestmark = pytest.mark.models
QUESTION = "Where is the spare key of the lighthouse kept?"
PASSAGE = "The spare key of the lighthouse is kept under the third stone of the pier."


def book() -> bytes:
    """A text that takes seconds to embed, with one sentence that is asked for."""
    filler = "\n\n".join(
        f"Chapter {i}. " + f"The sea was calm on day {i} and nobody came ashore. " * 20 for i in range(30)
    )
    return (filler + "\n\n" + PASSAGE + "\n\n" + filler.replace("calm", "rough")).encode()


def ask(http: httpx.Client) -> dict[str, Any]:
    answer = http.post("/api/v1/chat", json={"message": QUESTION, "max_tokens": 24}).raise_for_status().json()
    cited = [
        {k: v for k, v in citation.items() if k not in {"chunk_id", "document_id"}} for citation in answer["citations"]
    ]
    return {"answer": answer["answer"], "citations": cited, "refused": answer["refused"]}


@pytest.mark.timeout(900)  # four starts with models, and a book that is embedded twice
def test_killed_ingestion_is_finished_after_a_restart(tmp_path: Path) -> None:
    with ServedLoracle(tmp_path / "undisturbed") as served:
        http = served.tenant("calm")
        assert take_in(http, "book.txt", book())["status"] == "ready"
        undisturbed = ask(http)
    assert any(citation["quote"] == PASSAGE for citation in undisturbed["citations"])

    with ServedLoracle(tmp_path / "crashed", job_lease_s=2, job_heartbeat_s=0.5) as crashed:
        http = crashed.tenant("storm")
        document = http.post("/api/v1/documents", files={"file": ("book.txt", book())}).raise_for_status().json()["id"]
        until_embedding(http, document)
        crashed.kill()
        crashed.start()
        finished = wait_for(http, document)
        assert (finished["status"], finished["chunks"] > 50) == ("ready", True)
        assert ask(http) == undisturbed
        crashed.stop()
        assert list((tmp_path / "crashed" / "index").glob("*.faiss"))
        shutil.rmtree(tmp_path / "crashed" / "index")
        crashed.start()
        assert ask(http) == undisturbed
    assert "Traceback" not in crashed.log.read_text()


def until_embedding(http: httpx.Client, document: str) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        state = http.get(f"/api/v1/documents/{document}").json()
        if state["status"] == "embedding":
            return
        assert state["status"] not in {"ready", "failed"}, state
        time.sleep(0.02)
    raise AssertionError("never came to embedding")
