"""Pages of the site that are files elsewhere in the repository, and the links that lead to them."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parent.parent.parent
DOCS = "docs"
# File of the repository -> page of the site.
PAGES = {
    "ARCHITECTURE.md": "explanation/architecture.md",
    "CHANGELOG.md": "project/changelog.md",
    "CODE_OF_CONDUCT.md": "project/code-of-conduct.md",
    "CONTRIBUTING.md": "project/contributing.md",
    "SECURITY.md": "project/security.md",
    "app/adapters/shipped/smollm2-135m-instruct/grounded-qa/README.md": "reference/grounded-qa.md",
    "samples/README.md": "reference/samples.md",
    "tests/README.md": "project/tests.md",
}
# Files that are no pages themselves -> the page that says the same.
STAND_INS = {"README.md": "index.md", ".env.example": "reference/settings.md", "docs/decisions": "decisions/index.md"}
LINK = re.compile(r"(?<=\]\()(?!https?:|mailto:|#)([^)\s#]+)")


def source_of(page: str) -> str:
    """The file of the repository that a page is made of, for example `docs/index.md`."""
    return next((source for source, name in PAGES.items() if name == page), f"{DOCS}/{page}")


def relink(markdown: str, page: str) -> str:
    """Links between files of the repository as links between pages of the site.

    A link to a file that is no page stays as it is, and the strict build reports it.
    """
    folder = posixpath.dirname(source_of(page))

    def replaced(link: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(folder, link[1]))
        named = PAGES.get(target) or STAND_INS.get(target)
        if named is None and PurePosixPath(target).parts[0] == DOCS:
            named = target.removeprefix(f"{DOCS}/")
        return posixpath.relpath(named, posixpath.dirname(page) or ".") if named else link[1]

    return LINK.sub(replaced, markdown)
