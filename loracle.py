"""The command `loracle`: sees that `app` and `migrations` are Loracle's own, then runs app.cli."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

OWN = ("app", "migrations")  # top-level names that other distributions may have too


def main() -> None:
    """Run the command line. Another distribution's module of one of OWN's names ends it with one line, status 2."""
    for name in OWN:
        found = find_spec(name)
        place = Path(found.origin).resolve().parent if found and found.origin else "missing"
        if place != Path(__file__).resolve().parent / name:
            sys.stderr.write(
                f"loracle: the module `{name}` is not Loracle's but {place}: "
                "install Loracle into an environment of its own.\n"
            )
            sys.exit(2)
    from app.cli import main as run

    run()


if __name__ == "__main__":
    main()
