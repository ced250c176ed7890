"""Clients that four generators make of the OpenAPI document upload, ask, stream and train."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.integration.clients.conftest import LiveService, run, run_program
from tests.support.paths import ROOT
from tools.clients.generate import PYTHON_TYPES, TYPESCRIPT_TYPES, write_python_types, write_typescript_types


def check(seen: dict[str, Any]) -> None:
    """What every client did."""
    assert seen["filename"] == "made.txt"
    assert "opens at ten" in seen["answer"]
    assert any("opens at ten" in quote for quote in seen["quotes"])
    names = [line.removeprefix("event: ") for line in seen["stream"].splitlines() if line.startswith("event: ")]
    assert (names[0], names[-1]) == ("retrieval", "done")
    assert {"token", "citation"} < set(names)
    assert seen["estimated"] == "EstimateOut"
    assert seen["training"] == "queued"


def generate(program: str, *arguments: object, tools: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": str(tools), "PATH": f"{tools / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    return run([str(tools / "bin" / program), *map(str, arguments)], tools, environment)


def test_openapi_python_client(live: LiveService, document: Path, python_generators: Path, tmp_path: Path) -> None:
    arguments = ["generate", "--path", document, "--meta", "none", "--output-path", tmp_path / "made"]
    said = generate("openapi-python-client", *arguments, tools=python_generators)
    assert "duplicate" not in said
    seen = run_program("made_by_openapi_python_client.py", live, tmp_path, python_generators)
    check(seen)
    assert seen["refused"] == [422, "k"]


def test_openapi_generator(live: LiveService, document: Path, python_generators: Path, tmp_path: Path) -> None:
    if shutil.which("java") is None:
        pytest.skip("java is not installed")
    wanted = "models,apis,supportingFiles,modelDocs=false,apiDocs=false,modelTests=false,apiTests=false"
    arguments = ["generate", "-g", "python", "-i", document, "-o", tmp_path, "--package-name", "made"]
    generate("openapi-generator-cli", *arguments, f"--global-property={wanted}", tools=python_generators)
    seen = run_program("made_by_openapi_generator.py", live, tmp_path, python_generators)
    check(seen)
    assert seen["refused"] == [404, "not_found"]


@pytest.mark.parametrize("program", ["made_by_openapi_typescript", "made_by_hey_api"])
def test_typescript_generators(live: LiveService, programs: Path, program: str) -> None:
    seen = json.loads(run(["node", f"build/{program}.js"], programs, live.environment))
    check(seen)
    assert seen["refused"] == [404, "not_found"]


def test_python_types_are_those_of_the_document(document: Path, python_generators: Path, tmp_path: Path) -> None:
    """Run `make clients` if this fails."""
    write_python_types(document, tmp_path / "types.py")
    assert (tmp_path / "types.py").read_text() == (ROOT / "clients" / PYTHON_TYPES).read_text()


def test_typescript_types_are_those_of_the_document(document: Path, node_modules: Path, tmp_path: Path) -> None:
    """Run `make clients` if this fails."""
    write_typescript_types(document, tmp_path / "schema.ts")
    assert (tmp_path / "schema.ts").read_text() == (ROOT / "clients" / TYPESCRIPT_TYPES).read_text()
