"""The hashes of PyTorch's wheels in an index of its own, such as https://download.pytorch.org/whl/cpu."""

from __future__ import annotations

import re
import sys
from urllib.parse import unquote
from urllib.request import urlopen

LINK = re.compile(r'href="[^"#]*/?(torch-[^"#/]+\.whl)#sha256=([0-9a-f]{64})"')
WHEEL = re.compile(r"torch-(?P<version>[^-+]+)(\+[^-]+)?-cp31[1-4]-")


def hashes_of_index(url: str, version: str) -> list[str]:
    """`sha256:...` of every wheel of a version of PyTorch that an index lists. Exits if it lists none with a hash."""
    if not url.startswith("https://"):
        sys.exit(f"{url} is no https address.")
    with urlopen(f"{url.rstrip('/')}/torch/", timeout=60) as answer:  # noqa: S310 - https, above
        hashes = hashes_in(answer.read().decode(), version)
    if not hashes:
        sys.exit(f"{url} lists no wheel of PyTorch {version} with a hash.")
    return hashes


def hashes_in(page: str, version: str) -> list[str]:
    """`sha256:...` of every wheel of a version on the page of an index."""
    found = [(WHEEL.match(unquote(name)), digest) for name, digest in LINK.findall(page)]
    return [f"sha256:{digest}" for wheel, digest in found if wheel and wheel["version"] == version]
