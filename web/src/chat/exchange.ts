/** One question and its answer, from the moment it is asked. */

import { api, must, type Schemas } from "../api/client";
import { text } from "../i18n";

export type Answer = Schemas["ChatOut"];
export type Citation = Schemas["CitationOut"];
export type FollowUp = Schemas["FollowUpOut"];

/** "lost": the connection broke, and is tried again. */
export type State = "searching" | "writing" | "lost" | "done" | "stopped" | "failed";

export interface Exchange {
  readonly key: string;
  question: string;
  state: State;
  text: string;
  citations: readonly Citation[];
  progress: Schemas["ProgressOut"] | null;
  answer: Answer | null; // whole, once it is done
  turnId: string | null;
  versions: readonly string[]; // ids of the turns in this place of the conversation, oldest first
  error: string;
  rating: Schemas["FeedbackOut"]["rating"] | null;
  followUps: readonly FollowUp[];
  revision: number; // grows with every change: it is changed in place
}

let made = 0;

/** An exchange that has just begun, beside those of `versions`. */
export function begun(question: string, versions: readonly string[] = [], key = `exchange-${++made}`): Exchange {
  return {
    key,
    question,
    state: "searching",
    text: "",
    citations: [],
    progress: null,
    answer: null,
    turnId: null,
    versions,
    error: "",
    rating: null,
    followUps: [],
    revision: 0,
  };
}

/** A saved turn as an exchange. */
export function saved(turn: Schemas["TurnOut"]): Exchange {
  const answer = turn.result as unknown as Answer;
  return {
    ...begun(turn.question, turn.versions, turn.id),
    state: turn.status === "completed" ? "done" : turn.status,
    text: turn.answer,
    citations: answer.citations ?? [],
    answer: answer.citations ? answer : null,
    turnId: turn.id,
    error: turn.status === "failed" ? text.unknownError : "",
    rating: turn.feedback.at(-1)?.rating ?? null,
  };
}

/** Whether the answer has come to its end, whatever that was. */
export function hasEnded({ state }: Exchange): boolean {
  return state === "done" || state === "stopped" || state === "failed";
}

/** Rate an answer, with what it should have been if that is known. */
export async function rate(turnId: string, rating: "up" | "down", corrected: string): Promise<void> {
  const body: Schemas["FeedbackIn"] = { turn_id: turnId, rating, ...(corrected ? { corrected_answer: corrected } : {}) };
  await must(api.POST("/api/v1/feedback", { body }));
}

/** What may be asked after an answer. */
export async function followUps(turnId: string): Promise<FollowUp[]> {
  const params = { path: { turn_id: turnId } };
  return (await must(api.GET("/api/v1/chat/{turn_id}/follow-ups", { params }))).data;
}
