"""The Dockerfile and what its steps run, as far as they run without a container engine."""

from __future__ import annotations

import os
import re
import runpy
import subprocess
from pathlib import Path

import pytest

from app.engine import native
from tests.support.paths import ROOT
from tools.gateway.requirements import LEFT_OUT, gateway_requirements
from tools.locks.lock_file import parse_pins

DOCKER = ROOT / "docker"
LINES = (DOCKER / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()


def stages() -> dict[str, list[str]]:
    """The instructions of each stage by its name."""
    found: dict[str, list[str]] = {}
    for line in LINES:
        if line.startswith("FROM "):
            current = found.setdefault(line.split(" AS ")[1], [line])
        elif found:
            current.append(line)
    return found


def parents(name: str) -> list[str]:
    """The stage and those that it builds upon."""
    base = stages()[name][0].split()[1]
    return [name, *(parents(base) if base in stages() else [])]


def instructions(name: str) -> list[str]:
    return [line for stage in parents(name) for line in stages()[stage]]


def test_images_have_no_compiler_and_run_as_a_user() -> None:
    for name in ("all-in-one", "gateway"):
        assert not any("gcc" in line for line in instructions(name))
        assert [line for line in stages()[name] if line.startswith("USER ")] == ["USER 10001:10001"]
        for word in ("HEALTHCHECK ", "STOPSIGNAL ", "LABEL org.opencontainers.image.title"):
            assert any(line.startswith(word) for line in instructions(name)), word


def test_images_say_what_is_in_them() -> None:
    for name in ("build", "gateway-build"):
        assert any("cyclonedx-py environment" in line and "sbom.cdx.json" in line for line in stages()[name])


def test_kernels_are_checked_where_they_are_compiled() -> None:
    steps = "\n".join(instructions("build"))
    assert "gcc" in steps
    assert steps.index("pip install --no-deps --no-build-isolation .") < steps.index("check_kernels.py")


def test_bases_are_pinned() -> None:
    bases = [line for line in LINES if re.match(r"ARG (PYTHON|NODE)=", line)]
    assert len(bases) == 2
    assert all(re.search(r"=v?\d+\.\d+\.\d+\S*@sha256:[0-9a-f]{64}$", line) for line in bases)


def test_packages_are_installed_by_their_hashes() -> None:
    steps = [line for stage in stages().values() for line in stage if " install " in line and "pip" in line]
    assert steps
    for step in steps:
        assert "--require-hashes" in step or "--no-deps --no-build-isolation" in step, step
    assert any("tools.locks.install runtime image" in line for line in stages()["build"])


def test_everything_that_is_copied_is_in_the_context() -> None:
    allowed = [
        line.removeprefix("!").rstrip("/")
        for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    ]
    for line in LINES:
        if not line.startswith("COPY ") or "--from=" in line:
            continue
        *sources, _ = [word for word in line.split()[1:] if not word.startswith("--")]
        for source in sources:
            assert any(Path(source).match(one) or Path(source).is_relative_to(one) for one in allowed), source


def test_gateway_requirements_are_up_to_date() -> None:
    text = (DOCKER / "gateway-requirements.txt").read_text(encoding="utf-8")
    assert text == gateway_requirements(), "run `python -m tools.gateway`"
    pins = parse_pins(text)
    assert all(pin.hashes for pin in pins)
    assert not {pin.name for pin in pins} & LEFT_OUT


def test_compiled_kernels_are_found(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(DOCKER / "check_kernels.py"))
    assert capsys.readouterr().out.count("compiled") == 2


def test_kernels_that_were_not_compiled_end_the_build(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(native, "__file__", str(tmp_path / "__init__.py"))
    with pytest.raises(SystemExit, match="was not compiled"):
        runpy.run_path(str(DOCKER / "check_kernels.py"))


def test_models_are_pulled_before_what_runs_them(tmp_path: Path) -> None:
    (tmp_path / "loracle").write_text('#!/bin/sh\necho "$@"\n')
    (tmp_path / "loracle").chmod(0o755)
    path = {"PATH": f"{tmp_path}:{os.environ['PATH']}"}

    def run(*arguments: str) -> list[str]:
        command = ["sh", DOCKER / "entrypoint.sh", *arguments]
        return subprocess.run(command, env=path, capture_output=True, text=True, check=True).stdout.splitlines()

    assert run("serve", "--port", "80") == ["models pull", "serve --port 80"]
    assert run("worker") == ["models pull", "worker"]
    assert run("tenants", "list") == ["tenants list"]
