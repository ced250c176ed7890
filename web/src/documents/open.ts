/** Ask the page to show a version of a document beside what is there, from its first page on. */
export function openDocument(from: EventTarget, id: string, filename: string, version: number | null): void {
  const place = { document_id: id, filename, version, page_start: 1, char_start: 0, char_end: 0, quote: "" };
  from.dispatchEvent(new CustomEvent("open-source", { detail: place, bubbles: true, composed: true }));
}
