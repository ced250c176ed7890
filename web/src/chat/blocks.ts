/** Divides Markdown that grows into blocks that can be rendered one by one. */

const MOST = 8_000; // characters of a block; a longer one is cut at a line's end
const LONGEST_LINE = 16_000; // characters; a longer one is cut at a space
const CERTAIN = 4; // characters of a line that tell what it begins
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const LIST_ITEM = /^ {0,3}(?:[-*+]|\d{1,9}[.)])\s/;
const TABLE_RULE = /^\s*\|?[\s:|-]*-[\s:|-]*$/;

/** A range of the text, and what is written before it so that a part of a table or of code stays one. */
export interface Block {
  start: number;
  end: number;
  before: string;
}

/** The blocks of a text that is added to: those before the last one stay. */
export class Blocks {
  private text = "";
  private known: Block[] = [];

  /** The blocks of `text`. A text that does not begin with the last one is divided anew. */
  of(text: string): readonly Block[] {
    if (!text.startsWith(this.text)) this.known = [];
    this.text = text;
    let open: Block | null = this.known.pop() ?? { start: 0, end: 0, before: "" };
    while (open) open = this.divide(open);
    return this.known;
  }

  /** Add the block that begins where `open` does. Returns the one after it. */
  private divide(open: Block): Block | null {
    const { text } = this;
    const code = new OpenFence(open.before);
    const list = LIST_ITEM.test(lineAt(text, open.start));
    let blank = false;
    for (let at = open.start; at < text.length; ) {
      const line = lineAt(text, at);
      const whole = at + line.length < text.length;
      if (at > open.start && (whole || line.length >= CERTAIN)) {
        const goesOn = /^(?: {2,}|\t)/.test(line) || (list && LIST_ITEM.test(line));
        if (blank && !code.fence && line.trim() && !goesOn) return this.cut(open, at, "");
        if (at - open.start > MOST) return this.cut(open, at, code.fence ? `${code.fence}\n` : tableHead(text, open));
      }
      if (line.length > LONGEST_LINE) {
        const space = text.lastIndexOf(" ", at + LONGEST_LINE);
        return this.cut(open, space > at ? space + 1 : at + LONGEST_LINE, code.fence ? `${code.fence}\n` : "");
      }
      blank = !line.trim();
      code.read(line);
      at += line.length + 1;
    }
    this.known.push({ ...open, end: text.length });
    return null;
  }

  private cut(open: Block, end: number, before: string): Block {
    this.known.push({ ...open, end });
    return { start: end, end, before };
  }
}

/** Follows lines in and out of fenced code. */
class OpenFence {
  fence: string;

  constructor(before: string) {
    this.fence = FENCE.exec(before)?.[1] ?? "";
  }

  read(line: string): void {
    const mark = FENCE.exec(line)?.[1];
    if (!mark) return;
    if (!this.fence) this.fence = mark;
    else if (mark.startsWith(this.fence) && line.trim() === mark) this.fence = "";
  }
}

/** The first two lines of a table that the block is; empty if it is none. */
function tableHead(text: string, { start, before }: Block): string {
  if (before.includes("|")) return before;
  const head = lineAt(text, start);
  const rule = lineAt(text, start + head.length + 1);
  return head.includes("|") && TABLE_RULE.test(rule) ? `${head}\n${rule}\n` : "";
}

function lineAt(text: string, at: number): string {
  const end = text.indexOf("\n", at);
  return text.slice(at, end < 0 ? text.length : end);
}
