"""`python -m tools.audit`: exit status 0 nothing is known, 1 something is, 2 not everything could be looked up."""

from __future__ import annotations

import sys

from tools.audit.audit import audit_page, audit_python

found = [audit_python(), audit_page()]
for each in found:
    print(*each.lines, sep="\n")  # noqa: T201
sys.exit(1 if any(each.vulnerable for each in found) else 2 if any(each.incomplete for each in found) else 0)
