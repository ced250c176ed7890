/** The calls that most programs need. `request` does all others, and so does openapi-fetch with the exported `paths`. */

import { ChatStream, type Send } from "./chat-stream.js";
import { LoracleError } from "./errors.js";
import type { components } from "./schema.js";
import { readEvents } from "./server-sent-events.js";
import type { Answer, Dataset, Evaluation, LoracleDocument, NewToken, NewTraining, Passage, Question, Search, Token, Training } from "./types.js";

type Schemas = components["schemas"];

export interface LoracleOptions {
  /** Where the service is, with its path if it has one: "https://answers.example.com". */
  url: string;
  /** A key (`lk_...`) on a server; in a browser a token (`lt_...`), which the server makes with `createToken`. */
  key: string;
  fetch?: typeof fetch;
}

export interface UploadOptions {
  /** Needed if the file is a Blob without a name. */
  filename?: string;
  collection?: string;
  metadata?: Record<string, string | number | boolean>;
  signal?: AbortSignal;
}

export type AskOptions = Omit<Question, "message" | "stream"> & { signal?: AbortSignal };

export type AgainOptions = Omit<AskOptions, "conversation_id" | "user">;

/** Every method throws LoracleError where the service refuses, and what `fetch` throws where it is not reached. */
export class Loracle {
  readonly #url: string;
  readonly #key: string;
  readonly #fetch: typeof fetch;

  constructor({ url, key, fetch: given }: LoracleOptions) {
    this.#url = url.replace(/\/+$/, "");
    this.#key = key;
    this.#fetch = given ?? ((input, init) => fetch(input, init));
  }

  /** Any call. `body` is sent as JSON, unless it is a form. */
  async request(method: string, path: string, body?: unknown, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set("Authorization", `Bearer ${this.#key}`);
    const sent: RequestInit = { ...init, method, headers };
    if (body instanceof FormData) sent.body = body;
    else if (body !== undefined) {
      headers.set("Content-Type", "application/json");
      sent.body = JSON.stringify(body);
    }
    const response = await this.#fetch(this.#url + path, sent);
    if (!response.ok) throw await LoracleError.from(response);
    return response;
  }

  /** Upload a document. It can be asked about once `ready`. */
  async upload(file: Blob, options: UploadOptions = {}): Promise<LoracleDocument> {
    const form = new FormData();
    const name = options.filename ?? (file instanceof File ? file.name : undefined);
    form.append("file", file, name);
    if (options.collection !== undefined) form.append("collection", options.collection);
    if (options.metadata !== undefined) form.append("metadata", JSON.stringify(options.metadata));
    return this.#json("POST", "/api/v1/documents", form, options.signal);
  }

  document(id: string): Promise<LoracleDocument> {
    return this.#json("GET", `/api/v1/documents/${encodeURIComponent(id)}`);
  }

  /** A document each time that it changes, the last time when it is ready, failed or cancelled. */
  followDocument(id: string, signal?: AbortSignal): AsyncGenerator<LoracleDocument, void, undefined> {
    return this.#follow(`/api/v1/documents/${encodeURIComponent(id)}/events`, signal);
  }

  /** Wait until a document is ready, failed or cancelled. */
  async ready(id: string, signal?: AbortSignal): Promise<LoracleDocument> {
    let last: LoracleDocument | undefined;
    for await (const state of this.followDocument(id, signal)) last = state;
    return last ?? this.document(id);
  }

  async deleteDocument(id: string): Promise<void> {
    await this.request("DELETE", `/api/v1/documents/${encodeURIComponent(id)}`);
  }

  async search(search: Search): Promise<Passage[]> {
    return (await this.#json<Schemas["SearchOut"]>("POST", "/api/v1/search", search)).data;
  }

  /** Ask and read the answer while it is written. */
  ask(message: string, options: AskOptions = {}): Promise<ChatStream> {
    return this.#answer("/api/v1/chat", { message }, options);
  }

  /** Have a question answered again, beside the first answer. What is left out of `options` is as it was then. */
  regenerate(turnId: string, options: AgainOptions = {}): Promise<ChatStream> {
    return this.#answer(`/api/v1/chat/${encodeURIComponent(turnId)}/regenerate`, {}, options);
  }

  /** Ask in other words, in a branch beside the first question. What is left out of `options` is as it was then. */
  edit(turnId: string, message: string, options: AgainOptions = {}): Promise<ChatStream> {
    return this.#answer(`/api/v1/chat/${encodeURIComponent(turnId)}/edit`, { message }, options);
  }

  /** Come back to an answer, from its first event on. */
  resume(turnId: string, signal?: AbortSignal): ChatStream {
    return new ChatStream(null, this.#sender(signal), signal, turnId);
  }

  /** Ask and wait for the whole answer. */
  answer(message: string, { signal, ...options }: AskOptions = {}): Promise<Answer> {
    return this.#json("POST", "/api/v1/chat", { ...options, message }, signal);
  }

  /** Upload rows to train on, as JSONL. */
  async uploadDataset(rows: Blob, name: string): Promise<Dataset> {
    const form = new FormData();
    form.append("file", rows, "rows.jsonl");
    form.append("name", name);
    return this.#json("POST", "/api/v1/training/datasets", form);
  }

  train(training: NewTraining): Promise<Training> {
    return this.#json("POST", "/api/v1/training/jobs", training);
  }

  training(id: string): Promise<Training> {
    return this.#json("GET", `/api/v1/training/jobs/${encodeURIComponent(id)}`);
  }

  /** A training each time that it changes, the last time when it has ended. */
  followTraining(id: string, signal?: AbortSignal): AsyncGenerator<Training, void, undefined> {
    return this.#follow(`/api/v1/training/jobs/${encodeURIComponent(id)}/events`, signal);
  }

  /** An evaluation of answers each time that it changes, the last time when it has ended. */
  followEvaluation(id: string, signal?: AbortSignal): AsyncGenerator<Evaluation, void, undefined> {
    return this.#follow(`/api/v1/evaluations/${encodeURIComponent(id)}/events`, signal);
  }

  /** A short-lived token for a browser, made on a server with a key. */
  createToken(token: NewToken): Promise<Token> {
    return this.#json("POST", "/api/v1/tokens", token);
  }

  async #answer(path: string, body: object, { signal, ...options }: AskOptions): Promise<ChatStream> {
    const init: RequestInit = signal === undefined ? {} : { signal };
    const first = await this.request("POST", path, { ...options, ...body, stream: true }, init);
    return new ChatStream(first, this.#sender(signal), signal);
  }

  #sender(signal?: AbortSignal): Send {
    const init: RequestInit = signal === undefined ? {} : { signal };
    return (method, path, headers) => this.request(method, path, undefined, { ...init, headers });
  }

  async #json<Body>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Body> {
    return (await this.request(method, path, body, signal === undefined ? {} : { signal })).json() as Promise<Body>;
  }

  async *#follow<State>(path: string, signal?: AbortSignal): AsyncGenerator<State, void, undefined> {
    const response = await this.request("GET", path, undefined, signal === undefined ? {} : { signal });
    for await (const { event, data } of readEvents(response.body!)) {
      const body: unknown = JSON.parse(data);
      if (event === "error") throw LoracleError.of(body as Schemas["ErrorEnvelope"]);
      if (event === "progress" || event === "done") yield body as State;
    }
  }
}
