/** What was chosen for the questions of each conversation, while the page is open. */

import type { AgainOptions } from "loracle-client";

/** Compares a field of a document's metadata. */
export interface Condition {
  field: string;
  operator: "eq" | "ne" | "gte" | "lte";
  value: string;
}

/** Where to look, and which adapter answers. */
export interface Chosen {
  collections: readonly string[];
  documents: readonly { id: string; filename: string }[];
  conditions: readonly Condition[];
  adapter: string | null;
}

export const NOTHING: Chosen = { collections: [], documents: [], conditions: [], adapter: null };
const NEW = ""; // the conversation that begins with the next question
const remembered = new Map<string, Chosen>();

/** What was chosen for a conversation; undefined if nothing was since the page is open. */
export function chosenFor(conversation: string | null): Chosen | undefined {
  return remembered.get(conversation ?? NEW);
}

/** Remember what is chosen for a conversation. */
export function choose(conversation: string | null, chosen: Chosen): void {
  remembered.set(conversation ?? NEW, chosen);
}

/** What was chosen for the new conversation is this one's. */
export function nowIs(conversation: string): void {
  const chosen = remembered.get(NEW);
  if (chosen) remembered.set(conversation, chosen);
  remembered.delete(NEW);
}

/** The options of a request. A further version of a turn goes by its own where nothing was chosen since. */
export function optionsOf(chosen: Chosen | undefined): AgainOptions {
  if (!chosen) return {};
  return {
    adapter: chosen.adapter,
    collections: [...chosen.collections],
    documents: chosen.documents.map((one) => one.id),
    filters: filtersOf(chosen.conditions),
  };
}

function filtersOf(conditions: readonly Condition[]): Record<string, unknown> {
  const filters: Record<string, Record<string, unknown>> = {};
  for (const { field, operator, value } of conditions) {
    if (field.trim() && value.trim()) (filters[field.trim()] ??= {})[operator] = valueOf(value.trim());
  }
  return filters;
}

/** A value as metadata has it: a number, true or false where it reads like one. */
function valueOf(written: string): string | number | boolean {
  if (/^-?\d+(\.\d+)?$/.test(written)) return Number(written);
  return written === "true" || written === "false" ? written === "true" : written;
}
