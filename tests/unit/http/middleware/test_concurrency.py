"""Which work a request asks for, and that the patterns name operations that there are."""

from __future__ import annotations

import re

import pytest

from app.http.middleware.concurrency import PATTERNS, UPLOADS, Work, work_of
from app.main import create_app
from app.settings import Settings

WORK = {
    "GET /api/v1/documents": Work.READ,
    "HEAD /api/v1/documents": Work.READ,
    "GET /api/v1/documents/doc_1/chunks": Work.READ,
    "GET /v1/fine_tuning/jobs/job_1/events": Work.READ,  # a list
    "DELETE /api/v1/documents/doc_1": Work.WRITE,
    "POST /api/v1/documents": Work.WRITE,
    "POST /api/v1/chat/turn_1/stop": Work.WRITE,
    "GET /api/v1/documents/doc_1/events": Work.STREAM,
    "GET /api/v1/training/jobs/trn_1/events": Work.STREAM,
    "POST /api/v1/documents/from-url": Work.FETCH,
    "POST /api/v1/search": Work.SEARCH,
    "POST /v1/vector_stores/vs_1/search": Work.SEARCH,
    "POST /api/v1/training/datasets/validate": Work.SEARCH,
    "GET /api/v1/documents/doc_1/pages/3/image": Work.SEARCH,
    "GET /api/v1/documents/doc_1/file": Work.DOWNLOAD,
    "POST /api/v1/chat": Work.ANSWER,
    "POST /api/v1/chat/turn_1/edit": Work.ANSWER,
    "POST /v1/chat/completions": Work.ANSWER,
    "POST /mcp": Work.ANSWER,
}


@pytest.mark.parametrize("call", WORK)
def test_work_follows_method_and_path(call: str) -> None:
    assert work_of(call) == WORK[call]


def test_every_pattern_names_operations_and_every_form_is_an_upload() -> None:
    paths = create_app(Settings(_env_file=None)).openapi()["paths"]
    operations = {
        f"{method.upper()} {re.sub('{[^}]+}', 'x', path)}": operation
        for path, methods in paths.items()
        for method, operation in methods.items()
    }
    for _, pattern in PATTERNS:
        assert any(re.fullmatch(pattern, call) for call in operations), pattern
    forms = {
        call
        for call, operation in operations.items()
        if "multipart/form-data" in operation.get("requestBody", {}).get("content", {})
    }
    assert forms == {call for call in operations if UPLOADS.fullmatch(call)}
