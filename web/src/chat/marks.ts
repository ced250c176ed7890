/** Where citations and doubts stand in the blocks of an answer. */

import { toUtf16 } from "loracle-client";
import type { Schemas } from "../api/client";
import type { Block } from "./blocks";
import type { Mark } from "./prose";

type Citation = Schemas["CitationOut"];
type Span = Schemas["SpanOut"];
type Doubted = { start: number; end: number };

/** The marks of an answer by place; those of a block are found without looking at the others. */
export class Marks {
  private readonly cites: Mark[];
  private readonly doubts: Doubted[];

  constructor(text: string, citations: readonly Citation[], unsupported: readonly Span[]) {
    // Answers that were saved long ago count in code points alone.
    const offset = (utf16: number | undefined, points: number) => utf16 ?? toUtf16(text, points);
    const cites = citations.map((one): Mark => ({ at: offset(one.end_utf16, one.end), kind: "cite", number: one.index }));
    this.cites = cites.sort((one, other) => one.at - other.at).filter((one, place) => !isSame(one, cites[place - 1]));
    this.doubts = unsupported.map((one) => ({ start: offset(one.start_utf16, one.start), end: offset(one.end_utf16, one.end) }));
    this.doubts.sort((one, other) => one.start - other.start);
  }

  /** The marks within each block, from the block's start. */
  *of(blocks: readonly Block[]): Generator<Mark[], void, undefined> {
    let cite = 0;
    let doubt = 0;
    for (const { start, end } of blocks) {
      const marks: Mark[] = [];
      for (; cite < this.cites.length && this.cites[cite]!.at <= end; cite++) {
        const mark = this.cites[cite]!;
        marks.push({ ...mark, at: Math.max(0, mark.at - start) });
      }
      while (doubt < this.doubts.length && this.doubts[doubt]!.end <= start) doubt++;
      for (let at = doubt; at < this.doubts.length && this.doubts[at]!.start < end; at++) {
        const one = this.doubts[at]!;
        marks.push({ at: Math.max(0, one.start - start), kind: "open", number: 0 });
        marks.push({ at: Math.min(end, one.end) - start, kind: "close", number: 0 });
      }
      yield marks.sort((one, other) => one.at - other.at || ORDER[one.kind] - ORDER[other.kind]);
    }
  }
}

const ORDER = { close: 0, cite: 1, open: 2 } as const;

function isSame(one: Mark, other: Mark | undefined): boolean {
  return other !== undefined && one.at === other.at && one.number === other.number;
}
