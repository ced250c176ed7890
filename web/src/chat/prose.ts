/** An answer as safe HTML: Markdown, with the numbers of its citations and the sentences that nothing supports. */

import DOMPurify from "dompurify";
import { Marked } from "marked";
import type { Schemas } from "../api/client";

type Citation = Schemas["CitationOut"];
type Span = Schemas["SpanOut"];

// Marks in the text of an answer, from Unicode's private use area; an answer's own are taken out first.
const CITE = "\uE000";
const OPEN = "\uE001";
const CLOSE = "\uE002";
const OWN = /[\uE000-\uE002]/g;

// Nothing that loads, links or runs: a document may try to send an answer's words elsewhere.
const TAGS = ["p", "br", "ul", "ol", "li", "strong", "em", "del", "code", "pre", "blockquote", "h1", "h2", "h3", "h4", "hr", "table", "thead", "tbody", "tr", "th", "td"];
const markdown = new Marked({ gfm: true, breaks: true, async: false });
// Tags that an answer writes are shown, as they stand in the document.
markdown.use({ renderer: { html: ({ text }) => escaped(text) } });

/** The nodes of an answer. `unsupported` and citations count in Unicode code points of `answer`. */
export function prose(answer: string, citations: readonly Citation[], unsupported: readonly Span[]): DocumentFragment {
  const marked = withMarks(answer, citations, unsupported);
  const html = markdown.parse(marked, { async: false });
  const fragment = DOMPurify.sanitize(html, { ALLOWED_TAGS: TAGS, ALLOWED_ATTR: ["start"], RETURN_DOM_FRAGMENT: true });
  replaceMarks(fragment);
  return fragment;
}

function withMarks(answer: string, citations: readonly Citation[], unsupported: readonly Span[]): string {
  const points = Array.from(answer.replace(OWN, " "));
  const after = new Map<number, string>();
  const put = (at: number, mark: string) => after.set(at, (after.get(at) ?? "") + mark);
  for (const span of unsupported) {
    put(span.start, OPEN);
    put(span.end, CLOSE);
  }
  const seen = new Set<string>();
  for (const citation of citations) {
    const place = `${citation.end}:${citation.index}`;
    if (!seen.has(place)) put(citation.end, `${CITE}${citation.index}${CITE}`);
    seen.add(place);
  }
  let out = "";
  for (let at = 0; at <= points.length; at++) out += (after.get(at) ?? "") + (points[at] ?? "");
  return out;
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/** Turn the marks of the text nodes into buttons and underlined spans. */
function replaceMarks(root: DocumentFragment): void {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  while (walker.nextNode()) nodes.push(walker.currentNode as Text);
  let doubted = false;
  for (const node of nodes) {
    const parts = document.createDocumentFragment();
    for (const piece of node.data.split(/(\uE000\d+\uE000|\uE001|\uE002)/)) {
      if (piece === OPEN || piece === CLOSE) doubted = piece === OPEN;
      else if (piece.startsWith(CITE)) parts.append(citeButton(piece.slice(1, -1)));
      else if (piece) parts.append(doubted ? doubtedText(piece) : piece.replace(OWN, ""));
    }
    node.replaceWith(parts);
  }
}

function citeButton(number: string): HTMLElement {
  const button = document.createElement("button");
  button.className = "cite";
  button.dataset.index = number;
  button.textContent = number;
  return button;
}

function doubtedText(piece: string): HTMLElement {
  const span = document.createElement("span");
  span.className = "doubted";
  span.textContent = piece;
  return span;
}
