"""Report pages: names chosen by users are shown as text, and pages load nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from selectolax.lexbor import LexborHTMLParser

from app.web.charts import Series, line_chart, point_chart
from app.web.templates import render_template
from tests.unit.web import report_samples as samples

FOLDER = Path(samples.compression_page.__code__.co_filename).parent
SHIPPED = FOLDER / "shipped" / "smollm2-135m-instruct" / "grounded-qa"
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>'&"
Page = Callable[[str, Path], str]
PAGES: dict[str, Page] = {
    "evaluation": lambda name, _: samples.evaluation_report(name),
    "adapter": lambda name, _: samples.adapter_report(name, SHIPPED),
    "adapter without weights": lambda name, folder: samples.adapter_report(name, folder / name[:3]),
    "training": lambda name, _: samples.training_report(name),
    "compression": lambda name, folder: samples.compression_report(name, SHIPPED, folder / "compressed"),
    "comparison": lambda name, _: samples.comparison_report(name),
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_names_with_markup_are_shown_as_text(page: Page, tmp_path: Path) -> None:
    text = page(HOSTILE, tmp_path)
    tree = LexborHTMLParser(text)
    assert not tree.css("script, img")
    assert not [node for node in tree.css("*") if any(name.startswith("on") for name in node.attributes)]
    plain = page("plain", tmp_path / "again")
    assert [node.tag for node in tree.css("*")] == [node.tag for node in LexborHTMLParser(plain).css("*")]
    assert tree.root is not None
    assert tree.root.text().count(HOSTILE) == LexborHTMLParser(plain).root.text().count("plain") > 0  # type: ignore[union-attr]


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_page_is_self_contained_and_has_no_inline_script_or_style_attribute(page: Page, tmp_path: Path) -> None:
    text = page("style", tmp_path)
    tree = LexborHTMLParser(text)
    assert len(tree.css("style")) == 1
    assert not tree.css("script, link, img, iframe, object, [style], [src], [href]")
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    assert "url(" not in text
    assert "@import" not in text


@pytest.mark.parametrize("chart", [line_chart, point_chart])
def test_titles_labels_and_series_names_of_a_chart_are_text(chart: Callable[..., str]) -> None:
    quoted = f'"{HOSTILE}'  # the title is an attribute, too
    series = [Series(quoted, [1, 2], [1, 2]), Series("other", [1, 2], [2, 1])]
    tree = LexborHTMLParser(chart(quoted, quoted, quoted, series))
    assert not tree.css("script, img, [onerror]")
    assert [node.text() for node in tree.css("text")].count(quoted) == 4  # title, both axes, key


def test_missing_value_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        render_template("compression.html", name="style")
