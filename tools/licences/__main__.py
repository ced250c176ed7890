"""`python -m tools.licences` writes docs/reference/licences.md."""

from __future__ import annotations

from tools.licences.licences import PAGE, licences_page

PAGE.write_text(licences_page(), encoding="utf-8")
