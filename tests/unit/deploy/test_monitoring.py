"""The dashboard and the alerts ask for metrics, labels and routes that the service has."""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import combinations
from typing import Any

import pytest
import yaml
from prometheus_client.metrics import MetricWrapperBase

from app.domain.conversations import TurnStatus
from app.domain.jobs import JobStatus
from app.observability import Metrics
from tests.support.paths import ROOT

FOLDER = ROOT / "deploy" / "monitoring"
DASHBOARD = json.loads((FOLDER / "dashboard.json").read_text(encoding="utf-8"))
PANELS = [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]
RULES = [rule for group in yaml.safe_load((FOLDER / "alerts.yaml").read_text())["groups"] for rule in group["rules"]]
EXPRESSIONS = [target["expr"] for panel in PANELS for target in panel["targets"]] + [rule["expr"] for rule in RULES]
SUFFIXES = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum"), "gauge": ("",)}
SELECTOR = re.compile(r"(\w+)\{([^}]*)\}")
LABEL = re.compile(r"(\w+)\s*=~?\s*\"([^\"]*)\"")
GROUPED = re.compile(r"by \(([^)]*)\)")
OF_PROMETHEUS = {"job", "instance", "le"}
VALUES = {
    "status": {*JobStatus, "503", "5.."},
    "outcome": {"answered", "refused", *TurnStatus},
}


@cache
def known() -> dict[str, set[str]]:
    """The labels of every series by its name."""
    metrics = Metrics()
    found = {"up": set[str]()}
    for one in vars(metrics).values():
        if isinstance(one, MetricWrapperBase):
            for suffix in SUFFIXES[one._type]:
                found[one._name + suffix] = set(one._labelnames)
    return found


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_series_and_labels_are_there(expression: str) -> None:
    labels = known()
    names = set(re.findall(r"\b(?:loracle_\w+|up)\b", expression))
    assert names
    assert names <= set(labels)
    for series, selectors in SELECTOR.findall(expression):
        assert {label for label, _ in LABEL.findall(selectors)} <= labels[series] | OF_PROMETHEUS
    for group in GROUPED.findall(expression):
        assert set(re.split(r",\s*", group)) <= set().union(*(labels[name] for name in names)) | OF_PROMETHEUS


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_values_of_labels_are_there(expression: str) -> None:
    for _, selectors in SELECTOR.findall(expression):
        for label, values in LABEL.findall(selectors):
            if label in VALUES:
                assert set(values.split("|")) <= VALUES[label], expression
    assert expression.count("(") == expression.count(")")


def test_figures_of_the_generator_are_those_of_the_engine() -> None:
    source = (ROOT / "app" / "engine" / "engine.py").read_text(encoding="utf-8")
    for figure in set(re.findall(r'figure="(\w+)"', " ".join(EXPRESSIONS))):
        assert f'"{figure}":' in source


def test_panels_lie_beside_each_other() -> None:
    for one, other in combinations(DASHBOARD["panels"], 2):
        assert not _overlap(one["gridPos"], other["gridPos"]), (one["title"], other["title"])
    ids = [panel["id"] for panel in DASHBOARD["panels"]]
    assert len(ids) == len(set(ids))


def test_alerts_say_how_bad_it_is_and_what_to_look_at() -> None:
    for rule in RULES:
        assert rule["labels"]["severity"] in {"critical", "warning"}
        assert len(rule["annotations"]["summary"].split()) > 5, rule["alert"]
    handbook = (ROOT / "docs" / "operations" / "monitoring.md").read_text(encoding="utf-8")
    assert [rule["alert"] for rule in RULES if rule["alert"] not in handbook] == []


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return (
        one["x"] < other["x"] + other["w"]
        and other["x"] < one["x"] + one["w"]
        and one["y"] < other["y"] + other["h"]
        and other["y"] < one["y"] + one["h"]
    )
