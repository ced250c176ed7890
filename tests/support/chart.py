"""The Helm chart rendered by Helm's own library, without a cluster."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import helm_python as helm
import yaml

from tests.support.paths import ROOT

CHART = ROOT / "deploy" / "helm" / "loracle"
EXAMPLES = sorted((ROOT / "deploy" / "helm" / "examples").glob("*.yaml"))
Object = dict[str, Any]


def values_of(example: Path) -> Object:
    return yaml.safe_load(example.read_text(encoding="utf-8")) or {}


def example(name: str) -> Object:
    return values_of(CHART.parent / "examples" / f"{name}.yaml")


def render(values: Object | None = None) -> list[Object]:
    """All objects that an installation makes, hooks and tests included; not to be changed. Raises helm's errors."""
    texts = [text for name, text in sorted(_files(json.dumps(values or {})).items()) if name.endswith(".yaml")]
    return [one for text in texts for one in yaml.safe_load_all(text) if one]


def notes(values: Object) -> str:
    return next(text for name, text in _files(json.dumps(values)).items() if name.endswith("NOTES.txt"))


@cache
def _files(values: str) -> dict[str, str]:
    """The rendered text of each template."""
    return helm.Chart.load(CHART).render(json.loads(values), name="acme", namespace="prod")


def pods(objects: list[Object]) -> Iterator[tuple[str, Object]]:
    """(name, pod specification) of everything that runs pods."""
    for one in objects:
        if one["kind"] == "Pod":
            yield one["metadata"]["name"], one["spec"]
        elif "template" in one.get("spec", {}):
            yield one["metadata"]["name"], one["spec"]["template"]["spec"]


def find(objects: list[Object], kind: str, name: str) -> Object:
    return next(one for one in objects if one["kind"] == kind and one["metadata"]["name"] == name)
