"""The list of decisions, from the first lines of each record."""

from __future__ import annotations

import re
from pathlib import Path

from tools.docs.markdown import table

UNBROKEN = "\N{NON-BREAKING HYPHEN}"  # a date stays on one line
TITLE = re.compile(r"# (\d+)\. (.+)")
STATUS = re.compile(r"\*\*Status:\*\* (\w+), (\d{4}-\d\d-\d\d)(?:, amended (\d{4}-\d\d-\d\d))?\.")


def decisions_table(folder: Path) -> str:
    """Number, title, status and dates of each record. Raises ValueError if one has no title or status line."""
    rows = []
    for path in sorted(folder.glob("[0-9]*.md")):
        text = path.read_text(encoding="utf-8")
        title, status = TITLE.match(text), STATUS.search(text)
        if title is None or status is None:
            raise ValueError(f"{path.name} must begin with '# N. Title' and '**Status:** Accepted, YYYY-MM-DD.'")
        dates = [(date or "").replace("-", UNBROKEN) for date in (status[2], status[3])]
        rows.append((title[1], f"[{title[2]}]({path.name})", status[1], *dates))
    return table(("No.", "Decision", "Status", "Date", "Amended"), rows)
