"""kill -9 at random moments and at named points: is anything acknowledged lost, is anything deleted still cited?

    python -m tests.reliability.crashes --random 600 --each 20
    python -m tests.reliability.crashes --mutant delete-without-log   # a fault planted: violations must be found

One data folder lives through all cycles. In each, a child process recovers it, uploads, replaces and deletes
documents, runs the worker and saves the index, and writes down what it was told is done before it goes on. It is
killed, at a random moment or where a fail point says; then the parent opens the folder and checks the invariants.
Now and then the child is started with another embedding model.
Fail points are placed by wrapping the product's own functions: nothing in the product knows of them.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import faiss

from tests.reliability.crash_checks import violations
from tests.reliability.crash_mutants import MUTANTS, plant
from tests.reliability.crash_points import FAIL_POINTS, kill_at
from tests.reliability.crash_work import MODELS, work
from tests.support.report import report

MOST_CPU_S = 0.8  # that a child gets before it is killed: its own time, so that a busy machine changes nothing
DAMAGE_EVERY = 5  # cycles
CYCLES_OF_A_MODEL = 25  # then the service is started with another embedding model
TOLD_EVERY = 50
POLL_S = 0.002
PATIENCE = 60_000  # looks at a child that comes to no fail point: not seconds, for the machine may stand still


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--random", type=int, default=600, help="cycles killed at a random moment")
    parser.add_argument("--each", type=int, default=20, help="cycles for each fail point")
    parser.add_argument("--mutant", choices=sorted(MUTANTS), help="plant this fault in the product first")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = cycles(Path(folder), given.random, given.each, given.mutant, given.seed)
    report("crashes" if not given.mutant else f"crashes-{given.mutant}", rows)
    found = sum(row["violations"] for row in rows)
    print(f"{sum(row['killed'] for row in rows)} kills, {found} violations")
    sys.exit(0 if (found == 0) == (given.mutant is None) else 1)


def cycles(
    folder: Path, at_random: int, each: int, mutant: str | None = None, seed: int = 1, points: list[str] | None = None
) -> list[dict[str, Any]]:
    """Run them in a mixed order; a row for each kind: how many, how many really killed, how many violations."""
    faiss.omp_set_num_threads(1)  # no threads in a process that forks
    if mutant:
        plant(mutant)
    kinds = ["random"] * at_random + [point for point in (points or list(FAIL_POINTS)) for _ in range(each)]
    rng = random.Random(seed)
    rng.shuffle(kinds)
    ran: Counter[str] = Counter()
    killed: Counter[str] = Counter()
    broken: Counter[str] = Counter()
    for number, kind in enumerate(kinds):
        ran[kind] += 1
        killed[kind] += cycle(folder, kind, rng.randrange(2**31), model=number // CYCLES_OF_A_MODEL % len(MODELS))
        if number % DAMAGE_EVERY == 0:
            damage_newest_index(folder / "data" / "index", rng)
        for found in violations(folder):
            broken[kind] += 1
            print(f"cycle {number} ({kind}): {found}", flush=True)
        if mutant and broken:
            break
        if (number + 1) % TOLD_EVERY == 0:
            print(f"{number + 1} cycles, {killed.total()} kills, {broken.total()} violations", flush=True)
    order = ["random", *FAIL_POINTS]
    return [
        {"point": kind, "cycles": ran[kind], "killed": killed[kind], "violations": broken[kind]}
        for kind in order
        if ran[kind]
    ]


def damage_newest_index(folder: Path, rng: random.Random) -> None:
    """Pages of the newest index file that never came to the disk: zeros, somewhere in its second half."""
    for file in sorted(folder.glob("*.faiss"), key=lambda path: path.stat().st_mtime_ns)[-1:]:
        data = bytearray(file.read_bytes())
        start = rng.randrange(len(data) // 2, max(len(data) * 3 // 4, len(data) // 2 + 1))
        data[start : start + len(data) // 4] = bytes(len(data[start : start + len(data) // 4]))
        file.write_bytes(data)


def cycle(folder: Path, kind: str, seed: int, model: int = 0) -> bool:
    """One child with one of MODELS, until it is killed. Returns whether it was: a fail point may lie on no path."""
    child = os.fork()  # no database is open and no thread runs here
    if child == 0:
        _in_child(folder, kind, seed, model)
    enough = random.Random(seed).uniform(0.01, MOST_CPU_S) if kind == "random" else None
    for _ in range(PATIENCE):
        if enough is not None and cpu_seconds(child) >= enough:
            os.kill(child, signal.SIGKILL)
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        time.sleep(POLL_S)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    raise RuntimeError(f"a child hung at {kind}")


def cpu_seconds(process: int) -> float:
    used = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK")


def _in_child(folder: Path, kind: str, seed: int, model: int) -> None:
    log = os.open(folder.with_suffix(".log"), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 2)
    try:
        if kind != "random":
            kill_at(kind, occurrence=1 + seed % 3)
        work(folder, seed, model=model, endless=kind == "random")
    except BaseException as fault:  # noqa: BLE001 - told to the log, and seen as a child that was not killed
        os.write(2, json.dumps({"crashed": repr(fault)}).encode() + b"\n")
        os._exit(2)
    os._exit(0)


if __name__ == "__main__":
    main()
