"""`python -m tools.locks` writes locks/ from pyproject.toml, with uv. Versions that are locked stay where they fit.

--upgrade takes the newest versions. --torch-index URL adds the hashes of another index of PyTorch, which --torch-only
does alone. --wheels writes nothing: it checks that wheels exist for each Python and each system.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.locks.lock_file import LOCKS, Pin, parse_pins, read_pins, write_pins
from tools.locks.resolution import ALL, SETS, check_wheels, resolve
from tools.locks.torch_index import hashes_of_index

CUDA = ("cuda-", "nvidia-", "triton")  # names of what PyPI's PyTorch needs on Linux, and that of no other index


def write_locks(*, upgrade: bool) -> None:
    """Resolve everything together, then each set with these versions. A lock of extras has what `runtime` lacks."""
    before = [pin for path in sorted(LOCKS.glob("*.txt")) for pin in parse_pins(path.read_text(encoding="utf-8"))]
    with TemporaryDirectory() as folder:
        together = Path(folder) / "together.txt"
        together.write_text("".join(f"{pin}\n" for pin in before), encoding="utf-8")
        resolve(ALL, together, upgrade=upgrade)
        runtime: set[Pin] = set()
        for each in SETS:
            out = Path(folder) / f"{each.name}.txt"
            resolve(each, out, constraints=together)
            pins = set(parse_pins(out.read_text(encoding="utf-8")))
            torch = {pin for pin in pins if pin.name == "torch"}
            cuda = {pin for pin in pins if pin.name.startswith(CUDA)}
            if each.name == "runtime":
                runtime = pins
                write_pins("torch", "PyTorch, of PyPI and of its own index for CPUs.", map(_with_former_hashes, torch))
                write_pins("cuda", "What PyPI's PyTorch needs on Linux.", cuda)
                write_pins(each.name, each.about, pins - torch - cuda)
            else:
                write_pins(each.name, each.about, pins if each.alone else pins - runtime)


def add_torch_index(url: str) -> None:
    """Add the hashes of the locked PyTorch that another index lists."""
    (pin,) = read_pins("torch")
    hashes = {*pin.hashes, *hashes_of_index(url, pin.version)}
    about = "PyTorch, of PyPI and of its own index for CPUs."
    write_pins("torch", about, [Pin(pin.name, pin.version, pin.marker, tuple(sorted(hashes)))])


def _with_former_hashes(pin: Pin) -> Pin:
    """The pin with the hashes of other indexes that its version has already."""
    former = [one for known in read_pins("torch") if known.version == pin.version for one in known.hashes]
    return Pin(pin.name, pin.version, pin.marker, tuple(sorted({*pin.hashes, *former})))


def main() -> None:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--upgrade", action="store_true")
    parser.add_argument("--torch-index", metavar="URL", default="")
    parser.add_argument("--torch-only", action="store_true")
    parser.add_argument("--wheels", action="store_true")
    asked = parser.parse_args()
    if asked.wheels:
        check_wheels()
        return
    if not asked.torch_only:
        write_locks(upgrade=asked.upgrade)
    if asked.torch_index:
        add_torch_index(asked.torch_index)


if __name__ == "__main__":
    main()
