"""Report pages over HTTP carry one content security policy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.main import create_app
from app.settings import Settings
from app.web.templates import PAGE_HEADERS
from tests.support.files import adapter_upload
from tests.support.service import Service

HTML_PATHS = [
    path
    for path, methods in create_app(Settings(_env_file=None)).openapi()["paths"].items()
    if path.startswith("/api/")  # a link opens a file, which has a stricter policy of its own
    and "text/html" in methods.get("get", {}).get("responses", {}).get("200", {}).get("content", {})
]


@pytest.mark.parametrize("path", ["/docs", *HTML_PATHS])
async def test_html_over_http_carries_the_policy(service: Service, tmp_path: Path, path: str) -> None:
    response = await service.acme.get(path.format(**await _made(service, tmp_path)))
    assert (response.status_code, response.headers["content-type"]) == (200, "text/html; charset=utf-8")
    policy = response.headers["content-security-policy"]
    assert policy == PAGE_HEADERS["Content-Security-Policy"]
    directives = dict(directive.strip().partition(" ")[::2] for directive in policy.split(";"))
    assert directives["default-src"] == directives["base-uri"] == directives["form-action"] == "'none'"
    assert directives["script-src"] == "'self'"  # no inline script
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.text.startswith("<!doctype html>")


def test_reports_over_http_are_among_the_pages_checked() -> None:
    assert len(HTML_PATHS) >= 3


async def _made(service: Service, tmp_path: Path) -> dict[str, Any]:
    """An adapter, a training job and an evaluation that has scores, by the parameter of their paths."""
    made = await service.acme.post("/api/v1/adapters", files=adapter_upload(tmp_path), data={"name": "style"})
    assert made.status_code == 201, made.text
    rows = {"file": ("rows.jsonl", b'{"prompt": "When?", "completion": "At ten."}')}
    dataset = (await service.acme.post("/api/v1/training/datasets", files=rows, data={"name": "rows"})).json()
    training = await service.acme.post("/api/v1/training/jobs", json={"adapter": "style", "dataset": dataset["id"]})
    with service.runtime.storage.db.write_tenant(service.acme_id) as store:
        evaluation = store.evaluations.create("questions.jsonl", "", None)
        store.evaluations.finish(evaluation.id, {"parts": {}, "layers": {}, "overall": {}})
    return {"name": "style", "training_id": training.json()["id"], "evaluation_id": evaluation.id}
