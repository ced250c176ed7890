"""The images that our files name, and their digests."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
FILES = (ROOT / "docker" / "Dockerfile", ROOT / "docker-compose.yml")
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
# `ARG PYTHON=tag` in the Dockerfile, of the image python; `image: name:tag` in compose, less what is built here.
NAMED = re.compile(
    r"^(?P<before>ARG (?P<argument>PYTHON|NODE)=|\s+image: (?!loracle:))(?P<tag>[^\s@]+)(?P<digest>@sha256:\w+)?",
    re.MULTILINE,
)


def pinned(text: str) -> str:
    """The text of a Dockerfile or a compose file with today's digest behind each tag. Exits if there is none."""
    return NAMED.sub(lambda found: f"{found['before']}{found['tag']}@{digest_of(_image(found))}", text)


def unpinned(text: str) -> list[str]:
    """The images of a text that are named without a digest."""
    return [_image(found) for found in NAMED.finditer(text) if not found["digest"]]


@cache
def digest_of(image: str) -> str:
    """The digest of an image's list of platforms, as its registry has it now. Exits with the reason if none."""
    command = ["docker", "buildx", "imagetools", "inspect", image, "--format", "{{.Manifest.Digest}}"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    except FileNotFoundError:
        sys.exit("Docker with buildx is needed to ask for digests.")
    digest = done.stdout.strip()
    if done.returncode or not DIGEST.fullmatch(digest):
        sys.exit(f"{image}: no digest: {done.stderr.strip() or digest}")
    return digest


def _image(found: re.Match[str]) -> str:
    return f"{found['argument'].lower()}:{found['tag']}" if found["argument"] else found["tag"]
