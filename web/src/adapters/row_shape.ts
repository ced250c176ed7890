/** The rows of a dataset as they are reviewed: what is read, and what can be edited of each shape. */

export type Row = Record<string, unknown>;

export interface Part {
  name: "question" | "answer" | "prompt" | "system";
  text: string;
  /** The row with another text in this place. */
  with: (text: string) => Row;
}

export interface ReadRow {
  parts: Part[];
  passages: string[];
  refuses: boolean; // teaches a refusal
}

/** How a row is shown; null for a shape that is not known here. */
export function read(row: Row): ReadRow | null {
  if (Array.isArray(row.messages)) return ofMessages(row, row.messages as { role: string; content: string }[]);
  if (typeof row.question === "string") return ofQuestion(row);
  if (typeof row.prompt === "string" && typeof row.completion === "string")
    return { parts: [field(row, "prompt", "prompt"), field(row, "completion", "answer")], passages: [], refuses: false };
  return null;
}

function ofQuestion(row: Row): ReadRow {
  const context = row.context ?? [];
  const passages = (Array.isArray(context) ? context : [context]).map(String);
  const refuses = row.answer === null || row.answer === undefined;
  const parts = [field(row, "question", "question")];
  return { parts: refuses ? parts : [...parts, field(row, "answer", "answer")], passages, refuses };
}

function ofMessages(row: Row, messages: { role: string; content: string }[]): ReadRow {
  const names: Record<string, Part["name"]> = { system: "system", user: "question", assistant: "answer" };
  const parts = messages.map(({ role, content }, at): Part => {
    const changed = (text: string) => messages.map((one, place) => (place === at ? { ...one, content: text } : one));
    return { name: names[role] ?? "prompt", text: content, with: (text) => ({ ...row, messages: changed(text) }) };
  });
  return { parts, passages: [], refuses: false };
}

function field(row: Row, key: string, name: Part["name"]): Part {
  return { name, text: String(row[key]), with: (text) => ({ ...row, [key]: text }) };
}
