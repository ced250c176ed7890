/** Markdown of an answer as safe nodes, with the numbers of its citations and the sentences that nothing supports. */

import DOMPurify from "dompurify";
import { Marked } from "marked";

/** What is put into a text, before the character at a UTF-16 offset. */
export interface Mark {
  at: number;
  kind: "cite" | "open" | "close"; // "open" and "close": around a sentence that nothing supports
  number: number; // of the citation
}

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

/** The nodes of a piece of an answer; `before` is Markdown that goes before it, and `marks` lie in the piece. */
export function prose(piece: string, marks: readonly Mark[], before = ""): DocumentFragment {
  const html = markdown.parse(before + withMarks(piece.replace(OWN, " "), marks), { async: false });
  const fragment = DOMPurify.sanitize(html, { ALLOWED_TAGS: TAGS, ALLOWED_ATTR: ["start"], RETURN_DOM_FRAGMENT: true });
  replaceMarks(fragment);
  return fragment;
}

function withMarks(piece: string, marks: readonly Mark[]): string {
  const parts: string[] = [];
  let last = 0;
  for (const { at, kind, number } of marks) {
    parts.push(piece.slice(last, at), kind === "cite" ? `${CITE}${number}${CITE}` : kind === "open" ? OPEN : CLOSE);
    last = at;
  }
  return parts.join("") + piece.slice(last);
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
    if (!doubted && !/[\uE000-\uE002]/.test(node.data)) continue;
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
