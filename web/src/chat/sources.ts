import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Schemas } from "../api/client";
import { text } from "../i18n";
import { icon } from "../ui/icons";
import { base } from "../ui/styles";
import { placeOf, support, supportHint } from "./citation";
import type { Answer, Citation } from "./exchange";

const MOST_AT_FIRST = 12;

/** The quotes that an answer rests on, or what comes nearest if it is a refusal. */
@customElement("loracle-sources")
export class SourcesView extends LitElement {
  static override styles = [
    base,
    css`
      .sources {
        display: grid;
        gap: 0.35rem;
        margin-top: 0.9rem;
      }
      h3 {
        font: 600 0.8rem/1.4 var(--text);
        color: var(--quiet);
        margin-bottom: 0.1rem;
      }
      :host {
        display: block;
        container-type: inline-size;
      }
      .source {
        position: relative;
        border: 1px solid var(--edge);
        border-radius: 8px;
        background: var(--raised);
      }
      .source:has(.card:hover:not(:disabled)),
      .source:has(.card[aria-current="true"]) {
        border-color: var(--accent);
      }
      .card {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        gap: 0.1rem 0.55rem;
        width: 100%;
        text-align: left;
        padding: 0.5rem 0.7rem;
      }
      .card:hover:not(:disabled) {
        background: none;
      }
      .number {
        font: 600 0.72rem/1.35 var(--text);
        min-width: 1.35rem;
        padding: 0.05rem 0.3rem;
        border-radius: 6px;
        background: var(--accent-soft);
        color: var(--accent);
        text-align: center;
        align-self: start;
      }
      .where {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0 0.7rem;
        font-size: 0.9rem;
        overflow-wrap: anywhere;
      }
      .open {
        display: flex;
        align-items: center;
        gap: 0.1rem;
        color: var(--accent);
        font-size: 0.86rem;
        font-weight: 600;
      }
      .card:hover .open span {
        text-decoration: underline;
      }
      @container (max-width: 26rem) {
        .open span {
          display: none;
        }
      }
      .quote {
        grid-column: 2 / -1;
        color: var(--quiet);
        font: 1rem/1.5 var(--serif);
        display: -webkit-box;
        -webkit-line-clamp: 2;
        -webkit-box-orient: vertical;
        overflow: hidden;
        overflow-wrap: anywhere;
      }
      .state {
        font-size: 0.84rem;
        color: var(--quiet);
      }
      .state.verified {
        color: var(--accent);
      }
      .why {
        display: flex;
        align-items: center;
        gap: 0.35rem;
        min-height: 1.9rem;
        margin: -0.3rem 0 0.2rem 2.1rem;
        padding: 0.1rem 0.5rem;
        text-align: left;
      }
      .why svg {
        color: var(--quiet);
      }
      .hint {
        display: none;
        position: absolute;
        left: 2.4rem;
        right: 0.7rem;
        top: 100%;
        z-index: 1;
        width: fit-content;
        padding: 0.4rem 0.7rem;
        border: 1px solid var(--line);
        border-radius: 8px;
        background: var(--raised);
        box-shadow: var(--shadow);
        font-size: 0.9rem;
      }
      .why:hover + .hint,
      .why:focus-visible + .hint {
        display: block;
      }
      .why[aria-expanded="true"] + .hint {
        display: block;
        position: static;
        margin: 0 0.7rem 0.6rem 2.6rem;
        border: 0;
        box-shadow: none;
        padding: 0;
      }
      @media (pointer: coarse) {
        .why {
          min-height: 2.75rem; /* 44 pixels, for a finger */
        }
      }
      .conflict {
        grid-column: 2 / -1;
        color: var(--warn);
        font-size: 0.86rem;
      }
    `,
  ];

  @property({ attribute: false }) citations: readonly Citation[] = [];
  @property({ attribute: false }) answer: Answer | null = null;
  /** Number of the citation whose source is open. */
  @property({ type: Number }) opened: number | null = null;
  @state() private all = false;
  @state() private explained: number | null = null; // the citation of which it is said what its state means

  override render(): TemplateResult | typeof nothing {
    const { citations, answer } = this;
    if (citations.length) return this.quotes([...new Map(citations.map((one) => [one.index, one])).values()]);
    if (!answer?.refused || !answer.closest.length) return nothing;
    return html`<div class="sources">
      <h3>${text.answer.closest}</h3>
      ${answer.closest.slice(0, 3).map(
        (passage) => html`<div class="source">
          <button class="card" @click=${() => this.open(passage)}>
            <span class="number">${icon("search", 14)}</span>
            <span class="where">${passage.filename}${placeOf(passage)}</span>
            ${this.openSign()}
            <span class="quote">${passage.text}</span>
          </button>
        </div>`,
      )}
    </div>`;
  }

  private quotes(each: Citation[]): TemplateResult {
    const shown = this.all ? each : each.slice(0, MOST_AT_FIRST);
    return html`<div class="sources">
      <h3>${text.answer.sources}</h3>
      ${shown.map((citation) => this.card(citation))}
      ${shown.length < each.length
        ? html`<button class="small" @click=${() => (this.all = true)}>${text.answer.allSources(each.length)}</button>`
        : nothing}
    </div>`;
  }

  private card(citation: Citation): TemplateResult {
    const gone = (citation as Citation & { gone?: boolean }).gone === true;
    return html`<div class="source">
      <button class="card" ?disabled=${gone} aria-current=${citation.index === this.opened} @click=${() => this.open(citation)}>
        <span class="number">${citation.index}</span>
        <span class="where">
          <span>${citation.filename}${placeOf(citation)}</span>
          ${gone ? html`<span class="state">${text.answer.gone}</span>` : nothing}
        </span>
        ${gone ? nothing : this.openSign()}
        <span class="quote">${citation.quote}</span>
        ${citation.conflicts.map(
          (one) => html`<span class="conflict">${icon("warning", 14)} ${text.answer.conflict(one.filename)} “${one.quote}”</span>`,
        )}
      </button>
      ${gone ? nothing : this.why(citation)}
    </div>`;
  }

  /** How far it is confirmed; what that means is said under the pointer, at the focus, and stays after a touch. */
  private why(citation: Citation): TemplateResult {
    const { index } = citation;
    const explained = this.explained === index;
    return html`<button
        class="why"
        aria-expanded=${explained}
        aria-describedby="hint-${index}"
        @click=${() => (this.explained = explained ? null : index)}
      >
        ${support(citation)} ${icon("info", 15)}
      </button>
      <p class="hint" id="hint-${index}">${supportHint(citation)}</p>`;
  }

  private openSign(): TemplateResult {
    return html`<span class="open"><span>${text.answer.open}</span>${icon("right", 16)}</span>`;
  }

  private open(source: Citation | Schemas["PassageOut"]): void {
    this.dispatchEvent(new CustomEvent("open-source", { detail: source, bubbles: true, composed: true }));
  }
}
