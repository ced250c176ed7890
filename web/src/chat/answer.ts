import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { shown, type Schemas } from "../api/client";
import { text } from "../i18n";
import { icon, type IconName } from "../ui/icons";
import { base } from "../ui/styles";
import { hasEnded, rate, type Citation, type Exchange } from "./exchange";
import "./prose_view";
import "./question";
import "./sources";
import "./trace";

const NONE: readonly Schemas["SpanOut"][] = [];

/**
 * A question with its answer: prose with numbered citations, the sources, and what can be done with it.
 *
 * Says `edited` (with the new words), `again`, `try-now` and `version` (with the id of a turn).
 */
@customElement("loracle-answer")
export class AnswerView extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        padding-block: 0.4rem 1.6rem;
      }
      .status {
        display: flex;
        align-items: center;
        gap: 0.6rem;
        margin-top: 1rem;
        color: var(--quiet);
      }
      .dots {
        display: inline-flex;
        gap: 0.25rem;
      }
      .dots i {
        width: 0.42rem;
        height: 0.42rem;
        border-radius: 50%;
        background: var(--accent);
        animation: beat 1.2s infinite ease-in-out;
      }
      .dots i:nth-child(2) {
        animation-delay: 0.15s;
      }
      .dots i:nth-child(3) {
        animation-delay: 0.3s;
      }
      @keyframes beat {
        0%,
        70%,
        100% {
          opacity: 0.25;
        }
        35% {
          opacity: 1;
        }
      }
      .status .icon {
        color: inherit;
      }
      .lost,
      .error {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.3rem 0.8rem;
        margin-top: 1rem;
      }
      .lost {
        border-radius: 8px;
        padding: 0.5rem 0.8rem;
        background: var(--sunken);
      }
      .lost span,
      .error span {
        flex: 1 12rem;
      }
      .note {
        margin-top: 0.6rem;
        font-size: 0.88rem;
        color: var(--warn);
      }
      .tools {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.1rem;
        margin: 0.5rem 0 0 -0.4rem;
      }
      .versions {
        display: inline-flex;
        align-items: center;
        font-size: 0.85rem;
        color: var(--quiet);
        font-variant-numeric: tabular-nums;
      }
      .versions .icon {
        padding-inline: 0;
      }
      @media (pointer: fine) {
        .versions .icon {
          min-width: 1.7rem;
        }
      }
      .words {
        grid-auto-flow: column;
        gap: 0.35rem;
        padding-inline: 0.5rem;
        font-size: 0.86rem;
      }
      form {
        display: flex;
        gap: 0.5rem;
        margin-top: 0.5rem;
      }
      form textarea {
        flex: 1;
        min-height: 3.2rem;
      }
    `,
  ];

  @property({ attribute: false }) exchange!: Exchange;
  /** Changes whenever the exchange does: it is changed in place. */
  @property({ type: Number }) revision = 0;
  @property({ attribute: false }) opened: Citation | null = null;
  /** It is the conversation's last one. */
  @property({ type: Boolean }) last = false;
  /** Another answer is being written. */
  @property({ type: Boolean }) busy = false;
  @state() private correcting = false;
  @state() private rated = false;
  @state() private copied = false;
  @state() private traced = false;
  @state() private fault = "";

  override render(): TemplateResult {
    const { exchange } = this;
    const { citations, answer } = exchange;
    const opened = citations.find((one) => this.isOpen(one))?.index ?? null;
    return html`
      <h2 class="hidden-text">${text.answer.you}</h2>
      <loracle-question
        .question=${exchange.question}
        ?editable=${!this.busy && exchange.turnId !== null}
        @edited=${(event: CustomEvent<string>) => this.tell("edited", event.detail)}
      ></loracle-question>
      <section aria-label=${text.answer.answer}>
        <loracle-prose
          .text=${exchange.text}
          .citations=${citations}
          .unsupported=${answer?.unsupported ?? NONE}
          .opened=${opened}
        ></loracle-prose>
        ${this.status()} ${this.notes()}
        <loracle-sources .citations=${citations} .answer=${answer} .opened=${opened}></loracle-sources>
        ${hasEnded(exchange) ? this.tools() : nothing}
      </section>
    `;
  }

  private status(): TemplateResult | typeof nothing {
    const { state, progress, error } = this.exchange;
    if (state === "failed") {
      return html`<p class="error" role="alert">
        <span>${text.answer.failed} ${error}</span>
        ${this.last ? html`<button class="plain-border" ?disabled=${this.busy} @click=${() => this.tell("again")}>${text.answer.again}</button>` : nothing}
      </p>`;
    }
    if (state === "lost") {
      return html`<p class="lost" role="alert">
        <span>${text.answer.lost}</span>
        <button class="plain-border" @click=${() => this.tell("try-now")}>${text.answer.tryNow}</button>
      </p>`;
    }
    if (state === "stopped") return html`<p class="status">${text.answer.stopped}</p>`;
    if (state === "done" || (state === "writing" && this.exchange.text)) return nothing;
    const reading = progress ? text.ask.reading(progress.done, progress.total) : null;
    const words = reading ?? (state === "searching" ? text.ask.searching : text.ask.writing);
    return html`<p class="status"><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${words}</p>`;
  }

  private notes(): TemplateResult | typeof nothing {
    const answer = this.exchange.answer;
    if (!answer) return nothing;
    const notes: string[] = [];
    if (answer.finish_reason === "length") notes.push(text.answer.cut);
    if (answer.finish_reason === "repetition") notes.push(text.answer.repetition);
    if (answer.unsupported.length) notes.push(text.answer.unsupported);
    return notes.length ? html`${notes.map((note) => html`<p class="note">${note}</p>`)}` : nothing;
  }

  private tools(): TemplateResult {
    const { exchange } = this;
    const rated = (rating: "up" | "down") =>
      this.tool(rating, rating === "up" ? text.answer.good : text.answer.bad, () => void this.rate(rating), {
        pressed: exchange.rating === rating,
      });
    return html`<div class="tools">
        ${this.versions()}
        ${exchange.text
          ? this.tool(this.copied ? "check" : "copy", this.copied ? text.answer.copied : text.answer.copy, () => void this.copy(), { words: true })
          : nothing}
        ${exchange.turnId ? html`${rated("up")}${rated("down")}` : nothing}
        ${this.last && exchange.state !== "failed" && !this.busy
          ? this.tool("again", text.answer.again, () => this.tell("again"), { words: true })
          : nothing}
        ${exchange.answer
          ? this.tool("steps", text.answer.trace, () => (this.traced = !this.traced), { expanded: this.traced, words: true })
          : nothing}
        <span class="small quiet" role="status">${this.rated && !this.correcting ? text.answer.thanks : ""}</span>
      </div>
      ${this.correcting ? this.correction() : nothing}
      ${this.fault ? html`<p class="error" role="alert">${this.fault}</p>` : nothing}
      ${this.traced ? html`<loracle-trace .answer=${exchange.answer}></loracle-trace>` : nothing}`;
  }

  private tool(
    name: IconName,
    label: string,
    action: () => void,
    is: { pressed?: boolean; expanded?: boolean; disabled?: boolean; words?: boolean } = {},
  ): TemplateResult {
    return html`<button
      class=${is.words ? "icon words" : "icon"}
      aria-label=${is.words ? nothing : label}
      title=${is.words ? nothing : label}
      aria-pressed=${is.pressed ?? nothing}
      aria-expanded=${is.expanded ?? nothing}
      ?disabled=${is.disabled ?? false}
      @click=${action}
    >
      ${icon(name, 18)} ${is.words ? label : nothing}
    </button>`;
  }

  /** The way to what else was asked or answered in this place. */
  private versions(): TemplateResult | typeof nothing {
    const { versions, turnId } = this.exchange;
    const at = turnId === null ? -1 : versions.indexOf(turnId);
    if (versions.length < 2 || at < 0) return nothing;
    const to = (place: number) => () => this.tell("version", versions[place]);
    return html`<span class="versions" role="group" aria-label=${text.answer.versions}>
      ${this.tool("left", text.answer.versionBefore, to(at - 1), { disabled: this.busy || at === 0 })}
      <span>${text.answer.version(at + 1, versions.length)}</span>
      ${this.tool("right", text.answer.versionAfter, to(at + 1), { disabled: this.busy || at === versions.length - 1 })}
    </span>`;
  }

  private isOpen({ document_id, char_start, char_end }: Citation): boolean {
    const { opened } = this;
    return opened?.document_id === document_id && opened.char_start === char_start && opened.char_end === char_end;
  }

  private correction(): TemplateResult {
    return html`<form @submit=${this.onCorrection}>
      <textarea name="corrected" aria-label=${text.answer.correct} placeholder=${text.answer.correct}></textarea>
      <button class="primary">${text.answer.send}</button>
    </form>`;
  }

  private async rate(rating: "up" | "down", corrected = ""): Promise<void> {
    try {
      await rate(this.exchange.turnId!, rating, corrected);
      this.exchange.rating = rating;
      this.rated = true;
      this.correcting = rating === "down" && !corrected;
      this.fault = "";
    } catch (fault) {
      this.fault = shown(fault);
    }
  }

  private onCorrection(event: SubmitEvent): void {
    event.preventDefault();
    const corrected = String(new FormData(event.target as HTMLFormElement).get("corrected") ?? "").trim();
    if (corrected) void this.rate("down", corrected);
    else this.correcting = false;
  }

  private async copy(): Promise<void> {
    await navigator.clipboard.writeText(this.exchange.text.trim());
    this.copied = true;
    setTimeout(() => (this.copied = false), 1500);
  }

  private tell(name: string, detail?: string): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
