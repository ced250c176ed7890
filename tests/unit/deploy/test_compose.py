"""docker-compose.yml: its settings and commands are there, and every process is as bounded as the first one."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from app.cli import app as command_line
from app.settings import Settings
from tests.support.paths import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: one for name, one in SERVICES.items() if one.get("image", "").startswith("loracle:local")}
DOCKERFILE = (ROOT / "docker" / "Dockerfile").read_text(encoding="utf-8")
SCALE = {name for name, one in SERVICES.items() if one.get("profiles") == ["scale"]}
# Read by docker-compose.yml itself: of the database and of vLLM.
OF_COMPOSE = {"LORACLE_DATABASE_PASSWORD", "LORACLE_VLLM_BASE", "LORACLE_VLLM_CONTEXT"}


def test_one_service_starts_without_a_profile() -> None:
    assert [name for name, one in SERVICES.items() if "profiles" not in one] == ["loracle"]


def test_profile_has_two_of_what_must_not_stop() -> None:
    assert {"api-1", "api-2", "worker", "trainer", "db", "proxy", "migrate"} == SCALE
    assert SERVICES["worker"]["deploy"]["replicas"] == 2


def test_settings_are_settings_of_the_service() -> None:
    known = {f"LORACLE_{name.upper()}" for name in Settings.model_fields}
    named = {name for one in OURS.values() for name in one["environment"] if name.startswith("LORACLE_")}
    assert named <= known
    read = set(re.findall(r"\$\{(LORACLE_\w+)", (ROOT / "docker-compose.yml").read_text(encoding="utf-8")))
    assert read <= known | OF_COMPOSE


def test_commands_are_commands_of_the_service() -> None:
    commands = get_command(command_line).commands  # type: ignore[attr-defined]
    for name, one in OURS.items():
        first, *options = one.get("command", ["serve"])
        assert first in commands, name
        flags = {flag for parameter in commands[first].params for flag in parameter.opts}
        assert {option for option in options if option.startswith("--")} <= flags, name


def test_processes_have_nothing_they_do_not_need() -> None:
    for name, one in {**OURS, "proxy": SERVICES["proxy"]}.items():
        assert one["read_only"], name
        assert one["cap_drop"] == ["ALL"], name
        assert "no-new-privileges:true" in one["security_opt"], name
    published = [port for one in SERVICES.values() for port in one.get("ports", [])]
    assert published
    assert all(port.startswith("127.0.0.1:") for port in published)


def test_every_process_is_bounded_and_its_log_too() -> None:
    for name, one in SERVICES.items():
        assert one["pids_limit"] >= 1024, name
        assert "cpus" in one, name
        assert "mem_limit" in one or name == "vllm", name
        assert set(one["logging"]["options"]) == {"max-size", "max-file"}, name
        assert all(":size=" in mount for mount in one.get("tmpfs", [])), name


def test_uploads_wait_on_a_disk() -> None:
    environment = next(line for line in DOCKERFILE.splitlines() if "TMPDIR=" in line)
    spool = re.search(r"TMPDIR=(\S+)", environment)[1]  # type: ignore[index]
    assert f"chown 10001:10001 /data /models {spool}" in DOCKERFILE
    for name, one in OURS.items():
        assert f"spool:{spool}" in one["volumes"], name
    assert "spool" in COMPOSE["volumes"]


def test_settings_may_be_absent() -> None:
    for name, one in OURS.items():
        assert one["env_file"] == [{"path": ".env", "required": False}], name


def test_no_image_is_taken_as_it_happens_to_be() -> None:
    for name, one in SERVICES.items():
        if "build" not in one:
            assert re.search(r":\S*\d+\.\d+\.\d+", one["image"]), name


def test_processes_wait_for_the_schema_and_the_proxy_for_them() -> None:
    for name in SCALE - {"db", "migrate", "proxy"}:
        assert SERVICES[name]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
    assert SERVICES["migrate"]["depends_on"] == {"db": {"condition": "service_healthy"}}
    assert set(SERVICES["proxy"]["depends_on"]) == SCALE - {"db", "migrate", "proxy"}


def test_proxy_asks_for_readiness_and_holds_no_event_back() -> None:
    text = (ROOT / "docker" / "Caddyfile").read_text(encoding="utf-8")
    assert "health_uri /readyz" in text
    assert "flush_interval -1" in text
    interval = int(re.search(r"health_interval (\d+)s", text)[1])  # type: ignore[index]
    assert interval < int(SERVICES["api-1"]["environment"]["LORACLE_DRAIN_DELAY_S"])
    served = re.search(r"reverse_proxy (.+) \{", text)[1].split()  # type: ignore[index]
    assert served == ["api-1:8000", "api-2:8000"]


@pytest.mark.skipif(shutil.which("docker-compose") is None, reason="needs docker-compose")
@pytest.mark.parametrize("profiles", [[], ["cuda"], ["scale"], ["scale", "gpu"]])
def test_compose_reads_the_file(profiles: list[str], tmp_path: Path) -> None:
    shutil.copy(ROOT / ".env.example", tmp_path / ".env")
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    known = text.replace("- path: .env\n      required: false", "- .env")  # the first Compose knows no absent file
    assert known != text
    (tmp_path / "docker-compose.yml").write_text(known, encoding="utf-8")
    options = [option for profile in profiles for option in ("--profile", profile)]
    done = subprocess.run(
        ["docker-compose", *options, "config", "-q"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
