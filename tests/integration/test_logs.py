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
        made = http.post("/api/v1/tokens", json={"user": "ana", "scopes": ["read"]}).raise_for_status().json()
        for path in ("/api/v1/documents", "/healthz"):
            http.get(path, headers={"Authorization": f"Bearer {made['token']}", "X-Forwarded-For": "203.0.113.9"})
        key = http.headers["Authorization"].removeprefix("Bearer ")
    log = served.log.read_text()
    for secret in (key, made["token"], "lighthouse", "third stone", "secret-name"):
        assert secret not in log
    events = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert [event["event"] for event in events][-2:] == ["draining", "stopped"]
    requests = [event for event in events if event["event"] == "request"]
    assert requests
    assert all(event["request_id"].startswith("req_") for event in requests)
    assert not [event for event in requests if event["route"] in {"/healthz", "/readyz", "/metrics"}]
    first, last = requests[0], requests[-1]
    assert (first["client"], first["key_id"]) == ("127.0.0.1", made["key_id"])
    assert "user" not in first
    told = {name: last[name] for name in ("tenant_id", "key_id", "token_id", "user", "client")}
    assert told == {
        "tenant_id": first["tenant_id"],
        "key_id": made["key_id"],
        "token_id": made["id"],
        "user": made["user"],
        "client": "203.0.113.9",
    }
