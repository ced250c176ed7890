/** How a citation says where it is and how far it is confirmed. */

import { html, type TemplateResult } from "lit";
import type { Schemas } from "../api/client";
import { text } from "../i18n";

type Citation = Schemas["CitationOut"];

interface Place {
  page_start: number | null;
  page_end: number | null;
  page_label?: string | null; // what the file calls the first page
}

/** Its page or pages, behind a comma; empty if it has none. */
export function placeOf(source: Place): string {
  if (source.page_start === null) return "";
  const last = source.page_end ?? source.page_start;
  return `, ${last > source.page_start ? text.answer.pages(source.page_start, last) : text.answer.page(source.page_label || String(source.page_start))}`;
}

/** Whether it is verified, or what it does not confirm. */
export function support(citation: Citation): TemplateResult {
  if (citation.support === "verified") return html`<span class="state verified">✓ ${text.answer.verified}</span>`;
  const reason = citation.reason ? (text.reasons[citation.reason] ?? citation.reason) : text.answer.supported;
  return html`<span class="state">${reason}</span>`;
}

/** What `support` means. */
export function supportHint(citation: Citation): string {
  return citation.support === "verified" ? text.answer.verifiedHint : text.answer.supportedHint;
}
