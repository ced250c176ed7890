"""`python -m tools.locks.install SET...` installs locks by their names into the environment of this interpreter.

pip takes no file whose hash is not in the lock. PyTorch is fetched from where pip's configuration or TORCH_INDEX says,
and its wheel is compared with locks/torch.txt before it is installed. Only the standard library is needed.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.locks.lock_file import LOCKS, read_pins

HASHED = ("install", "--require-hashes", "--no-deps")


def install(sets: list[str], torch_index: str) -> None:
    """Install the packages of `sets`; with `runtime` PyTorch too. Exits with pip's words if a hash differs."""
    if "runtime" in sets:
        _install_torch(torch_index)
    wanted = sum(len(read_pins(name)) for name in sets)
    _say(f"Installing {wanted} packages of locks/ ({', '.join(sets)}) ...")
    _pip(*HASHED, *(part for name in ["build", *sets] for part in ("-r", str(LOCKS / f"{name}.txt"))))


def _install_torch(index: str) -> None:
    (pin,) = read_pins("torch")
    if _installed() != pin.version:
        source = ["--index-url", index] if index else []
        with TemporaryDirectory(dir=sys.prefix) as folder:
            _say(f"Fetching PyTorch {pin.version}, some hundred MB ...")
            _pip("download", "--no-deps", "--only-binary", ":all:", "-d", folder, f"torch=={pin.version}", *source)
            (wheel,) = Path(folder).iterdir()
            if check_wheel(wheel, pin.hashes, index):
                _pip("install", "--no-deps", str(wheel))
            else:  # and what it needs of CUDA, which the lock does not know either
                _pip("install", str(wheel), *source)
    if "+" not in version("torch"):
        _say("Installing the CUDA libraries of this PyTorch, several GB; TORCH_INDEX of README leaves them out ...")
        _pip(*HASHED, "-r", str(LOCKS / "cuda.txt"))


def check_wheel(wheel: Path, hashes: tuple[str, ...], index: str) -> bool:
    """Whether the lock has this wheel. One of an index that the lock does not know is named; any other ends this."""
    with wheel.open("rb") as file:
        digest = f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
    if digest in hashes:
        return True
    if not index:
        sys.exit(f"{wheel.name} has the hash {digest}, which is not in locks/torch.txt: it is not installed.")
    sys.stderr.write(
        f"{wheel.name} of {index} is not in locks/torch.txt ({digest}): it is installed with its CUDA libraries, "
        "without the lock. `make lock-torch` adds the hashes of this index.\n"
    )
    return False


def _installed() -> str:
    try:
        return version("torch").partition("+")[0]
    except PackageNotFoundError:
        return ""


def _say(what: str) -> None:
    """What takes minutes from here on: pip is told to be quiet."""
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def _pip(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", *arguments], check=False)  # noqa: S603
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    install(sys.argv[1:], os.environ.get("TORCH_INDEX", ""))
