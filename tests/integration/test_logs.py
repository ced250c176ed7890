"""The log of a running service."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support.serving import ServedLoracle, take_in

QUESTION = "Where is the spare key of the lighthouse kept?"
PASSAGE = "The spare key of the lighthouse is kept under the third stone of the pier."


def test_log_holds_no_text_and_no_key(tmp_path: Path) -> None:
    with ServedLoracle(tmp_path / "data", generator="scripted", embedding_model="hashing") as served:
        http = served.tenant("quiet")
        take_in(http, "secret-name.txt", PASSAGE.encode())
        http.post("/api/v1/chat", json={"message": QUESTION}).raise_for_status()
        http.post("/api/v1/chat", json={"message": 5})
        key = http.headers["Authorization"].removeprefix("Bearer ")
    log = served.log.read_text()
    for secret in (key, "lighthouse", "third stone", "secret-name"):
        assert secret not in log
    events = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    requests = [event for event in events if event["event"] == "request"]
    assert requests
    assert all(event["request_id"].startswith("req_") for event in requests)
