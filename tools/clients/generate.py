"""The generated parts of the clients: their types, and the version, which is that of the API."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from typing import Any

from app import __version__
from app.main import create_app
from app.settings import Settings
from tools.clients.toolbox import HERE, run_node, run_python

CLIENTS = HERE.parents[1] / "clients"
PYTHON_TYPES = Path("python/src/loracle_client/types.py")
TYPESCRIPT_TYPES = Path("typescript/src/schema.ts")
PYTHON_VERSION = Path("python/src/loracle_client/version.py")
TYPESCRIPT_PACKAGE = Path("typescript/package.json")
TYPES_SCRIPT = HERE / "openapi_types.mjs"
HEADER = '"""Types of the API. Generated from the OpenAPI document by `make clients`: do not edit."""\n'


def openapi_document() -> dict[str, Any]:
    return create_app(Settings(_env_file=None)).openapi()


def generate(clients: Path = CLIENTS) -> None:
    """Write all generated parts. Raises ToolsMissing."""
    with tempfile.TemporaryDirectory() as folder:
        document = Path(folder) / "openapi.json"
        document.write_text(json.dumps(openapi_document()))
        write_python_types(document, clients / PYTHON_TYPES)
        write_typescript_types(document, clients / TYPESCRIPT_TYPES)
    write_versions(clients)


def write_python_types(document: Path, output: Path) -> None:
    """One TypedDict for each schema. Raises ToolsMissing."""
    run_python(
        "datamodel_code_generator",
        *("--input", document, "--input-file-type", "openapi", "--output", output),
        *("--output-model-type", "typing.TypedDict", "--target-python-version", "3.11"),
        *("--use-union-operator", "--use-standard-collections", "--enum-field-as-literal", "all"),
        *("--no-use-closed-typed-dict", "--use-schema-description", "--use-double-quotes"),
        *("--formatters", "builtin", "--custom-file-header", HEADER),
    )


def write_typescript_types(document: Path, output: Path) -> None:
    """Raises ToolsMissing."""
    run_node(TYPES_SCRIPT, document, output)


def write_versions(clients: Path) -> None:
    for path, pattern in (
        (clients / PYTHON_VERSION, r'(?<=__version__ = ")[^"]*'),
        (clients / TYPESCRIPT_PACKAGE, r'(?<="version": ")[^"]*'),
    ):
        path.write_text(re.sub(pattern, __version__, path.read_text(), count=1))
