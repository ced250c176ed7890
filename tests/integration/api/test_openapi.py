"""The OpenAPI document: valid, complete and true."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from app.domain.quotas import Quota
from app.main import create_app
from app.settings import Settings
from tests.support.files import MUSEUM
from tests.support.paths import ROOT
from tests.support.service import Service
from tests.support.serving import ServedLoracle

SPEC: dict[str, Any] = create_app(Settings(_env_file=None)).openapi()
OPERATIONS = [
    (method, path, operation)
    for path, methods in SPEC["paths"].items()
    for method, operation in methods.items()
    if method in {"get", "post", "put", "patch", "delete"}
]
NEEDS_KEY = ("/api/", "/v1/", "/retrieval", "/auth/sign-out")
IDS = [f"{method.upper()} {path}" for method, path, _ in OPERATIONS]
MAX_EXAMPLES = int(os.environ.get("LORACLE_SCHEMATHESIS_EXAMPLES", "8"))  # per operation; about 1,300 in all
PHASES = os.environ.get("LORACLE_SCHEMATHESIS_PHASES", "examples,fuzzing")  # with coverage 9,000 more


def test_document_is_valid() -> None:
    OpenAPIV31SpecValidator(SPEC).validate()
    assert SPEC["openapi"].startswith("3.1")


def test_names_are_unique_and_speak_of_no_module() -> None:
    names = [operation["operationId"] for _, _, operation in OPERATIONS]
    assert len(set(names)) == len(names)
    assert not [name for name in SPEC["components"]["schemas"] if "__" in name]


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=IDS)
def test_every_operation_is_documented(method: str, path: str, operation: dict[str, Any]) -> None:
    assert operation["summary"]
    assert operation["description"]
    assert operation["tags"]
    if path.startswith(NEEDS_KEY):
        assert operation["security"] == [{"api_key": []}]
        assert {"401", "403", "422", "503"} <= set(operation["responses"])
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                schema = response["content"]["application/json"]["schema"]
                assert schema == {"$ref": "#/components/schemas/ErrorEnvelope"}, status
        if "requestBody" in operation and "application/json" in operation["requestBody"]["content"]:
            assert "example" in json.dumps(resolved(operation["requestBody"]))
            assert "400" in operation["responses"]  # a body that is no JSON


def test_texts_of_requests_say_that_they_have_no_nul() -> None:
    silent = []
    for method, path, operation in OPERATIONS:
        body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
        parameters = [one["schema"] for one in operation.get("parameters", ()) if one["in"] in {"path", "query"}]
        silent += [(method, path, text) for text in texts(resolved([body, parameters])) if "pattern" not in text]
    assert silent == []


def texts(node: Any) -> Iterator[dict[str, Any]]:
    """The schemas of texts that a client writes itself."""
    if isinstance(node, list):
        for one in node:
            yield from texts(one)
    elif isinstance(node, dict):
        if node.get("type") == "string" and not {"enum", "const", "format"} & node.keys():
            yield node
        for key, value in node.items():
            if key not in {"examples", "example", "default"}:
                yield from texts(value)


def resolved(node: Any) -> Any:
    """`node` with references to schemas put in place."""
    if isinstance(node, dict):
        if "$ref" in node:
            return resolved(SPEC["components"]["schemas"][node["$ref"].rsplit("/", 1)[-1]])
        return {key: resolved(value) for key, value in node.items()}
    return [resolved(item) for item in node] if isinstance(node, list) else node


async def test_cursor_of_another_tenant_is_refused(service: Service) -> None:
    document = await service.take_in(service.acme, "museum.md", MUSEUM)
    response = await service.other.get("/api/v1/documents", params={"after": document["id"]})
    assert (response.status_code, response.json()["error"]["param"]) == (422, "after")


async def test_unknown_paths_need_a_key_too(service: Service) -> None:
    for path in ("/api/v1/none", "/admin", "/api/v1/documents/../tenants", "//api/v1/documents"):
        assert (await service.nobody.get(path)).status_code == 401


async def test_docs_page_needs_nothing_from_elsewhere(service: Service) -> None:
    page = (await service.nobody.get("/docs")).text
    assert "swagger-ui" in page
    for word in ('src="http', 'href="http', "//cdn", "unpkg", "jsdelivr"):
        assert word not in page
    import re

    for asset in re.findall(r'(?:src|href)="([^"]+)"', page):
        assert (await service.nobody.get(asset)).status_code == 200, asset


# --- Properties: whatever the schema allows or forbids, no 5xx and nothing that the schema does not say.


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[ServedLoracle, dict[str, str]]]:
    folder = tmp_path_factory.mktemp("fuzzed")
    fakes = {"generator": "scripted", "embedding_model": "hashing", "log_level": "WARNING", "parser_timeout_s": 5}
    unlimited = {f"tenant_{quota}": 0 for quota in Quota}  # else full queues answer, not the operations
    with ServedLoracle(folder / "data", **fakes, **unlimited) as served:
        client = served.tenant("fuzz", admin=True)
        client.post("/api/v1/documents", files={"file": ("museum.md", MUSEUM)}).raise_for_status()
        yield served, {"Authorization": client.headers["Authorization"]}


@pytest.mark.timeout(1200)
def test_schema_holds_under_property_testing(fuzzed: tuple[ServedLoracle, dict[str, str]], tmp_path: Path) -> None:
    """Runs schemathesis's own command against a served instance."""
    import re
    import subprocess
    import sys

    served, headers = fuzzed
    command = [
        sys.executable, "-m", "schemathesis.cli", "run", f"{served.url}/openapi.json",
        "--phases", PHASES, "--max-examples", str(MAX_EXAMPLES), "--mode", "all", "--seed", "1",
        "--exclude-checks", "positive_data_acceptance",  # tests.support.schema_checks has one in its place
        "--header", f"Authorization: {headers['Authorization']}", "--exclude-path", "/metrics",
        "--exclude-operation-id", "delete_tenant", "--exclude-operation-id", "revoke_key",
        "--exclude-operation-id", "revoke_my_key",
        "--exclude-operation-id", "update_tenant", "--exclude-operation-id", "set_tenant_limits",
        "--suppress-health-check", "all", "--request-timeout", "30", "--no-color",
    ]  # fmt: skip
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": "tests.support.schema_checks", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, check=False, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=1100
    )
    assert done.returncode == 0, done.stdout[-6000:]
    generated = re.search(r"(\d[\d,]*) generated", done.stdout)
    assert generated, done.stdout[-2000:]
    assert int(generated[1].replace(",", "")) >= 1000
    assert "Rate limited" not in done.stdout  # else the limits answered, not the operations
