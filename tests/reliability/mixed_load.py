"""Ten tenants at work for half an hour while the service is killed, its disk full, its database held: what is lost?

    python -m tests.reliability.mixed_load --minutes 30 --rate 50

Requests start at a fixed rate, whether earlier ones have ended or not. In the first half the service is killed and
started again, too; in the second half its memory must stay where it is. No answer may be an error but 429 and 503 with
Retry-After (507 while the disk is full), no connection may break but by a kill, and what was acknowledged must be there
at the end.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import psutil

from tests.reliability.injections import bounded_files, held_database
from tests.reliability.mixed_load_tenants import Load, Tenant
from tests.support.report import report
from tests.support.serving import ServedLoracle

TENANTS = 10
FAULT_EVERY_S, FAULT_S = 30.0, 6.0  # longer than the service waits for the database
SLOW_CLIENTS = 30
SAMPLE_S = 1.0
SLOW_HEAD = b"POST /api/v1/search HTTP/1.1\r\nHost: loracle\r\nContent-Length: 1000\r\nX-Slow: "


class Samples:
    """Memory in bytes, descriptors and threads of the serving process, with the time of each sample."""

    def __init__(self) -> None:
        self.rows: list[tuple[float, int, int, int]] = []

    async def run(self, served: ServedLoracle) -> None:
        """Sample until cancelled. A process that was just killed has nothing to say."""
        while True:
            with suppress(psutil.Error, AssertionError):
                process = served.process
                self.rows.append(
                    (time.monotonic(), process.memory_info().rss, process.num_fds(), process.num_threads())
                )
            await asyncio.sleep(SAMPLE_S)

    def growth(self, since: float) -> dict[str, Any]:
        """The middle of the first quarter after `since` beside that of the last."""
        rows = [row for row in self.rows if row[0] >= since]
        quarter = max(1, len(rows) // 4)
        first, last = (sorted(part)[len(part) // 2] for part in (_memory(rows[:quarter]), _memory(rows[-quarter:])))
        return {
            "memory_mb": round(last / 1e6, 1),
            "memory_growth": round(last / first - 1, 4),
            "descriptors": f"{rows[0][2]} -> {rows[-1][2]}",
            "threads": f"{rows[0][3]} -> {rows[-1][3]}",
        }


def _memory(rows: list[tuple[float, int, int, int]]) -> list[int]:
    return [row[1] for row in rows]


async def disturb(served: ServedLoracle, load: Load, seconds: float, every_s: float) -> int:
    """One fault after the other for `seconds`, kills in the first half only. Returns how many."""
    began, count = time.monotonic(), 0
    faults = (_kill, _fill_disk, _hold_database, _slow_clients)
    while (passed := time.monotonic() - began) + every_s < seconds:
        fault = faults[count % len(faults)]
        if fault is not _kill or passed < seconds / 2:
            await fault(served, load)
        count += 1
        await asyncio.sleep(every_s)
    return count


async def _kill(served: ServedLoracle, load: Load) -> None:
    with load.killed():
        await asyncio.to_thread(served.kill)
        await asyncio.to_thread(served.start)


async def _fill_disk(served: ServedLoracle, load: Load) -> None:
    with load.disk_full(), bounded_files(served.process.pid, 0):
        await asyncio.sleep(FAULT_S)


async def _hold_database(served: ServedLoracle, load: Load) -> None:
    del load
    with held_database(served.data_dir / "loracle.db"):
        await asyncio.sleep(FAULT_S)


async def _slow_clients(served: ServedLoracle, load: Load) -> None:
    """Connections that send a byte a second and never come to the end of their headers."""
    del load

    async def slow() -> None:
        _, writer = await asyncio.open_connection("127.0.0.1", served.port)
        with suppress(OSError):
            writer.write(SLOW_HEAD)
            for _ in range(int(FAULT_S)):
                writer.write(b"x")
                await writer.drain()
                await asyncio.sleep(1)
        writer.close()

    await asyncio.gather(*(slow() for _ in range(SLOW_CLIENTS)), return_exceptions=True)


async def at_work(served: ServedLoracle, tenants: list[Tenant], seconds: float, rate: float, every_s: float) -> Load:
    """Start `rate` requests a second for `seconds` beside the faults; returns once the last has ended."""
    load = Load(tenants)
    disturbing = asyncio.create_task(disturb(served, load, seconds, every_s))
    running: set[asyncio.Task[None]] = set()
    began, number = time.monotonic(), 0
    while time.monotonic() - began < seconds or not disturbing.done():
        task = asyncio.create_task(load.act(number))
        running.add(task)
        task.add_done_callback(running.discard)
        number += 1
        await asyncio.sleep(max(0.0, began + number / rate - time.monotonic()))
    load.faults = await disturbing
    await asyncio.gather(*running)
    return load


async def measure(folder: Path, *, minutes: float, rate: float, every_s: float = FAULT_EVERY_S) -> dict[str, Any]:
    """A row of what happened in `minutes` of load at `rate` requests a second."""
    served = ServedLoracle(
        folder / "data", generator="scripted", embedding_model="hashing", log_level="ERROR", job_max_attempts=1000
    )
    served.log = Path("/dev/null")  # the limit on file sizes must not hit the log
    with served:
        operator = await asyncio.to_thread(served.tenant, "operator", admin=True)
        made = [operator.post("/api/v1/tenants", json={"name": f"tenant{i}"}).json() for i in range(TENANTS)]
        limits = httpx.Limits(max_connections=None)
        async with httpx.AsyncClient(base_url=served.url, timeout=60, limits=limits) as http:
            tenants = [Tenant(one["name"], http, one["key"]) for one in made]
            samples = Samples()
            sampling = asyncio.create_task(samples.run(served))
            began = time.monotonic()
            load = await at_work(served, tenants, minutes * 60, rate, every_s)
            sampling.cancel()
            lost = [fault for tenant in tenants for fault in await tenant.violations()]
        for fault in [*load.wrong, *lost][:20]:
            print(fault)
        return {
            "requests": load.sent,
            "faults": load.faults,
            "kills": load.kills,
            "wrong": len(load.wrong),
            "acknowledged": sum(len(tenant.documents) for tenant in tenants),
            "lost": len(lost),
            **samples.growth(began + minutes * 30),
            "answers": dict(sorted(load.answers.items())),
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--rate", type=float, default=50, help="requests a second")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        row = asyncio.run(measure(Path(folder), minutes=given.minutes, rate=given.rate))
    report("mixed-load", [row])
    sys.exit(bool(row["wrong"] or row["lost"]))


if __name__ == "__main__":
    main()
