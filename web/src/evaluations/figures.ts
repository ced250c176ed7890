/** The figures of evaluations, which the API gives as free JSON: what the page reads of them. */

import type { Schemas } from "../api/client";
import { percent, percentWithInterval, type Interval } from "../ui/interval";
import { words } from "./texts";

export interface PartScores {
  n: number;
  failed?: number;
  kinds?: Record<string, PartScores>;
  total_s?: { p50: number; p95: number };
  [score: string]: unknown;
}

export interface RunScores {
  parts?: Record<string, PartScores>;
  overall?: PartScores;
}

export interface CaseFigures {
  id: string;
  question?: string;
  kind?: string;
  expects?: "answer" | "refusal" | "reply";
  error?: { code: string; message: string };
  reasons?: string[];
  useful?: number;
  right_refusal?: number;
  right_citation?: number;
  contains?: number;
  refused?: boolean;
  answerable?: boolean;
  answer?: string;
  turns?: Turn[];
  [figure: string]: unknown;
}

export interface Turn {
  question: string;
  searched?: string;
  seconds?: number;
  sent?: Pick<Schemas["ChatOut"], "answer" | "refused" | "citations" | "trace" | "timings" | "adapter">;
}

/** What is told of all of them, most telling first. */
const ORDER = [
  "useful",
  "wrong_refusal",
  "right_refusal",
  "right_citation",
  "verified_right",
  "right_decision",
  "contains",
  "f1",
  "em",
  "language_match",
  "forbidden",
  "found",
  "recall_5",
  "recall_100",
  "mrr",
  "ndcg_10",
];
const FEW = 5; // answers
const HARMFUL = new Set(["wrong_refusal", "forbidden"]); // the less the better

/** The scores of a part that have an interval, in the order in which they are shown. */
export function intervalsOf(scores: Record<string, unknown>): [string, Interval & { n: number }][] {
  return ORDER.flatMap((name) => {
    const found = scores[name];
    return isInterval(found) ? [[name, found] as [string, Interval & { n: number }]] : [];
  });
}

/** A figure with its interval; of few answers that are all right, or all wrong, an interval says nothing. */
export function withInterval({ n, ...interval }: Interval & { n: number }): string {
  const says = n >= FEW || interval.low !== interval.high;
  return says ? percentWithInterval(interval, words.to) : percent(interval.mean);
}

/** Whether less of it is better. */
export function isHarmful(score: string): boolean {
  return HARMFUL.has(score);
}

/** Right or wrong, or an error; null where the questions do not say. */
export function verdictOf(figures: CaseFigures): "right" | "wrong" | "error" | null {
  if (figures.error) return "error";
  if (figures.reasons) return figures.reasons.length ? "wrong" : "right";
  if (figures.refused === undefined || figures.answerable === undefined) return null;
  if (figures.refused || !figures.answerable) return figures.refused === figures.answerable ? "wrong" : "right";
  return figures.contains === 0 ? "wrong" : "right";
}

function isInterval(value: unknown): value is Interval & { n: number } {
  return typeof value === "object" && value !== null && "mean" in value && "low" in value && "high" in value;
}
