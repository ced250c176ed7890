/** One question and its answer, from the moment it is asked. */

import { LoracleError, type ChatEvent, type ChatStream } from "loracle-client";
import { api, loracle, must, shown, type Schemas } from "../api/client";

export type Answer = Schemas["ChatOut"];
export type Citation = Schemas["CitationOut"];

export interface Exchange {
  question: string;
  state: "searching" | "writing" | "done" | "stopped" | "failed";
  text: string;
  citations: Citation[];
  progress: Schemas["ProgressOut"] | null;
  answer: Answer | null; // whole, once it is done
  turnId: string | null;
  error: string;
  rating: Schemas["FeedbackOut"]["rating"] | null;
}

export interface Choices {
  conversationId: string | null;
  collections: string[];
  adapter: string | null;
}

/** An exchange that has just begun. */
export function begun(question: string): Exchange {
  return {
    question,
    state: "searching",
    text: "",
    citations: [],
    progress: null,
    answer: null,
    turnId: null,
    error: "",
    rating: null,
  };
}

/** A saved turn as an exchange. */
export function saved(turn: Schemas["TurnOut"]): Exchange {
  const answer = turn.result as unknown as Answer;
  return {
    ...begun(turn.question),
    state: turn.status === "stopped" ? "stopped" : "done",
    text: turn.answer,
    citations: answer.citations ?? [],
    answer: answer.citations ? answer : null,
    turnId: turn.id,
    rating: turn.feedback.at(-1)?.rating ?? null,
  };
}

/** An answer on its way. */
export class Asking {
  conversationId: string | null = null;
  private stream: ChatStream | null = null;
  private readonly controller = new AbortController();

  /** `changed` is called after each change of the exchange. */
  constructor(
    readonly exchange: Exchange,
    private readonly changed: () => void,
  ) {}

  /** Ask, and follow the answer to its end. Never throws. */
  async run(choices: Choices): Promise<void> {
    const { exchange } = this;
    try {
      this.stream = await loracle().ask(exchange.question, { ...options(choices), signal: this.controller.signal });
      for await (const event of this.stream) {
        this.apply(event);
        this.changed();
      }
      if (exchange.state === "writing" || exchange.state === "searching") throw new TypeError();
    } catch (fault) {
      exchange.state = this.controller.signal.aborted ? "stopped" : "failed";
      if (exchange.state === "failed") exchange.error = shown(fault);
    }
    this.changed();
  }

  /** End the answer; what was shown of it is kept. */
  async stop(): Promise<void> {
    try {
      if (this.stream?.turnId) await this.stream.stop();
      else this.controller.abort();
    } catch (fault) {
      if (!(fault instanceof LoracleError && fault.status === 404)) this.controller.abort(); // 404: it has ended
    }
  }

  /** Look away: the answer goes on without this page for a while, and is kept. */
  leave(): void {
    this.controller.abort();
  }

  private apply(event: ChatEvent): void {
    const { exchange } = this;
    switch (event.event) {
      case "retrieval":
        this.conversationId = event.data.conversation_id;
        exchange.turnId = event.data.turn_id;
        exchange.state = "writing";
        break;
      case "progress":
        exchange.progress = event.data;
        break;
      case "token":
        exchange.text += event.data.text;
        break;
      case "citation":
        exchange.citations = [...exchange.citations, event.data];
        break;
      case "done":
        exchange.answer = event.data;
        exchange.text = event.data.answer;
        exchange.citations = event.data.citations;
        exchange.state = event.data.status === "stopped" ? "stopped" : "done";
        break;
    }
  }
}

function options({ conversationId, collections, adapter }: Choices): object {
  return {
    ...(conversationId ? { conversation_id: conversationId } : {}),
    ...(collections.length ? { collections } : {}),
    ...(adapter ? { adapter } : {}),
  };
}

/** Rate an answer, with what it should have been if that is known. */
export async function rate(turnId: string, rating: "up" | "down", corrected: string): Promise<void> {
  const body: Schemas["FeedbackIn"] = { turn_id: turnId, rating, ...(corrected ? { corrected_answer: corrected } : {}) };
  await must(api.POST("/api/v1/feedback", { body }));
}
