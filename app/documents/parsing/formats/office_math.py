"""Formulas of Office (OMML) and OpenDocument (MathML) as one line: (a)/(b), x^2, √(x)."""

from __future__ import annotations

import re
from collections.abc import Callable

from app.documents.parsing.formats.opc import Element, local
from app.documents.parsing.text_cleanup import collapse_spaces

SIMPLE = re.compile(r"[\w.,]*|[^\w\s]")
MAX_NODES = 20_000
MAX_CHARS = 20_000
LEFT_OUT = {"annotation", "annotation-xml"}
INLINE_OPERATOR = re.compile(r"^[=+<>≤≥≈·×→−*]$")
Parts = list[tuple[str, str]]  # local name and text of each child


def linear_math(formula: Element) -> str:
    """The formula as text; raised parts marked, fractions with a bar. Bounded; works from the leaves up."""
    nodes = [node for _, node in zip(range(MAX_NODES), formula.iter(), strict=False)]
    texts: dict[Element, str] = {}
    for node in reversed(nodes):
        children = [(local(child), texts.get(child, "")) for child in node if local(child) not in LEFT_OUT]
        texts[node] = _text(node, children)[:MAX_CHARS]
    return collapse_spaces(texts[formula])


def _text(node: Element, children: list[tuple[str, str]]) -> str:
    name = local(node)
    if name in OMML:
        return OMML[name](node, children)
    if name in MATHML and len(children) >= MATHML[name][0]:
        return MATHML[name][1]([text for _, text in children])
    if name in {"t", "mi", "mn", "mtext"}:
        return node.text or ""
    if name == "mo":
        sign = node.text or ""
        return f" {sign.strip()} " if INLINE_OPERATOR.match(sign.strip()) else sign
    separator = {"m": "; ", "eqArr": "; ", "mr": ", ", "mtable": "; ", "mtr": ", "}.get(name, "")
    return separator.join(text for _, text in children if text)


def grouped(text: str) -> str:
    """`text` in parentheses unless it is one name or number."""
    return text if SIMPLE.fullmatch(text) or (text.startswith("(") and text.endswith(")")) else f"({text})"


def _raised(text: str) -> str:
    return f"^{grouped(text)}" if text.strip() else ""


def _lowered(text: str) -> str:
    if not text.strip():
        return ""
    return text if text.isdecimal() else f"_{grouped(text)}"


def _fraction(above: str, below: str) -> str:
    return f"{grouped(above)}/{grouped(below)}"


def _root(radicand: str, degree: str = "") -> str:
    return f"{degree.strip()}√({radicand})"


def _of(children: Parts, name: str) -> str:
    return "".join(text for key, text in children if key == name)


def _property(node: Element, name: str, default: str) -> str:
    """A value in the properties of `node` itself (its first child), not of what it holds."""
    own = next((child for child in node if local(child).endswith("Pr")), None)
    found = next((e for e in own if local(e) == name), None) if own is not None else None
    return "".join(map(str, found.attrib.values())) if found is not None else default


def _delimited(node: Element, children: Parts) -> str:
    inner = ", ".join(text for name, text in children if name == "e")
    return f"{_property(node, 'begChr', '(')}{inner}{_property(node, 'endChr', ')')}"


def _large_operator(node: Element, children: Parts) -> str:
    sign = _property(node, "chr", "∫")
    return f"{sign}{_lowered(_of(children, 'sub'))}{_raised(_of(children, 'sup'))} {_of(children, 'e')}"


OMML: dict[str, Callable[[Element, Parts], str]] = {
    "f": lambda _, c: _fraction(_of(c, "num"), _of(c, "den")),
    "sSup": lambda _, c: _of(c, "e") + _raised(_of(c, "sup")),
    "sSub": lambda _, c: _of(c, "e") + _lowered(_of(c, "sub")),
    "sSubSup": lambda _, c: _of(c, "e") + _lowered(_of(c, "sub")) + _raised(_of(c, "sup")),
    "rad": lambda _, c: _root(_of(c, "e"), _of(c, "deg")),
    "func": lambda _, c: f"{_of(c, 'fName')} {grouped(_of(c, 'e'))}",
    "limLow": lambda _, c: _of(c, "e") + _lowered(_of(c, "lim")),
    "limUpp": lambda _, c: _of(c, "e") + _raised(_of(c, "lim")),
    "d": _delimited,
    "nary": _large_operator,
}
MATHML: dict[str, tuple[int, Callable[[list[str]], str]]] = {
    "mfrac": (2, lambda c: _fraction(c[0], c[1])),
    "msup": (2, lambda c: c[0] + _raised(c[1])),
    "msub": (2, lambda c: c[0] + _lowered(c[1])),
    "msubsup": (3, lambda c: c[0] + _lowered(c[1]) + _raised(c[2])),
    "munder": (2, lambda c: c[0] + _lowered(c[1])),
    "mover": (2, lambda c: c[0] + _raised(c[1])),
    "munderover": (3, lambda c: c[0] + _lowered(c[1]) + _raised(c[2])),
    "msqrt": (1, lambda c: _root("".join(c))),
    "mroot": (2, lambda c: _root(c[0], c[1])),
}
