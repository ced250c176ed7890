"""A training of a tiny base that is killed ends with the losses of an undisturbed one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reliability.training_kills import Plan, kill_and_compare
from tests.support.training_factories import rows, tiny_base


@pytest.mark.models
def test_killed_training_ends_with_the_losses_of_an_undisturbed_one(tmp_path: Path) -> None:
    plan = Plan(rows(), tiny_base(tmp_path / "base"), steps=24, kills=1, threads=1, longest_cpu_s=0.3)
    row = kill_and_compare(tmp_path, plan)
    assert (row["kills"], row["steps"]) == (1, 24)
    assert row["largest difference of a step"] == 0
