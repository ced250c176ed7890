"""Asks pip-audit about the locks and npm about the page's lock, and says what they could not look up."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from tools.locks.lock_file import LOCKS, Pin, parse_pins

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Audit:
    """What is known of some packages, in lines to read."""

    lines: Sequence[str]
    vulnerable: bool = False
    incomplete: bool = False


def audit_python() -> Audit:
    """What PyPI knows of every package in locks/."""
    locks = [parse_pins(path.read_text(encoding="utf-8")) for path in sorted(LOCKS.glob("*.txt"))]
    pins: Mapping[tuple[str, str], Pin] = {(pin.name, pin.version): pin for lock in locks for pin in lock}
    with NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("".join(f"{replace(pin, marker='')}\n" for pin in pins.values()))
        file.flush()
        options = ["--disable-pip", "--require-hashes", "--progress-spinner=off", "--format=json", "--aliases=off"]
        answer = _run([sys.executable, "-m", "pip_audit", *options, "-r", file.name])
    return read_pip_audit(answer.stdout, answer.stderr)


def read_pip_audit(report: str, errors: str) -> Audit:
    """Read the JSON report of pip-audit; `errors` says why there is none."""
    try:
        packages: list[dict[str, Any]] = json.loads(report)["dependencies"]
    except ValueError:
        return Audit([f"Python: not looked up: {_last_line(errors)}"], incomplete=True)
    faults = [
        f"{one['name']} {one['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'no version'}"
        for one in packages
        for fault in one.get("vulns", [])
    ]
    skipped = sum("skip_reason" in one for one in packages)
    summary = f"Python: {len(faults)} known vulnerabilities in {len(packages) - skipped} packages"
    missing = f"; {skipped} were not looked up: does this network reach PyPI's JSON API?" if skipped else ""
    return Audit([*faults, summary + missing], vulnerable=bool(faults), incomplete=skipped > 0)


def audit_page() -> Audit:
    """What npm knows of the page's packages and of what builds it."""
    answer = _run(["npm", "--prefix", str(ROOT / "web"), "audit", "--json"])
    return read_npm_audit(answer.stdout, answer.stderr)


def read_npm_audit(report: str, errors: str) -> Audit:
    """Read the JSON report of `npm audit`; `errors` says why there is none."""
    try:
        found: dict[str, Any] = json.loads(report)
        faults = [f"{name}: {one['severity']}, {one['range']}" for name, one in found["vulnerabilities"].items()]
        packages = found["metadata"]["dependencies"]["total"]
    except (ValueError, KeyError):
        reason = "does this network reach npm's audit service?" if report else _last_line(errors)
        return Audit([f"Page: not looked up: {reason}"], incomplete=True)
    return Audit(
        [*faults, f"Page: {len(faults)} known vulnerabilities in {packages} packages"], vulnerable=bool(faults)
    )


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    except FileNotFoundError as fault:
        return subprocess.CompletedProcess(command, 127, "", f"{fault.filename} is not installed")


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["no reason was given"])[-1]
