"""LaTeX, reStructuredText, Org and AsciiDoc: what their readers see, in blocks, with tables under their headers."""

from __future__ import annotations

import io

import pytest

from app.documents.parsing.document_builder import ParsedDocument, ParserLimits
from app.documents.parsing.formats import parse
from app.documents.parsing.media_types import detect
from app.errors import DocumentFailure


def read(name: str, text: str) -> ParsedDocument:
    data = text.encode()
    return parse(data, detect(io.BytesIO(data), name), ParserLimits())


def blocks(parsed: ParsedDocument) -> list[tuple[str, str]]:
    return [(block.kind, parsed.text[block.char_start : block.char_end]) for block in parsed.blocks]


LATEX = r"""\documentclass{article} % not shown
\newcommand{\place}[1]{the #1 mill}
\title{Oil of \place{old}}
\author{Ada Neri}
\begin{document}
\maketitle
\section{Pressing}\label{sec:press}
Caf\'e na\"{\i}ve fa\c{c}ade, Stra\ss e---``so'' 50\% at 27\,$^\circ$C\footnote{Not \emph{more}.}~\cite{neri}.
Mass $m = 10^{3}$, H$_2$O, $\frac{a}{b} \le c$, \SI{5}{\kilo\gram\per\cubic\metre}, \verb|a_{b}|,
see \href{https://example.org/a_b}{the \textbf{page}}.
\begin{enumerate}
  \item Wash
  \item Press
    \begin{itemize} \item[Note] slowly \end{itemize}
\end{enumerate}
\begin{table}\caption{Yield}
\begin{tabular}{l|rr} \hline
 & \multicolumn{2}{c}{Litres} \\ Plot & 2024 & 2025 \\ \hline
North & 12 & 14 \\ South & 9 & 11 \\ \hline
\end{tabular}\end{table}
\begin{lstlisting}[language=C]
int a = 7 % 2;
\end{lstlisting}
\begin{tikzpicture}\draw (0,0);\end{tikzpicture}
\end{document}
"""
PRINTED = (
    "Café naïve façade, Straße—“so” 50% at 27 °C (Not more.) [neri]. Mass m = 10^3, H2O, (a)/(b) ≤ c, 5 kg/m^3, "
    "a_{b}, see the page (https://example.org/a_b)."
)


def test_latex_is_what_is_printed() -> None:
    parsed = read("oil.tex", LATEX)
    assert parsed.title == "Oil of the old mill"
    assert blocks(parsed)[3:] == [
        ("paragraph", PRINTED),
        ("list_item", "1. Wash"),
        ("list_item", "2. Press"),
        ("list_item", "Note slowly"),
        ("paragraph", "Yield"),
        ("table", "Plot: North | Litres 2024: 12 | Litres 2025: 14\nPlot: South | Litres 2024: 9 | Litres 2025: 11"),
        ("code", "int a = 7 % 2;"),
    ]


def test_latex_table_without_a_rule_below_its_first_row_has_no_header() -> None:
    table = r"\begin{tabular}{ll} Model & HT-9 \\ Maker & Nordan \\ \end{tabular}"
    assert "Model: Maker" not in read("a.tex", table).text


def test_long_latex_table_has_its_header_once() -> None:
    table = (
        r"\begin{longtable}{ll} Day & Hour \\ \endfirsthead Day & Hour \\ \endhead more below \\ \endfoot "
        r"Monday & ten \\ Sunday & \textbf{six} \\ \end{longtable}"
    )
    assert read("a.tex", table).text == "Day: Monday | Hour: ten\nDay: Sunday | Hour: six"


RST = """\
Oil
===

Two ``presses`` at :ref:`the mill <mill>`, H\\ :sub:`2`\\ O, 10\\ :sup:`2`, `page <https://example.org>`_ [#n]_.

.. [#n] Not more.

.. versionadded:: 2.0
   A third press.

.. note::
   Keep it dry.

.. cpp:function:: int press(int weight)
   :no-index:

   Presses.

.. code-block:: c
   :caption: Not known to docutils

   int a;

.. toctree::
   other

.. include:: /etc/hostname

+-------+-----------------+
| Plot  | Litres          |
+       +--------+--------+
|       | 2024   | 2025   |
+=======+========+========+
| North | 12     | 14     |
+-------+--------+--------+

#. Wash
#. Press
"""


def test_restructured_text_with_directives_of_sphinx() -> None:
    assert blocks(read("oil.rst", RST)) == [
        ("heading", "Oil"),
        ("paragraph", "Two presses at the mill, H2O, 10^2, page (https://example.org) (Not more.)."),
        ("paragraph", "New in version 2.0: A third press."),
        ("paragraph", "Note: Keep it dry."),
        ("paragraph", "int press(int weight)"),
        ("paragraph", "Presses."),
        ("code", "int a;"),
        ("table", "Plot: North | Litres 2024: 12 | Litres 2025: 14"),
        ("list_item", "1. Wash"),
        ("list_item", "2. Press"),
    ]


