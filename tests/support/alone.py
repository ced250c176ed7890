"""A plugin of pytest: `--alone` chooses between the tests that need the machine for themselves and all others."""

from __future__ import annotations

from pathlib import Path

import pytest

# They overload the machine, or measure time, memory or the processor.
ALONE = ("tests/reliability", "tests/unit/training/test_memory_budget.py")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--alone", choices=("only", "without"), help="run only, or all but, the tests that run alone")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Spare the import of files whose tests are left out."""
    left_out = collection_path.is_file() and _is_left_out(collection_path, config)
    return True if left_out else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests of files that the command line names, which pytest does not ask about."""
    left = [item for item in items if _is_left_out(item.path, config)]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if not _is_left_out(item.path, config)]


def _is_left_out(path: Path, config: pytest.Config) -> bool:
    chosen = config.getoption("--alone")
    alone = any(path.is_relative_to(config.rootpath / name) for name in ALONE)
    return chosen is not None and alone != (chosen == "only")
