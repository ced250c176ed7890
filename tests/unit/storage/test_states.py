"""No status, kind or verdict is a bare string literal outside app/domain."""

from __future__ import annotations

import ast
import inspect
import pkgutil
from collections.abc import Iterator, Sequence
from enum import StrEnum
from importlib import import_module
from pathlib import Path

import pytest

import app.domain
from tests.support.paths import ROOT

MODULES = [import_module(f"app.domain.{found.name}") for found in pkgutil.iter_modules(app.domain.__path__)]
CLASSES = [each for module in MODULES for _, each in inspect.getmembers(module, inspect.isclass)]
ENUMS: list[type[StrEnum]] = [each for each in CLASSES if issubclass(each, StrEnum) and each.__members__]
# Names under which members are compared, assigned or passed, and the enums they may hold.
NAMES = {
    "status": {"TenantStatus", "DocumentStatus", "JobStatus", "TrainingStatus", "SearchTrialStatus"},
    "_status": {"TrainingStatus"},
    "stage": {"DocumentStatus"},
    "kind": {"JobKind", "ChangeKind"},
    "JOB_KIND": {"JobKind"},
    "verdict": {"GateVerdict"},
    "rating": {"Rating"},
    "origin": {"AdapterOrigin", "DatasetOrigin"},
    "side": {"EvaluationSide"},
    "unit": {"StageUnit"},
}
# Functions that receive a member by position.
CALLS = {
    "set_status": NAMES["status"],
    "record_outcome": NAMES["status"],
    "TrainingProgress": NAMES["status"],
    "tell": NAMES["status"],
    "_record_event": {"JobStatus"},
    "begin": {"DocumentStatus"},
    "_advance": {"DocumentStatus"},
    "create_again": {"JobKind"},
    "log_change": {"ChangeKind"},
    "_log": {"ChangeKind"},
    "requires": {"Scope"},
    "require": {"Scope"},
    "StageProgress": {"StageUnit"},
    "Lineage": {"AdapterOrigin"},
    "GeneratedRows": {"DatasetOrigin"},
}
# Other nouns that use the same words: a model's kind, a comparison's task, messages of the training process.
OTHERS = {
    "app/index/tenant_index.py",  # a library of its own: it may not import the store
    "app/comparison/run.py",
    "app/comparison/plan.py",
}


def _values(enums: set[str]) -> set[str]:
    return {str(member) for each in ENUMS if each.__name__ in enums for member in each}


def _name(node: ast.AST) -> str:
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name) | ast.Subscript(slice=ast.Constant(value=str(name))):
            return name
        case ast.Call(func=function):
            return _name(function)
        case _:
            return ""


def _literals(node: ast.AST | None, values: set[str]) -> Iterator[ast.Constant]:
    for each in ast.walk(node) if node is not None else ():
        if isinstance(each, ast.Constant) and each.value in values:
            yield each


def _compared(node: ast.Compare) -> Iterator[ast.Constant]:
    sides = [node.left, *node.comparators]
    for name in map(_name, sides):
        for side in sides:
            yield from _literals(side, _values(NAMES.get(name, set()))) if _name(side) != name else ()


def _assigned(target: ast.AST, value: ast.AST | None) -> Iterator[ast.Constant]:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for pair in zip(target.elts, value.elts, strict=True):
            yield from _assigned(*pair)
    elif isinstance(value, ast.Call):  # mapped_column(default=...)
        for word in value.keywords:
            yield from _literals(word.value, _values(NAMES.get(_name(target), set())))
    else:
        yield from _literals(value, _values(NAMES.get(_name(target), set())))


def _called(node: ast.Call) -> Iterator[ast.Constant]:
    for each in node.args[:2]:
        if isinstance(each, ast.Constant | ast.IfExp):
            yield from _literals(each, _values(CALLS.get(_name(node.func), set())))
    for word in node.keywords:
        yield from _literals(word.value, _values(NAMES.get(word.arg or "", set())))
    if _name(node.func) in {"in_", "not_in"} and isinstance(node.func, ast.Attribute):
        for each in node.args:
            yield from _literals(each, _values(NAMES.get(_name(node.func.value), set())))


def _in_set(elements: Sequence[ast.AST | None]) -> Iterator[ast.Constant]:
    """Two or more members of one enum and nothing else: a set that the enum module derives."""
    texts = [each for each in elements if isinstance(each, ast.Constant)]
    for enum in NAMES["status"] | NAMES["verdict"] | {"Scope", "Rating", "EvaluationSide"}:
        if len(texts) > 1 and {each.value for each in texts} <= _values({enum}):
            yield from texts


def _defaults(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.Constant]:
    words = [*node.args.posonlyargs, *node.args.args]
    given = [*zip(words[len(words) - len(node.args.defaults) :], node.args.defaults, strict=True)]
    for word, default in [*given, *zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)]:
        yield from _literals(default, _values(NAMES.get(word.arg, set())))


def _in_dict(node: ast.Dict) -> Iterator[ast.Constant]:
    yield from _in_set(node.keys)
    for key, value in zip(node.keys, node.values, strict=True):
        if isinstance(key, ast.Constant):
            yield from _literals(value, _values(NAMES.get(str(key.value), set())))


def _in_node(node: ast.AST) -> Iterator[ast.Constant]:
    match node:
        case ast.Compare():
            yield from _compared(node)
        case ast.Assign(targets=[target], value=value) | ast.AnnAssign(target=target, value=value):
            yield from _assigned(target, value)
        case ast.Call():
            yield from _called(node)
        case ast.Set() | ast.Tuple() | ast.List():
            yield from _in_set(node.elts)
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            yield from _defaults(node)
        case ast.Dict():
            yield from _in_dict(node)


def bare_literals(source: str) -> list[int]:
    """Lines with a member of an enum written as text, once for each literal."""
    places = {(hit.lineno, hit.col_offset) for node in ast.walk(ast.parse(source)) for hit in _in_node(node)}
    return sorted(line for line, _ in places)


def _modules() -> list[Path]:
    return [path for path in sorted((ROOT / "app").rglob("*.py")) if str(path.relative_to(ROOT)) not in OTHERS]


def test_no_bare_state_literal_outside_the_enums() -> None:
    found = [f"{path.relative_to(ROOT)}:{line}" for path in _modules() for line in bare_literals(path.read_text())]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        'job.status == "queued"',
        'body["status"] != "ready"',
        'row.status, row.progress = "failed", 1.0',
        'FINAL = {"ready", "failed", "cancelled"}',
        'JobRow.status.in_(("queued", "running"))',
        'store.document_versions.set_status(1, "cancelled", 0.0)',
        'outcome = {"status": "failed"}',
        'update(table).values(status="failed")',
        'JOB_KIND = "train"',
        'status: Mapped[str] = mapped_column(String(16), default="active")',
        'def end(status: str = "failed"): ...',
        'evaluation.verdict in PASSING | {"inconclusive"}',
    ],
)
def test_a_bare_literal_is_found(source: str) -> None:
    assert bare_literals(source)


@pytest.mark.parametrize("source", ["job.status == JobStatus.QUEUED", 'name == "queued"', 'kind="base"', 'x = "ready"'])
def test_other_text_is_not_found(source: str) -> None:
    assert not bare_literals(source)


@pytest.mark.parametrize("enum", ENUMS)
def test_every_member_has_a_comment(enum: type[StrEnum]) -> None:
    lines = inspect.getsource(enum).splitlines()
    members = [line for line in lines if " = " in line]
    assert members
    assert all("  # " in line for line in members)
