"""The sample handbook as a PDF, so that the recording shows a page of a file that people have."""

from __future__ import annotations

from pathlib import Path

from markdown_it import MarkdownIt
from playwright.sync_api import Browser

from samples.demo import HERE

SOURCE = HERE / "documents" / "harbour-museum-handbook.md"
NAME = "harbour-museum-handbook.pdf"
STYLES = """
body { font: 12pt/1.5 Georgia, 'Liberation Serif', serif; color: #1f2523; margin: 0; }
h1 { font-size: 20pt; line-height: 1.2; color: #00594f; } h2 { font-size: 13.5pt; margin: 16pt 0 4pt; }
table { border-collapse: collapse; }
th, td { text-align: left; padding: 3pt 14pt 3pt 0; border-bottom: 1px solid #ccc; }
"""


def printed(browser: Browser, source: Path = SOURCE) -> bytes:
    """The PDF."""
    page = browser.new_page()
    page.set_content(f"<style>{STYLES}</style>{MarkdownIt().enable('table').render(source.read_text())}")
    margin = dict.fromkeys(("top", "right", "bottom", "left"), "22mm")
    pdf = page.pdf(format="A4", margin=margin, tagged=True)  # type: ignore[arg-type]
    page.close()
    return pdf