ORG = """\
#+TITLE: Oil
#+OPTIONS: toc:nil
* TODO Press :work:
  DEADLINE: <2026-05-01 Fri>
  :PROPERTIES:
  :ID: 12
  :END:
A *bold* /claim/ of =code= in /usr/share, 10^{2} H_{2}O[fn:1], see [[https://example.org][the page]].
1. Wash
2. [X] Press
| Plot | Litres |
|------+--------|
| N    | 12     |
#+begin_src c
int a;
#+end_src
[fn:1] Not more.
"""


def test_org_without_its_drawers() -> None:
    assert blocks(read("oil.org", ORG)) == [
        ("heading", "Oil"),
        ("heading", "TODO Press"),
        ("paragraph", "Deadline: 2026-05-01 Fri"),
        (
            "paragraph",
            "A bold claim of code in /usr/share, 10^2 H2O (Not more.), see the page (https://example.org).",
        ),
        ("list_item", "1. Wash"),
        ("list_item", "2. done: Press"),
        ("table", "Plot: N | Litres: 12"),
        ("code", "int a;"),
    ]


ASCIIDOC = """\
= Oil
Ada Neri
:press: Model 3

The {press} makes *much* H~2~O, 10^2^footnote:[Not more.], see https://example.org[the page] and <<wash,Washing>>.

[[wash]]
== Washing

[WARNING]
====
Hot water.
====

.Steps
. Wash
.. twice
. Press

press:: A machine.

[source,c]
----
int a; // <1>
----

.Yield
[cols="1,1,1",options="header"]
|===
|Plot |2024 |2025
|North |12 |14
.2+|South |9 |11
|8 |10
|===

////
not shown
////
include::other.adoc[]

.The old press
image::press.png[A press, 300]
"""


def test_asciidoc_without_what_it_includes() -> None:
    assert blocks(read("oil.adoc", ASCIIDOC)) == [
        ("heading", "Oil"),
        ("paragraph", "Ada Neri"),
        (
            "paragraph",
            "The Model 3 makes much H2O, 10^2 (Not more.), see the page (https://example.org) and Washing.",
        ),
        ("heading", "Washing"),
        ("paragraph", "WARNING: Hot water."),
        ("paragraph", "Steps"),
        ("list_item", "1. Wash"),
        ("list_item", "1. twice"),
        ("list_item", "2. Press"),
        ("list_item", "press: A machine."),
        ("code", "int a; //"),
        ("paragraph", "Yield"),
        (
            "table",
            "Plot: North | 2024: 12 | 2025: 14\nPlot: South | 2024: 9 | 2025: 11\nPlot: South | 2024: 8 | 2025: 10",
        ),
        ("paragraph", "A press"),
        ("paragraph", "The old press"),
    ]


def test_asciidoc_table_of_unknown_columns_takes_those_of_its_first_line() -> None:
    table = "|===\n|Name |Age\n\n|Ann\n|40\n\n|Bo\n|50\n|===\n"
    assert read("a.adoc", table).text == "Name: Ann | Age: 40\nName: Bo | Age: 50"


HOSTILE = {
    "a.tex": [
        "{" * 50_000,
        r"\begin{itemize}" * 5_000,
        r"\footnote{" * 5_000,
        r"\newcommand{\a}{\a\a}\a",
        r"\section{" * 2_000,
        r"\begin{tabular}{l}" * 500,
        r"\begin{verbatim}",
        "\\",
    ],
    "a.rst": ["* " * 500 + "x", ".. x::\n\n   " * 50 + "y", "+--+\n|a\n", "=\n=\n="],
    "a.org": ["*" * 50_000, "#+begin_src\n" * 2_000, "[[" * 20_000, "| a " * 2_000, ":x:\n" * 2_000],
    "a.adoc": ["*" * 50_000, "|===\n" * 2_000 + "|a", "====\n" * 2_001, "{a}" * 10_000, "[cols=99999]\n|===\n|a\n|==="],
}


def outcome(name: str, text: str) -> str:
    """What a parser makes of malformed text: "text", or why there is none."""
    try:
        return "text" if read(name, text).text else ""
    except DocumentFailure as failure:
        return failure.code
    except RecursionError:
        return "nested_too_deeply"  # as the parsing process reports it


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in HOSTILE.items() for text in texts])
def test_malformed_markup_ends_with_text_or_a_reason(name: str, text: str) -> None:
    assert outcome(name, f"{text}\n\nLast words.") in {"text", "truncated", "no_text", "nested_too_deeply"}
