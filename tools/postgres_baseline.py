"""Writes the schema that a new PostgreSQL database begins with: `python -m tools.postgres_baseline`.

Only before the first release that has it. From then on a change of the tables is a version in `migrations/versions`,
which runs on both databases.
"""

from __future__ import annotations

from pathlib import Path

from app.storage.postgres.baseline import FILE, baseline_script

if __name__ == "__main__":
    target = Path("migrations") / FILE
    target.parent.mkdir(exist_ok=True)
    target.write_text(baseline_script(), encoding="utf-8")
    print(f"{target} is written.")  # noqa: T201 - a command
