"""Copies on a machine's disk: written once, bounded, and never taken away from whoever uses one."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.errors import NotFound
from app.storage.blobs.node_cache import FORGOTTEN_S, NodeCache

KILOBYTE = bytes(1000)
HOLD = """
import fcntl, sys
file = open(sys.argv[1])
fcntl.flock(file, fcntl.LOCK_SH)
print("held", flush=True)
sys.stdin.read()
"""


def fetch(target: Path) -> None:
    target.write_bytes(KILOBYTE)


def fill(target: Path) -> None:
    target.mkdir()
    (target / "weights").write_bytes(KILOBYTE)


def hold_and_close(cache: NodeCache, *names: str) -> None:
    for number, name in enumerate(names):
        cache.hold(name, fetch).close()
        os.utime(cache.path(name), (time.time() - 1000 + number,) * 2)


def kept(cache: NodeCache, *names: str) -> list[bool]:
    return [cache.path(name).exists() for name in names]


def test_longest_unused_go_when_a_new_copy_makes_them_too_large(tmp_path: Path) -> None:
    cache = NodeCache(tmp_path, 3000)
    hold_and_close(cache, "a/1", "a/2", "a/3")
    cache.hold("a/1", fetch).close()  # a use makes it new
    cache.hold("a/4", fetch).close()
    assert kept(cache, "a/1", "a/2", "a/3", "a/4") == [True, False, False, True]


def test_held_copy_stays_however_many_come(tmp_path: Path) -> None:
    cache, other = NodeCache(tmp_path, 2000), NodeCache(tmp_path, 2000)
    held = cache.hold("a/1", fetch)
    os.utime(held.path, (0, 0))
    hold_and_close(other, *(f"b/{number}" for number in range(20)))
    assert held.path.read_bytes() == KILOBYTE
    held.close()
    hold_and_close(other, "c/1", "c/2", "c/3")
    assert not held.path.exists()


def test_copy_that_another_process_holds_stays(tmp_path: Path) -> None:
    cache = NodeCache(tmp_path, 1000)
    hold_and_close(cache, "a/1")
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(cache.path("a/1"))], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    os.utime(cache.path("a/1"), (0, 0))
    hold_and_close(cache, "a/2", "a/3")
    assert cache.path("a/1").exists()
    holder.communicate()  # its end frees the copy
    hold_and_close(cache, "a/4", "a/5")
    assert not cache.path("a/1").exists()


def test_folder_used_lately_stays_although_nobody_holds_it(tmp_path: Path) -> None:
    cache = NodeCache(tmp_path, 1000, idle_s=600)
    folders = [cache.folder(f"tenant/{number}", fill) for number in range(5)]
    assert all((folder / "weights").is_file() for folder in folders)
    for folder in folders[:3]:
        os.utime(folder, (time.time() - 601,) * 2)
    cache.folder("tenant/5", fill)
    assert [folder.exists() for folder in folders] == [False, False, False, True, True]


def test_copy_larger_than_the_bound_is_held_all_the_same(tmp_path: Path) -> None:
    cache = NodeCache(tmp_path, 0)
    with cache.hold("a/1", fetch) as path:
        assert path.read_bytes() == KILOBYTE
    hold_and_close(cache, "a/2")
    assert kept(cache, "a/1", "a/2") == [False, True]


def test_copy_nobody_used_for_a_day_goes_although_there_is_room(tmp_path: Path) -> None:
    cache = NodeCache(tmp_path, 10**6)
    hold_and_close(cache, "a/1", "a/2")
    os.utime(cache.path("a/1"), (time.time() - FORGOTTEN_S - 1,) * 2)
    hold_and_close(NodeCache(tmp_path, 10**6), "a/3")  # a new process looks at once, others now and then
    assert kept(cache, "a/1", "a/2", "a/3") == [False, True, True]


def test_copy_is_fetched_once_by_many_who_want_it_at_once(tmp_path: Path) -> None:
    cache, fetched = NodeCache(tmp_path, 10**6), []

    def slow(target: Path) -> None:
        fetched.append(target)
        time.sleep(0.05)
        fetch(target)

    with ThreadPoolExecutor(20) as threads:
        for held in threads.map(lambda _: cache.hold("a/1", slow), range(20)):
            held.close()
    assert len(fetched) == 1


def test_processes_that_fetch_at_once_keep_one_copy(tmp_path: Path) -> None:
    caches = [NodeCache(tmp_path, 10**6) for _ in range(4)]
    together = threading.Barrier(4)

    def slow(target: Path) -> None:
        fetch(target)
        together.wait(5)

    with ThreadPoolExecutor(4) as threads:
        held = list(threads.map(lambda cache: cache.hold("a/1", slow), caches))
    assert {one.path.read_bytes() for one in held} == {KILOBYTE}
    for one in held:
        one.close()
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["1"]


def test_fetch_that_fails_leaves_nothing_and_may_be_tried_again(tmp_path: Path) -> None:
    cache = NodeCache(tmp_path, 10**6)

    def broken(target: Path) -> None:
        target.write_bytes(b"half")
        raise NotFound("gone")

    with pytest.raises(NotFound):
        cache.hold("a/1", broken)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    with cache.hold("a/1", fetch) as path:
        assert path.read_bytes() == KILOBYTE


def test_what_a_killed_process_left_half_written_is_swept_when_it_is_old(tmp_path: Path) -> None:
    cache = NodeCache(tmp_path, 10**6)
    old, new = cache.incoming(), cache.incoming()
    old.write_bytes(b"half")
    new.write_bytes(b"being written")
    os.utime(old, (0, 0))
    cache.sweep()
    assert (old.exists(), new.exists()) == (False, True)
