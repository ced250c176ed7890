"""The Python client against a live service."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from loracle_client import Loracle, LoracleError, __version__, from_utf16, to_utf16
from loracle_client.server_sent_events import ServerSentEvent, read_events

import app
from tests.integration.clients.conftest import LONG_QUESTION, MARATHON, LiveService, run
from tests.support.paths import ROOT

QUESTION = "When does the museum open?"


@pytest.fixture
def loracle(live: LiveService) -> Iterator[Loracle]:
    with Loracle(live.url, live.key) as client:
        yield client


class CutStream(httpx.SyncByteStream):
    """A body that breaks off in the middle of an event, after some whole ones."""

    def __init__(self, body: httpx.Response, events: int) -> None:
        self._body = body
        self._events = events

    def __iter__(self) -> Iterator[bytes]:
        left = self._events
        for piece in self._body.iter_raw():
            if left <= 0:
                yield piece[:9]
                raise httpx.ReadError("connection reset")
            left -= piece.count(b"\n\n")
            yield piece

    def close(self) -> None:
        self._body.close()


class LossyTransport(httpx.HTTPTransport):
    """Loses the connection of each stream, `losses` times."""

    def __init__(self, losses: int, events: int) -> None:
        super().__init__()
        self.losses = losses
        self._events = events
        self.requests: list[httpx.Request] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        response = super().handle_request(request)
        if self.losses == 0 or not response.headers.get("content-type", "").startswith("text/event-stream"):
            return response
        self.losses -= 1
        return httpx.Response(response.status_code, headers=response.headers, stream=CutStream(response, self._events))


def test_version_is_that_of_the_api() -> None:
    assert __version__ == app.__version__


def test_document_is_uploaded_followed_and_found(loracle: Loracle) -> None:
    document = loracle.upload(b"The pool opens at nine.", filename="pool.txt", collection="sport", metadata={"year": 1})
    assert loracle.ready(document["id"])["status"] == "ready"
    (passage,) = loracle.search("When does the pool open?", collections=["sport"])
    assert (passage["document_id"], passage["text"]) == (document["id"], "The pool opens at nine.")
    loracle.delete_document(document["id"])
    with pytest.raises(LoracleError) as gone:
        loracle.document(document["id"])
    assert (gone.value.status, gone.value.code) == (404, "not_found")
    assert gone.value.request_id


def test_answer_is_read_while_it_is_written(loracle: Loracle) -> None:
    with loracle.ask(QUESTION) as stream:
        events = list(stream)
    text = "".join(event["data"]["text"] for event in events if event["event"] == "token")
    last = events[-1]
    assert last["event"] == "done"
    assert last["data"]["answer"] == text
    assert (stream.turn_id, stream.conversation_id) == (last["data"]["id"], last["data"]["conversation_id"])
    citations = [event["data"] for event in events if event["event"] == "citation"]
    assert citations == last["data"]["citations"] != []
    assert [to_utf16(text, one["end"]) for one in citations] == [one["end_utf16"] for one in citations]


def test_conversation_goes_on(loracle: Loracle) -> None:
    first = loracle.ask(QUESTION).answer()
    second = loracle.answer("And when does it close?", conversation_id=first["conversation_id"])
    assert second["conversation_id"] == first["conversation_id"]


def test_stopped_answer_is_what_was_shown(loracle: Loracle) -> None:
    shown = ""
    with loracle.ask(LONG_QUESTION) as stream:
        for event in stream:
            if event["event"] == "token" and not shown:
                stopped = stream.stop()
            if event["event"] == "token":
                shown += event["data"]["text"]
    assert stopped["status"] == "stopped"
    assert stopped["answer"] == shown
    assert MARATHON.startswith(shown)
    assert len(shown) < len(MARATHON) - 1


@pytest.mark.parametrize("events", [1, 4])
def test_lost_connection_is_taken_up_where_it_broke(live: LiveService, events: int) -> None:
    transport = LossyTransport(2, events)
    with Loracle(live.url, live.key, http=httpx.Client(transport=transport)) as loracle:
        read = list(loracle.ask(QUESTION))
    assert transport.losses == 0
    assert [request.method for request in transport.requests] == ["POST", "GET", "GET"]
    assert [event["event"] for event in read].count("retrieval") == 1
    assert read[-1]["event"] == "done"
    text = "".join(event["data"]["text"] for event in read if event["event"] == "token")
    assert text == read[-1]["data"]["answer"]


def test_connection_lost_before_the_first_event_is_an_error(live: LiveService) -> None:
    transport = LossyTransport(1, 0)
    client = Loracle(live.url, live.key, http=httpx.Client(transport=transport))
    with client as loracle, pytest.raises(LoracleError) as lost:
        list(loracle.ask(QUESTION))
    assert lost.value.code == "connection_lost"


def test_refused_request_is_an_error_that_says_why(loracle: Loracle) -> None:
    with pytest.raises(LoracleError) as refused:
        loracle.ask(QUESTION, adapter="missing")
    assert refused.value.status == 404
    with pytest.raises(LoracleError) as invalid:
        loracle.answer(QUESTION, k=0)
    assert (invalid.value.status, invalid.value.param) == (422, "k")


def test_adapter_is_trained(loracle: Loracle) -> None:
    rows = b'{"prompt": "When?", "completion": "At ten."}\n'
    dataset = loracle.upload_dataset(rows, "client-rows")
    training = loracle.train("client", dataset["id"], hyperparameters={"epochs": 1})
    loracle.request("POST", f"/api/v1/training/jobs/{training['id']}/cancel")
    *_, last = loracle.follow_training(training["id"])
    assert last["status"] in {"cancelled", "failed"}


def test_examples_of_the_guide_run(live: LiveService, tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "how-to" / "use-the-clients.md").read_text(encoding="utf-8")
    (tmp_path / "rules.txt").write_text("The reading room opens at nine.")
    script = "\n".join(re.findall(r"^```python\n(.*?)^```", guide, re.MULTILINE | re.DOTALL))
    environment = {**live.environment, "PYTHONPATH": str(ROOT / "clients" / "python" / "src")}
    said = run([sys.executable, "-c", script], tmp_path, environment).splitlines()
    assert said[0] == "ready"
    assert "- rules.txt The reading room opens at nine." in said
    assert said[-1].startswith("404 ")


def test_token_is_made_for_a_browser(live: LiveService, loracle: Loracle) -> None:
    token = loracle.create_token("ana", ttl_s=60, scopes=["read"])
    with Loracle(live.url, token["token"]) as browser:
        assert browser.search(QUESTION)
        with pytest.raises(LoracleError) as refused:
            browser.upload(b"text", filename="a.txt")
    assert refused.value.status == 403


@pytest.mark.parametrize("size", [1, 2, 3, 1000])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_events_are_read_however_they_are_cut(end: str, size: int) -> None:
    lines = [
        ": hello",
        "",
        "event: token",
        "id: 7",
        'data: {"text": "é\u2028😀"}',
        "",
        "data: a",
        "data:b",
        "",
        "data: cut",
    ]
    sent = end.join(lines).encode()
    pieces = [sent[start : start + size] for start in range(0, len(sent), size)]
    assert list(read_events(pieces)) == [
        ServerSentEvent("token", '{"text": "é\u2028😀"}', "7"),
        ServerSentEvent("message", "a\nb", "7"),
    ]


def test_offsets_are_converted() -> None:
    text = "a😀b👩‍👩‍👧c"
    places: list[Any] = [to_utf16(text, place) for place in range(len(text) + 1)]
    assert places == [len(text[:place].encode("utf-16-le")) // 2 for place in range(len(text) + 1)]
    assert [from_utf16(text, place) for place in places] == list(range(len(text) + 1))
