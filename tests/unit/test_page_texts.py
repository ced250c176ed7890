"""The page explains each check of `loracle doctor`, in each of its languages."""

from __future__ import annotations

import ast
import re

from tests.support.paths import APP, ROOT

TEXTS = ROOT / "web" / "src" / "admin" / "service_texts.ts"
NEVER_WRONG = {"processor"}


def names_of_findings() -> set[str]:
    """What every Finding of the code is named after, up to a space or a colon, as the page reads it."""
    found = set()
    sources = (path.read_text(encoding="utf-8") for path in APP.rglob("*.py"))
    for source in (text for text in sources if "Finding(" in text):
        for node in ast.walk(ast.parse(source)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "Finding"
                and node.args
            ):
                first = node.args[0]
                part = first.values[0] if isinstance(first, ast.JoinedStr) else first
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    found.add(re.split("[ :]", part.value)[0])
    return found


def test_every_finding_is_explained_in_every_language() -> None:
    blocks = re.findall(r"^  findings: \{\n(.*?)^  \}", TEXTS.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert len(blocks) == 2
    names = names_of_findings() - NEVER_WRONG
    assert {"python", "model", "4-bit", "processes"} <= names
    for block in blocks:
        assert set(re.findall(r'^    "?([^":]+)"?: "', block, re.MULTILINE)) == names
