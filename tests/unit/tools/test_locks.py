"""Locked dependencies: complete, by hash, of one version each, and what differs from them is not installed."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.paths import ROOT
from tools.locks.install import check_wheel
from tools.locks.lock_file import LOCKS, Pin, parse_pins, read_pins
from tools.locks.resolution import PYTHONS, SETS
from tools.locks.torch_index import hashes_in

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PINS = {path.stem: read_pins(path.stem) for path in sorted(LOCKS.glob("*.txt"))}
WITH_RUNTIME = {"torch", "cuda", "runtime"}  # installed before any other lock


def declared(name: str) -> list[Requirement]:
    extras = next((one.extras for one in SETS if one.name == name), ())
    lines = PROJECT["project"]["dependencies"] if name == "runtime" else []
    return [
        Requirement(line)
        for line in [
            *lines,
            *(line for extra in extras for line in PROJECT["project"]["optional-dependencies"][extra]),
        ]
    ]


def test_every_pin_has_hashes_and_every_package_one_version() -> None:
    versions = defaultdict(set)
    for pins in PINS.values():
        for pin in pins:
            assert pin.hashes, pin.name
            versions[canonicalize_name(pin.name)].add(pin.version)
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


@pytest.mark.parametrize("name", [one.name for one in SETS if one.extras or one.name == "runtime"])
def test_what_the_project_declares_is_locked_in_its_bounds(name: str) -> None:
    pinned = {canonicalize_name(pin.name): pin.version for lock in {*WITH_RUNTIME, name} for pin in PINS[lock]}
    assert declared(name)
    for requirement in declared(name):
        assert requirement.specifier.contains(pinned[canonicalize_name(requirement.name)]), requirement


def test_what_builds_the_package_is_locked() -> None:
    (requirement,) = map(Requirement, PROJECT["build-system"]["requires"])
    (pin,) = PINS["build"]
    assert (pin.name, requirement.specifier.contains(pin.version)) == ("setuptools", True)
    assert Requirement((LOCKS / "build.in").read_text(encoding="utf-8").splitlines()[-1]) == requirement


def test_locks_are_for_the_pythons_that_the_project_names() -> None:
    allowed = Requirement(f"loracle{PROJECT['project']['requires-python']}").specifier
    assert [f"3.{minor}" for minor in range(20) if allowed.contains(f"3.{minor}.5")] == list(PYTHONS)


def test_installed_versions_are_the_locked_ones() -> None:
    locked = [pin for name in ("torch", "runtime", "dev") for pin in PINS[name]]
    here = [pin for pin in locked if not pin.marker or Marker(pin.marker).evaluate()]
    differing = {pin.name: version(pin.name) for pin in here if version(pin.name).partition("+")[0] != pin.version}
    assert differing == {}, "run `make install`"


def test_a_lock_is_read_as_it_is_written() -> None:
    pins = [
        Pin("a", "1.0", "", ("sha256:" + "0" * 64,)),
        Pin("b", "2+cpu", "sys_platform == 'win32'", ("sha256:" + "1" * 64, "sha256:" + "2" * 64)),
    ]
    assert parse_pins("# What it is for.\n" + "".join(f"{pin}\n" for pin in pins)) == pins
    with pytest.raises(ValueError, match="pins no version"):
        parse_pins("torch>=2\n")


def test_wheel_of_pytorch_is_compared_before_it_is_installed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wheel = tmp_path / "torch-2.13.0-cp311-cp311-linux_x86_64.whl"
    wheel.write_bytes(b"wheel")
    digest = "sha256:94ea5f4b8f7d1d5aa78a6ef1ed4f4d5ff5b6e1d4cd6ea4ff8f9a7ed6c8a0ddc5"
    with pytest.raises(SystemExit, match=r"is not in locks/torch\.txt: it is not installed"):
        check_wheel(wheel, (digest,), "")
    assert not check_wheel(wheel, (digest,), "https://example.org/cu129")
    told = capsys.readouterr().err
    assert "without the lock" in told
    real = "sha256:" + told.partition("sha256:")[2][:64]
    assert check_wheel(wheel, (digest, real), "")


def test_hashes_of_an_index_are_those_of_the_version() -> None:
    page = "".join(
        f'<a href="/whl/cpu/{name}#sha256={digit * 64}">{name}</a><br/>\n'
        for digit, name in enumerate(
            [
                "torch-2.13.0%2Bcpu-cp311-cp311-manylinux_2_28_x86_64.whl",
                "torch-2.13.0-cp314-cp314-macosx_14_0_arm64.whl",
                "torch-2.13.0%2Bcpu-cp310-cp310-manylinux_2_28_x86_64.whl",
                "torch-2.13.1%2Bcpu-cp311-cp311-manylinux_2_28_x86_64.whl",
            ]
        )
        for digit in [str(digit)]
    )
    assert hashes_in(page, "2.13.0") == ["sha256:" + "0" * 64, "sha256:" + "1" * 64]
