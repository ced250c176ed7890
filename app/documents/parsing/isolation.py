"""Takes the network away from a process: by a filter of its system calls, and by a namespace of its own.

`python -m app.documents.parsing.isolation` does so to itself and prints what it has then, a line each.
"""

from __future__ import annotations

import ctypes
import platform
import socket
import subprocess
import sys
from enum import StrEnum
from itertools import starmap

PROBE_TIMEOUT_S = 60.0
CLONE_NEWUSER, CLONE_NEWNET = 0x1000_0000, 0x4000_0000  # linux/sched.h
PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS, SECCOMP_MODE_FILTER = 22, 38, 2  # linux/prctl.h, linux/seccomp.h
LOAD, JUMP_EQUAL, JUMP_GREATER_EQUAL, RETURN = 0x20, 0x15, 0x35, 0x06  # linux/bpf_common.h
NUMBER, ARCHITECTURE = 0, 4  # offsets in struct seccomp_data
ALLOW, REFUSE = 0x7FFF_0000, 0x0005_0000 | 1  # SECCOMP_RET_ALLOW; SECCOMP_RET_ERRNO with EPERM
X32 = 0x4000_0000  # numbers from here on are those of x86-64 processes with 32-bit pointers
# Of each machine its audit number (linux/audit.h), and its numbers of the ways to a socket: `socket`, `io_uring_setup`.
SYSTEM_CALLS = {"x86_64": (0xC000_003E, (41, 425)), "aarch64": (0xC000_00B7, (198, 425))}


class Isolation(StrEnum):
    """Why a process has no network."""

    FILTER = "system call filter"  # it can open no socket; needs no privilege, and containers allow it
    NAMESPACE = "network namespace"  # its network has no device; many containers refuse it


class _Instruction(ctypes.Structure):
    """struct sock_filter."""

    _fields_ = (("code", ctypes.c_ushort), ("if_so", ctypes.c_ubyte), ("if_not", ctypes.c_ubyte), ("k", ctypes.c_uint))


class _Program(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.POINTER(_Instruction)))


def close_network() -> tuple[Isolation, ...]:
    """Take the network from this process and its children, for good. Returns what holds now; empty: nothing does.

    Needs no privilege. The process must have one thread only.
    """
    if sys.platform != "linux":
        return ()
    libc = ctypes.CDLL(None, use_errno=True)
    ways = ((Isolation.NAMESPACE, _enter_namespace), (Isolation.FILTER, _filter_system_calls))
    return tuple(name for name, take in ways if take(libc))


def isolation_in_force() -> tuple[Isolation, ...]:
    """What `close_network` can do on this machine, tried in a process of its own."""
    command = [sys.executable, "-m", __name__]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PROBE_TIMEOUT_S, check=True)  # noqa: S603
    return tuple(Isolation(line) for line in done.stdout.splitlines())


def _enter_namespace(libc: ctypes.CDLL) -> bool:
    return bool(libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0)


def _filter_system_calls(libc: ctypes.CDLL) -> bool:
    """Install a filter as of seccomp(2), and see that it holds."""
    known = SYSTEM_CALLS.get(platform.machine())
    if known is None or sys.maxsize < 2**32:
        return False
    instructions = _refusing(*known)
    program = _Program(len(instructions), (_Instruction * len(instructions))(*starmap(_Instruction, instructions)))
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    if libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) != 0:
        return False
    try:
        socket.socket().close()
    except PermissionError:
        return True
    return False


def _refusing(architecture: int, numbers: tuple[int, ...]) -> list[tuple[int, int, int, int]]:
    """A program that answers these system calls, and all of another architecture, with EPERM."""
    refused = [(JUMP_EQUAL, len(numbers) - at, 0, number) for at, number in enumerate(numbers)]
    return [
        (LOAD, 0, 0, ARCHITECTURE),
        (JUMP_EQUAL, 0, len(numbers) + 3, architecture),
        (LOAD, 0, 0, NUMBER),
        (JUMP_GREATER_EQUAL, len(numbers) + 1, 0, X32),
        *refused,
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, REFUSE),
    ]


if __name__ == "__main__":
    print("\n".join(close_network()))  # noqa: T201 - the answer to `isolation_in_force`
