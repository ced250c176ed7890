/** An answer on its way: followed to its end, over lost connections. */

import { LoracleError, type ChatEvent, type ChatStream } from "loracle-client";
import { shown } from "../api/client";
import { text } from "../i18n";
import { hasEnded, type Exchange } from "./exchange";

const BURST_MS = 16;
const AGAIN_MS = 5_000; // between two tries to take up a lost connection
const MOST_TRIES = 60; // the service keeps an answer for five minutes

export class Asking {
  conversationId: string | null = null;
  /** It failed because the key is no longer good. */
  isSignedOut = false;
  private stream: ChatStream | null = null;
  private readonly controller = new AbortController();
  private wake: (() => void) | null = null; // while it waits to try again

  /** `open` sends the question. `changed` is called after each change of the exchange. */
  constructor(
    readonly exchange: Exchange,
    private readonly open: (signal: AbortSignal) => Promise<ChatStream> | ChatStream,
    private readonly changed: () => void,
  ) {}

  /** Ask, and follow the answer to its end. Never throws. */
  async run(): Promise<void> {
    const { exchange } = this;
    const { signal } = this.controller;
    try {
      this.stream = await this.open(signal);
      this.stream.onLost = () => this.lose();
      for (let tries = 0; !hasEnded(exchange); tries++) {
        if (tries > 0) await this.pause();
        if (signal.aborted) throw new DOMException("", "AbortError");
        if (await this.follow(this.stream)) tries = 0;
        else if (tries >= MOST_TRIES) throw new LoracleError("", 0, "connection_lost");
      }
    } catch (fault) {
      this.fail(fault);
    }
    this.tell();
  }

  /** Try a lost connection again now. */
  tryNow(): void {
    this.wake?.();
  }

  /** End the answer; what was shown of it is kept. */
  async stop(): Promise<void> {
    if (!this.stream?.turnId || this.exchange.state === "lost") return this.leave();
    try {
      await this.stream.stop();
    } catch (fault) {
      if (!(fault instanceof LoracleError && fault.status === 404)) this.leave(); // 404: it has ended
    }
  }

  /** Look away: the answer goes on without this page for a while, and is kept. */
  leave(): void {
    this.controller.abort();
    this.wake?.();
  }

  /** Read until the end, or until the connection is lost. Whether anything was read. */
  private async follow(stream: ChatStream): Promise<boolean> {
    let read = false;
    let since = performance.now();
    try {
      for await (const event of stream) {
        read = true;
        this.apply(event);
        this.tell();
        if (performance.now() - since < BURST_MS) continue;
        await new Promise((resolve) => setTimeout(resolve)); // many events at once leave time for the page
        since = performance.now();
      }
    } catch (fault) {
      if (!stream.turnId || !isPassing(fault)) throw fault;
    }
    if (!hasEnded(this.exchange)) this.lose();
    return read;
  }

  private lose(): void {
    this.exchange.state = "lost";
    this.tell();
  }

  /** Wait until it is worth to try again: some seconds, until the network is back, or until somebody says so. */
  private async pause(): Promise<void> {
    const now = new AbortController();
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      const timer = setTimeout(resolve, AGAIN_MS);
      now.signal.addEventListener("abort", () => clearTimeout(timer));
      window.addEventListener("online", () => resolve(), { signal: now.signal });
    });
    this.wake = null;
    now.abort();
  }

  private fail(fault: unknown): void {
    const { exchange } = this;
    const status = fault instanceof LoracleError ? fault.status : 0;
    this.isSignedOut = status === 401;
    exchange.state = this.controller.signal.aborted ? "stopped" : "failed";
    if (exchange.state === "stopped") return;
    const isGone = status === 404 && exchange.turnId !== null; // it ended, and was not saved
    exchange.error = isGone ? text.answer.notKept : shown(fault);
    if (isGone) exchange.turnId = null;
  }

  private tell(): void {
    this.exchange.revision += 1;
    this.changed();
  }

  private apply(event: ChatEvent): void {
    const { exchange } = this;
    switch (event.event) {
      case "retrieval":
        this.conversationId = event.data.conversation_id;
        exchange.turnId = event.data.turn_id;
        exchange.versions = [...exchange.versions.filter((one) => one !== event.data.turn_id), event.data.turn_id];
        exchange.state = "writing";
        break;
      case "progress":
        exchange.state = "writing";
        exchange.progress = event.data;
        break;
      case "token":
        exchange.state = "writing";
        exchange.text += event.data.text;
        break;
      case "citation":
        exchange.citations = [...exchange.citations, event.data];
        break;
      case "done":
        exchange.answer = event.data;
        exchange.turnId = event.data.id;
        exchange.text = event.data.answer;
        exchange.citations = event.data.citations;
        exchange.state = event.data.status === "completed" ? "done" : event.data.status;
        break;
      case "server_shutdown":
        exchange.state = "lost";
        break;
    }
  }
}

/** Whether the connection may come back: it broke, or a proxy has no service behind it. */
function isPassing(fault: unknown): boolean {
  if (!(fault instanceof LoracleError)) return fault instanceof TypeError;
  return fault.code === "connection_lost" || fault.status === 429 || fault.status >= 502;
}
