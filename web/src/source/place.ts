/** What is shown of which document. */

import type { Schemas } from "../api/client";

/** A document, and the range of its text to mark. */
export interface SourcePlace {
  document_id: string;
  filename: string;
  version: number;
  page_start: number | null;
  char_start: number;
  char_end: number;
  quote: string;
}

export type PageOverview = Schemas["PageOverviewOut"];
export type Box = Schemas["QuoteBoxOut"];
