/** An answer that is read while it is written. A lost connection is taken up where it broke. */

import { LoracleError } from "./errors.js";
import type { components } from "./schema.js";
import { readEvents } from "./server-sent-events.js";

type Schemas = components["schemas"];
const MOST_TRIES = 5; // in a row, to take up a lost connection
const FIRST_PAUSE_MS = 250;

/** The data of each event of an answer. */
export interface ChatEvents {
  retrieval: Schemas["RetrievalOut"];
  progress: Schemas["ProgressOut"];
  token: Schemas["TokenOut"];
  citation: Schemas["CitationOut"];
  done: Schemas["ChatOut"];
  server_shutdown: Schemas["ShutdownOut"];
}

export type ChatEvent = { [Name in keyof ChatEvents]: { event: Name; data: ChatEvents[Name] } }[keyof ChatEvents];

/** How the stream reaches the service; fails with LoracleError, or as `fetch` does. */
export type Send = (method: string, path: string, headers: Record<string, string>) => Promise<Response>;

export class ChatStream implements AsyncIterable<ChatEvent> {
  /** The answer's id, known from the first event on. */
  turnId: string | null = null;
  conversationId: string | null = null;
  requestId: string | null = null;
  /** Called when the connection was lost, each time before it is taken up. */
  onLost: (() => void) | null = null;
  #lastEventId = "";
  #first: Response | null;

  /** Use `Loracle.ask`. Without a first response, `turnId` is an answer to come back to. */
  constructor(
    first: Response | null,
    private readonly send: Send,
    private readonly signal?: AbortSignal,
    turnId: string | null = null,
  ) {
    this.#first = first;
    this.turnId = turnId;
  }

  /**
   * The events up to `done`. Throws LoracleError for an `error` event, and if the connection cannot be taken up.
   * After that, a further iteration goes on behind the last event that was read.
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<ChatEvent, void, undefined> {
    let response = this.#first;
    this.#first = null;
    for (let tries = 0; ; tries++) {
      try {
        response ??= await this.#resume();
        for await (const event of this.#read(response)) {
          tries = 0;
          yield event;
          if (event.event === "done") return;
        }
      } catch (fault) {
        if (!isLostConnection(fault) || this.signal?.aborted) throw fault;
      }
      if (this.turnId === null || tries >= MOST_TRIES) {
        throw new LoracleError("The connection was lost.", 0, "connection_lost", null, this.requestId);
      }
      response = null;
      this.onLost?.();
      await new Promise((resolve) => setTimeout(resolve, FIRST_PAUSE_MS * 2 ** tries));
    }
  }

  /** End the answer, and return what was shown of it, with `status: "stopped"`; the iteration ends with `done`. */
  async stop(): Promise<Schemas["ChatOut"]> {
    if (this.turnId === null) throw new LoracleError("The answer has not begun.", 0, "not_begun");
    const stopped = await this.send("POST", `/api/v1/chat/${this.turnId}/stop`, {});
    return stopped.json() as Promise<Schemas["ChatOut"]>;
  }

  /** Read to the end and return the whole answer. */
  async answer(): Promise<Schemas["ChatOut"]> {
    for await (const event of this) if (event.event === "done") return event.data;
    throw new LoracleError("The stream ended without an answer.", 0, "connection_lost", null, this.requestId);
  }

  #resume(): Promise<Response> {
    const headers: Record<string, string> = this.#lastEventId === "" ? {} : { "Last-Event-ID": this.#lastEventId };
    return this.send("GET", `/api/v1/chat/${this.turnId}/events`, headers);
  }

  async *#read(response: Response): AsyncGenerator<ChatEvent, void, undefined> {
    if (response.body === null) return;
    for await (const { event, data, id } of readEvents(response.body)) {
      this.#lastEventId = id || this.#lastEventId;
      const body: unknown = JSON.parse(data);
      if (event === "error") throw LoracleError.of(body as Schemas["ErrorEnvelope"]);
      if (event === "retrieval") this.#begin(body as ChatEvents["retrieval"]);
      yield { event, data: body } as ChatEvent;
    }
  }

  #begin(retrieval: ChatEvents["retrieval"]): void {
    this.turnId = retrieval.turn_id;
    this.conversationId = retrieval.conversation_id;
    this.requestId = retrieval.request_id;
  }
}

/** `fetch` says so by a TypeError, before the response and in the middle of it. */
function isLostConnection(fault: unknown): boolean {
  return fault instanceof TypeError;
}
