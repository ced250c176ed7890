"""What the catalogue says of its models, and which of them it recommends for a machine."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from app.weights.entries import CATALOG, CatalogEntry
from app.weights.machine import Machine
from app.weights.mirrors import HubFile, HubRepository, Wheels
from app.weights.recommendation import recommend
from app.weights.requirements import serving_bytes

GB = 10**9
LAPTOP = Machine(memory_bytes=16 * GB, disk_bytes=100 * GB, cores=2, vector_kernels=True)
ENTRIES = list(CATALOG.values())


def states(machine: Machine, present: frozenset[str] = frozenset()) -> dict[str, str]:
    return {verdict.name: verdict.state for verdict in recommend(ENTRIES, machine, present)}


def recommended(machine: Machine) -> str | None:
    return next((name for name, state in states(machine).items() if state == "recommended"), None)


def test_one_core_gets_the_half_billion_model_and_more_cores_the_larger() -> None:
    one_core = replace(LAPTOP, cores=1)
    assert recommended(one_core) == "qwen2.5-coder-0.5b-instruct"
    assert states(one_core)["qwen2.5-coder-1.5b-instruct"] == "slow"
    assert recommended(LAPTOP) == "qwen2.5-coder-1.5b-instruct"
    assert recommended(replace(LAPTOP, cores=8)) == "qwen2.5-coder-1.5b-instruct"


def test_little_memory_disk_or_an_old_processor_get_a_smaller_model_with_the_reason_first() -> None:
    small = replace(LAPTOP, cores=8, memory_bytes=2 * GB)
    assert recommended(small) == "smollm2-135m-instruct"
    verdict = next(v for v in recommend(ENTRIES, small, frozenset()) if v.name == "qwen2.5-coder-1.5b-instruct")
    assert verdict.state == "does not fit"
    assert verdict.reasons[0] == "memory: about 2.9 GB of 2.0 GB"
    full = replace(LAPTOP, cores=8, disk_bytes=GB)
    assert recommended(full) == "smollm2-135m-instruct"
    assert states(full, frozenset({"qwen2.5-coder-0.5b-instruct"}))["qwen2.5-coder-0.5b-instruct"] == "recommended"
    assert recommended(replace(LAPTOP, vector_kernels=False)) == "smollm2-135m-instruct"


def test_nothing_is_recommended_where_nothing_fits() -> None:
    assert recommended(replace(LAPTOP, memory_bytes=GB)) is None


def test_gpu_makes_large_models_fit_and_what_was_not_run_by_us_is_not_recommended() -> None:
    gpu = replace(LAPTOP, gpu_bytes=8 * GB)
    assert states(gpu)["qwen3-4b-instruct-2507"] == "fits"
    assert recommended(gpu) == "qwen2.5-coder-1.5b-instruct"
    verdict = next(v for v in recommend(ENTRIES, gpu, frozenset()) if v.name == "qwen3-4b-instruct-2507")
    assert verdict.reasons[-1] == "not run by us"
    assert states(replace(gpu, gpu_bytes=GB))["qwen3-4b-instruct-2507"] == "does not fit"


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_entry_is_pinned_and_says_what_it_is(entry: CatalogEntry) -> None:
    assert entry.purpose
    assert entry.languages
    assert entry.licence
    for mirror in entry.mirrors:
        if isinstance(mirror, HubFile | HubRepository):
            assert re.fullmatch(r"[0-9a-f]{40}", mirror.revision)
        if isinstance(mirror, HubFile | Wheels):
            assert re.fullmatch(r"[0-9a-f]{64}", entry.file_sha256)
            assert entry.file_bytes > 0
        if isinstance(mirror, Wheels):
            assert all(re.fullmatch(r"[0-9a-f]{64}", part.sha256) for part in mirror.parts)
            assert len({(part.project, part.sha256) for part in mirror.parts}) == len(mirror.parts)
    assert entry.run_by_us or len(entry.mirrors) == 1


def test_disk_of_a_pull_holds_the_file_beside_the_folder_that_is_written() -> None:
    entry = CATALOG["qwen2.5-coder-1.5b-instruct"]
    assert entry.file_bytes + entry.folder_bytes <= entry.pull_bytes
    assert abs(entry.folder_bytes - 3_565_663_000) < 2 * 10**6  # as written


def test_memory_counts_the_layers_that_stay_in_16_bits() -> None:
    shape = CATALOG["qwen2.5-coder-0.5b-instruct"].shape
    assert shape is not None
    kept = serving_bytes(shape, keep=("down_proj",)) - serving_bytes(shape)
    assert kept == pytest.approx(shape.linears["down_proj"] * (16 - 4.25) / 8, abs=2)
    assert serving_bytes(shape, block_size=64) < serving_bytes(shape, block_size=32)
