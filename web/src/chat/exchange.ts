/** One question and its answer, from the moment it is asked. */

import { api, must, send, address, messageOf, ServiceError, shown, type Schemas } from "../api/client";
import { readEvents } from "../api/events";

type Answer = Schemas["ChatOut"];
type Citation = Schemas["CitationOut"];

export interface Exchange {
  question: string;
  state: "searching" | "writing" | "done" | "stopped" | "failed";
  text: string;
  citations: Citation[];
  progress: Schemas["ProgressOut"] | null;
  answer: Answer | null; // whole, once it is done
  turnId: string | null;
  error: string;
}

export interface Choices {
  conversationId: string | null;
  collections: string[];
  adapter: string | null;
}

/** An exchange that has just begun. */
export function begun(question: string): Exchange {
  return { question, state: "searching", text: "", citations: [], progress: null, answer: null, turnId: null, error: "" };
}

/** A saved turn as an exchange. */
export function saved(turn: Schemas["TurnOut"]): Exchange {
  const answer = turn.result as unknown as Answer;
  return {
    ...begun(turn.question),
    state: "done",
    text: turn.answer,
    citations: answer.citations ?? [],
    answer: answer.citations ? answer : null,
    turnId: turn.id,
  };
}

/** Ask, and change `exchange` as the answer comes; `changed` is called after each change. Never throws. */
export async function ask(
  exchange: Exchange,
  choices: Choices,
  signal: AbortSignal,
  changed: (conversationId: string | null) => void,
): Promise<void> {
  try {
    const response = await send(
      new Request(address("api/v1/chat"), {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
        body: JSON.stringify(bodyOf(exchange.question, choices)),
        signal,
      }),
    );
    if (!response.ok) throw new ServiceError(messageOf(await response.json().catch(() => undefined)), response.status);
    for await (const event of readEvents(response.body!)) {
      apply(exchange, event.name, event.data);
      changed(exchange.answer?.conversation_id ?? null);
    }
    if (exchange.state !== "done") throw new ServiceError("", 0);
  } catch (fault) {
    exchange.state = signal.aborted ? "stopped" : "failed";
    if (!signal.aborted) exchange.error = shown(fault);
    changed(null);
  }
}

function bodyOf(message: string, choices: Choices): Schemas["ChatIn"] {
  return {
    message,
    stream: true,
    ...(choices.conversationId ? { conversation_id: choices.conversationId } : {}),
    ...(choices.collections.length ? { collections: choices.collections } : {}),
    ...(choices.adapter ? { adapter: choices.adapter } : {}),
  } as Schemas["ChatIn"];
}

function apply(exchange: Exchange, name: string, data: unknown): void {
  if (name === "retrieval") exchange.state = "writing";
  else if (name === "progress") exchange.progress = data as Schemas["ProgressOut"];
  else if (name === "token") {
    exchange.text += (data as Schemas["TokenOut"]).text;
    exchange.state = "writing";
  } else if (name === "citation") exchange.citations = [...exchange.citations, data as Citation];
  else if (name === "done") {
    const answer = data as Answer;
    Object.assign(exchange, { answer, text: answer.answer, citations: answer.citations, state: "done", turnId: answer.id });
  } else if (name === "error") throw new ServiceError(messageOf(data), 200);
}

/** Rate an answer, with what it should have been if that is known. */
export async function rate(turnId: string, rating: "up" | "down", corrected: string): Promise<void> {
  await must(
    api.POST("/api/v1/feedback", {
      body: { turn_id: turnId, rating, corrected_answer: corrected || null } as Schemas["FeedbackIn"],
    }),
  );
}
