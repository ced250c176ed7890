"""MkDocs hooks: generated pages, pages from elsewhere in the repository, and a check that the site needs no network."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from functools import cache
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from app.main import create_app
from app.settings import Settings
from tools.docs.commands_page import commands_reference
from tools.docs.decisions_page import decisions_table
from tools.docs.http_pages import errors_table, operations_table, tag_pages
from tools.docs.repository_pages import PAGES, ROOT, relink
from tools.docs.settings_page import settings_reference

log = logging.getLogger("mkdocs.loracle")  # a warning under "mkdocs" fails the strict build
HTTP = "reference/http"
DECISIONS = ROOT / "docs" / "decisions"
MARKER = re.compile(r"^<!-- generated: (\w+) -->$", re.MULTILINE)
EXTERNAL = re.compile(r"""<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)=["']?(?:https?:)?//[^>]+>""")


@cache
def openapi() -> dict[str, Any]:
    return create_app(Settings(_env_file=None)).openapi()


GENERATED: dict[str, Callable[[], str]] = {
    "settings": lambda: settings_reference((ROOT / ".env.example").read_text(encoding="utf-8")),
    "commands": commands_reference,
    "operations": lambda: operations_table(openapi()),
    "errors": lambda: errors_table(openapi()),
    "decisions": lambda: decisions_table(DECISIONS),
}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put a page for each tag of the API and for each decision into the navigation."""
    http = [{tag["name"].capitalize(): f"{HTTP}/{tag['name']}.md"} for tag in openapi()["tags"]]
    _section(config.nav, "Reference", "HTTP API").extend(http)
    records = sorted(path.name for path in DECISIONS.glob("[0-9]*.md"))
    _section(config.nav, "Explanation", "Decisions").extend(f"decisions/{name}" for name in records)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the API's pages and those that lie elsewhere in the repository."""
    for name, content in tag_pages(openapi()).items():
        files.append(File.generated(config, f"{HTTP}/{name}.md", content=content))
    for source, page in PAGES.items():
        files.append(File.generated(config, page, content=(ROOT / source).read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 - by name
    """Fill in generated parts and lead links to pages."""
    return MARKER.sub(lambda marker: GENERATED[marker[1]](), relink(markdown, page.file.src_uri))


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG001 - by name
    """Warn of what a reader's browser would fetch from elsewhere."""
    for tag in EXTERNAL.findall(output):
        log.warning("%s needs the network: %s", page.file.src_uri, tag)
    return output


def _section(nav: Any, *titles: str) -> list[Any]:
    """The entries below `titles` in the navigation. Raises StopIteration if there is no such section."""
    for title in titles:
        nav = next(entry[title] for entry in nav if isinstance(entry, dict) and title in entry)
    entries: list[Any] = nav
    return entries
