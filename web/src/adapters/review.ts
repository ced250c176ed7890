/** What was decided of the rows of a dataset, row by row; kept in the tab until the next version is saved. */

import type { Row } from "./row_shape";

export type Decision = { state: "accepted" } | { state: "dropped" } | { state: "edited"; row: Row };

export class Review {
  readonly rows: Row[];
  private decisions: Record<number, Decision>;
  private readonly kept: string; // under which the decisions are kept

  /** `content`: the dataset's file, one row a line. */
  constructor(datasetId: string, content: string) {
    this.rows = content
      .split("\n")
      .filter((line) => line.trim())
      .map((line) => JSON.parse(line) as Row);
    this.kept = `loracle.review.${datasetId}`;
    this.decisions = JSON.parse(sessionStorage.getItem(this.kept) ?? "{}") as Record<number, Decision>;
  }

  /** The row as it is now. */
  row(at: number): Row | undefined {
    const decision = this.decisions[at];
    return decision?.state === "edited" ? decision.row : this.rows[at];
  }

  state(at: number): Decision["state"] | "unread" {
    return this.decisions[at]?.state ?? "unread";
  }

  /** Null: as if it had not been read. */
  decide(at: number, decision: Decision | null): void {
    if (decision) this.decisions[at] = decision;
    else delete this.decisions[at];
    sessionStorage.setItem(this.kept, JSON.stringify(this.decisions));
  }

  count(state: Decision["state"]): number {
    return Object.values(this.decisions).filter((one) => one.state === state).length;
  }

  /** The first row from `at` on, and around, that nothing was decided of; `at` if there is none. */
  nextUnread(at: number): number {
    const order = this.rows.map((_, place) => (at + place) % this.rows.length);
    return order.find((place) => this.state(place) === "unread") ?? at;
  }

  /** The rows that stay, one a line. Empty if all are dropped. */
  file(): string {
    const lines = this.rows.flatMap((_, at) => (this.state(at) === "dropped" ? [] : [JSON.stringify(this.row(at))]));
    return lines.join("\n");
  }

  /** Forget the decisions, which the next version holds. */
  end(): void {
    sessionStorage.removeItem(this.kept);
  }
}
