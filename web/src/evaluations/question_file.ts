/** Questions as the form holds them, and as lines of the file that the service reads. */

export type Expectation = "answer" | "refusal" | "reply";

export interface Question {
  turns: string; // one line for each
  expects: Expectation;
  kind: string;
  must: string; // one line for each group, its alternatives divided by |
  mustNot: string;
  cite: string;
  more: boolean; // of the form: what is seldom wanted is unfolded
}

export const NEW_QUESTION: Question = { turns: "", expects: "answer", kind: "", must: "", mustNot: "", cite: "", more: false };
const ANSWERABLE = { answer: true, refusal: false, reply: null } satisfies Record<Expectation, boolean | null>;

/** The file of questions.jsonl: one of them a line. */
export function toFile(questions: readonly Question[]): string {
  return questions.map((one) => JSON.stringify(toLine(one))).join("\n") + "\n";
}

function toLine(question: Question): Record<string, unknown> {
  const { expects, kind } = question;
  const groups = (text: string) => lines(text).map(alternatives);
  const must = groups(question.must);
  const mustNot = lines(question.mustNot);
  const cite = groups(question.cite);
  return {
    turns: lines(question.turns),
    answerable: ANSWERABLE[expects],
    ...(kind.trim() ? { kind: kind.trim() } : {}),
    ...(expects === "answer" && must.length ? { must } : {}),
    ...(expects === "answer" && mustNot.length ? { must_not: mustNot } : {}),
    ...(expects === "answer" && cite.length ? { cite } : {}),
  };
}

/** The wordings that count as the same; a regular expression, which may hold a | of its own, is one. */
function alternatives(line: string): string[] {
  return line.startsWith("re:") ? [line] : line.split("|").map((one) => one.trim()).filter(Boolean);
}

/** The lines of a text that are not empty. */
export function lines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}
