import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { shown, type Schemas } from "../api/client";
import { text } from "../i18n";
import { icon } from "../ui/icons";
import { base } from "../ui/styles";
import { rate, type Exchange } from "./exchange";
import { prose } from "./prose";
import "./trace";

type Citation = Schemas["CitationOut"];

/** A question with its answer: prose with numbered citations, the sources, and what can be done with it. */
@customElement("loracle-answer")
export class AnswerView extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        padding-block: 0.4rem 1.6rem;
      }
      .question {
        margin-left: auto;
        width: fit-content;
        max-width: 85%;
        background: var(--accent-soft);
        border-radius: 14px 14px 4px 14px;
        padding: 0.55rem 0.9rem;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      .prose {
        font: 1.06rem/1.65 var(--serif);
        margin-top: 1.1rem;
        overflow-wrap: anywhere;
      }
      .prose > :first-child {
        margin-top: 0;
      }
      .prose p,
      .prose ul,
      .prose ol,
      .prose pre,
      .prose table {
        margin: 0.6em 0;
      }
      .prose ul,
      .prose ol {
        padding-left: 1.4em;
        list-style: revert;
      }
      .prose pre {
        overflow-x: auto;
        background: var(--sunken);
        padding: 0.7rem;
        border-radius: 8px;
      }
      .prose code,
      .prose pre {
        font: 0.88em/1.5 var(--mono);
      }
      .prose table {
        border-collapse: collapse;
        display: block;
        overflow-x: auto;
        font: 0.92rem/1.45 var(--text);
      }
      .prose th,
      .prose td {
        border: 1px solid var(--line);
        padding: 0.3rem 0.6rem;
        text-align: left;
      }
      .prose h1,
      .prose h2,
      .prose h3,
      .prose h4 {
        font: 600 1.05rem/1.4 var(--text);
        margin: 1em 0 0.4em;
      }
      .cite,
      .number {
        font: 600 0.72rem/1.35 var(--text);
        min-width: 1.35rem;
        padding: 0.05rem 0.3rem;
        margin-inline: 0.15rem 0;
        border-radius: 6px;
        background: var(--accent-soft);
        color: var(--accent);
        vertical-align: 0.28em;
        text-align: center;
      }
      .cite:hover:not(:disabled),
      .cite[aria-current="true"] {
        background: var(--accent);
        color: var(--accent-ink);
      }
      .doubted {
        text-decoration: underline wavy var(--warn) 1px;
        text-underline-offset: 0.25em;
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
      .note {
        margin-top: 0.6rem;
        font-size: 0.88rem;
        color: var(--warn);
      }
      .sources {
        display: grid;
        gap: 0.35rem;
        margin-top: 0.9rem;
      }
      .sources h3 {
        font: 600 0.8rem/1.4 var(--text);
        color: var(--quiet);
        margin-bottom: 0.1rem;
      }
      .card {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 0.1rem 0.55rem;
        width: 100%;
        text-align: left;
        border: 1px solid var(--line);
        background: var(--raised);
        padding: 0.5rem 0.7rem;
      }
      .card:hover:not(:disabled),
      .card[aria-current="true"] {
        border-color: var(--accent);
        background: var(--raised);
      }
      .card .number {
        margin: 0;
        align-self: start;
      }
      .card .where {
        font-size: 0.9rem;
        overflow-wrap: anywhere;
      }
      .card .quote {
        grid-column: 2;
        color: var(--quiet);
        font: 0.93rem/1.5 var(--serif);
        display: -webkit-box;
        -webkit-line-clamp: 2;
        -webkit-box-orient: vertical;
        overflow: hidden;
        overflow-wrap: anywhere;
      }
      .state {
        font-size: 0.8rem;
        color: var(--quiet);
        white-space: nowrap;
      }
      .state.verified {
        color: var(--accent);
      }
      .conflict {
        grid-column: 2;
        color: var(--warn);
        font-size: 0.86rem;
      }
      .tools {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.1rem;
        margin: 0.5rem 0 0 -0.4rem;
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
  @state() private correcting = false;
  @state() private rated = false;
  @state() private copied = false;
  @state() private traced = false;
  @state() private fault = "";

  override render(): TemplateResult {
    const { exchange } = this;
    return html`
      <h2 class="hidden-text">${text.answer.you}</h2>
      <p class="question">${exchange.question}</p>
      <section aria-label=${text.answer.answer}>
        <div class="prose" @click=${this.onProse}>${this.words()}</div>
        ${this.status()} ${this.notes()} ${this.sources()} ${exchange.state === "done" || exchange.state === "stopped" ? this.tools() : nothing}
      </section>
    `;
  }

  override updated(): void {
    for (const button of this.renderRoot.querySelectorAll<HTMLButtonElement>(".prose .cite")) {
      const citation = this.exchange.citations.find((one) => String(one.index) === button.dataset.index);
      if (!citation) continue;
      button.title = `${citation.filename}${place(citation)}\n${citation.quote}`;
      button.ariaLabel = text.answer.source(citation.index, citation.filename);
      button.ariaCurrent = String(this.isOpen(citation));
    }
  }

  private words(): DocumentFragment {
    return prose(this.exchange.text, this.exchange.citations, this.exchange.answer?.unsupported ?? []);
  }

  private status(): TemplateResult | typeof nothing {
    const { state, progress, error } = this.exchange;
    if (state === "failed") return html`<p class="error" role="alert">${text.answer.failed} ${error}</p>`;
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

  private sources(): TemplateResult | typeof nothing {
    const { citations, answer } = this.exchange;
    const first = citations.filter((one, at) => citations.findIndex((other) => other.index === one.index) === at);
    if (first.length) {
      return html`<div class="sources">
        <h3>${text.answer.sources}</h3>
        ${first.map((citation) => this.card(citation))}
      </div>`;
    }
    if (!answer?.refused || !answer.closest.length) return nothing;
    return html`<div class="sources">
      <h3>${text.answer.closest}</h3>
      ${answer.closest.slice(0, 3).map(
        (passage) => html`<button class="card" @click=${() => this.open(passage)}>
          <span class="number">${icon("search", 14)}</span>
          <span class="where">${passage.filename}${place(passage)}</span>
          <span class="quote">${passage.text}</span>
        </button>`,
      )}
    </div>`;
  }

  private card(citation: Citation): TemplateResult {
    const gone = (citation as Citation & { gone?: boolean }).gone === true;
    return html`<button
      class="card"
      ?disabled=${gone}
      aria-current=${this.isOpen(citation)}
      @click=${() => this.open(citation)}
    >
      <span class="number">${citation.index}</span>
      <span class="where">
        ${citation.filename}${place(citation)} · ${gone ? html`<span class="state">${text.answer.gone}</span>` : mark(citation)}
      </span>
      <span class="quote">${citation.quote}</span>
      ${citation.conflicts.map(
        (one) => html`<span class="conflict">${icon("warning", 14)} ${text.answer.conflict(one.filename)} “${one.quote}”</span>`,
      )}
    </button>`;
  }

  private isOpen({ document_id, char_start, char_end }: Citation): boolean {
    const { opened } = this;
    return opened?.document_id === document_id && opened.char_start === char_start && opened.char_end === char_end;
  }

  private tools(): TemplateResult {
    const rated = (rating: "up" | "down") => html`<button
      class="icon"
      aria-pressed=${this.exchange.rating === rating}
      title=${rating === "up" ? text.answer.good : text.answer.bad}
      aria-label=${rating === "up" ? text.answer.good : text.answer.bad}
      @click=${() => void this.rate(rating)}
    >
      ${icon(rating, 18)}
    </button>`;
    return html`<div class="tools">
        <button class="icon" title=${text.answer.copy} aria-label=${text.answer.copy} @click=${() => void this.copy()}>
          ${icon(this.copied ? "check" : "copy", 18)}
        </button>
        ${this.exchange.turnId ? html`${rated("up")}${rated("down")}` : nothing}
        <button class="icon" title=${text.answer.again} aria-label=${text.answer.again} @click=${this.again}>
          ${icon("again", 18)}
        </button>
        ${this.exchange.answer
          ? html`<button
              class="icon"
              aria-expanded=${this.traced}
              title=${text.answer.trace}
              aria-label=${text.answer.trace}
              @click=${() => (this.traced = !this.traced)}
            >
              ${icon("steps", 18)}
            </button>`
          : nothing}
        <span class="small quiet" role="status">${this.rated && !this.correcting ? text.answer.thanks : ""}</span>
      </div>
      ${this.correcting ? this.correction() : nothing}
      ${this.fault ? html`<p class="error" role="alert">${this.fault}</p>` : nothing}
      ${this.traced ? html`<loracle-trace .answer=${this.exchange.answer}></loracle-trace>` : nothing}`;
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
    this.correcting = false;
    if (corrected) void this.rate("down", corrected);
  }

  private async copy(): Promise<void> {
    await navigator.clipboard.writeText(this.exchange.text.trim());
    this.copied = true;
    setTimeout(() => (this.copied = false), 1500);
  }

  private again(): void {
    this.dispatchEvent(new CustomEvent("ask-again", { detail: this.exchange.question, bubbles: true, composed: true }));
  }

  private onProse(event: Event): void {
    const index = (event.target as HTMLElement).closest<HTMLElement>(".cite")?.dataset.index;
    const citation = this.exchange.citations.find((one) => String(one.index) === index);
    if (citation) this.open(citation);
  }

  private open(source: Citation | Schemas["PassageOut"]): void {
    this.dispatchEvent(new CustomEvent("open-source", { detail: source, bubbles: true, composed: true }));
  }
}

function place(source: { page_start: number | null; page_end: number | null }): string {
  if (source.page_start === null) return "";
  const last = source.page_end ?? source.page_start;
  return `, ${last > source.page_start ? text.answer.pages(source.page_start, last) : text.answer.page(source.page_start)}`;
}

function mark(citation: Citation): TemplateResult {
  if (citation.support === "verified")
    return html`<span class="state verified" title=${text.answer.verifiedHint}>✓ ${text.answer.verified}</span>`;
  const reason = citation.reason ? (text.reasons[citation.reason] ?? citation.reason) : text.answer.supported;
  return html`<span class="state" title=${text.answer.supportedHint}>${reason}</span>`;
}
