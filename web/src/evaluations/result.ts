import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Schemas } from "../api/client";
import { text } from "../i18n";
import { base } from "../ui/styles";
import { verdictOf, type CaseFigures, type Turn } from "./figures";
import { words } from "./texts";
import "../chat/trace";

/** What is shown elsewhere, or means nothing to a reader. */
const SHOWN = new Set(["id", "question", "kind", "expects", "error", "reasons", "answer", "turns", "group", "language"]);

/** One question of an evaluation: its verdict, and when it is opened its answers, reasons, sources and trace. */
@customElement("loracle-evaluation-result")
export class EvaluationResult extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        padding: 0.6rem 0.9rem;
        overflow-wrap: anywhere;
      }
      summary {
        cursor: pointer;
      }
      .verdict {
        display: inline-block;
        border-radius: 999px;
        padding: 0.05rem 0.55rem;
        margin-right: 0.3rem;
        font-size: 0.78rem;
        background: var(--accent-soft);
        color: var(--accent);
      }
      .wrong,
      .error-badge {
        background: var(--bad-soft);
        color: var(--bad);
      }
      .inside {
        display: grid;
        gap: 0.5rem;
        padding: 0.6rem 0 0.3rem;
      }
      .question {
        font-weight: 600;
      }
      .answer {
        white-space: pre-wrap;
        border-left: 3px solid var(--line-strong);
        padding-left: 0.7rem;
      }
      .reasons {
        color: var(--bad);
      }
      blockquote {
        margin: 0.2rem 0 0;
        padding-left: 0.7rem;
        border-left: 3px solid var(--mark-line);
        font-size: 0.9rem;
      }
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 0.1rem 0.8rem;
        margin: 0;
        font-size: 0.86rem;
        color: var(--quiet);
      }
      dd {
        margin: 0;
      }
    `,
  ];

  @property({ attribute: false }) result!: Schemas["ResultOut"];
  @state() private open = false;
  @state() private traced: Turn | null = null;

  override render(): TemplateResult {
    const figures = this.result.figures as unknown as CaseFigures;
    const verdict = verdictOf(figures);
    return html`<details @toggle=${(event: Event) => (this.open = (event.target as HTMLDetailsElement).open)}>
      <summary>
        ${verdict ? html`<span class="verdict ${verdict === "error" ? "error-badge" : verdict}">${words[verdict]}</span>` : nothing}
        ${figures.question ?? this.result.case_id} ${figures.kind ? html`<span class="quiet small">${figures.kind}</span>` : nothing}
      </summary>
      ${this.open ? this.inside(figures) : nothing}
    </details>`;
  }

  private inside(figures: CaseFigures): TemplateResult {
    const { error, reasons = [], expects, turns } = figures;
    return html`<div class="inside">
      ${expects === "refusal" ? html`<p class="quiet">${words.refusal}</p>` : nothing}
      ${expects === "reply" ? html`<p class="quiet">${words.reply}</p>` : nothing}
      ${error ? html`<p class="reasons">${error.message}</p>` : nothing}
      ${reasons.length
        ? html`<div class="reasons"><strong>${words.reasons}</strong>${reasons.map((reason) => html`<p>${reason}</p>`)}</div>`
        : nothing}
      ${turns ? turns.map((turn) => this.turn(turn)) : this.plain(figures)}
    </div>`;
  }

  private turn(turn: Turn): TemplateResult {
    const { question, sent } = turn;
    const citations = sent?.citations ?? [];
    return html`
      <p class="question">${question}</p>
      ${sent ? html`<p class="answer">${sent.answer}</p>` : nothing}
      ${citations.map(
        (one) => html`<div class="small">
          <span class="quiet">${one.filename}${one.page_start ? `, ${text.answer.page(one.page_start)}` : ""}${one.verified ? ` · ${words.verified}` : ""}</span>
          <blockquote>${one.quote}</blockquote>
        </div>`,
      )}
      ${sent?.trace?.length
        ? html`<div>
            <button class="plain-border small" aria-expanded=${this.traced === turn} @click=${() => (this.traced = this.traced === turn ? null : turn)}>
              ${words.trace}
            </button>
            ${this.traced === turn ? html`<loracle-trace .answer=${{ ...sent, question: turn.searched ?? question }}></loracle-trace>` : nothing}
          </div>`
        : nothing}
    `;
  }

  private plain(figures: CaseFigures): TemplateResult {
    const others = Object.entries(figures).filter(([name, value]) => !SHOWN.has(name) && value !== null && value !== "");
    return html`
      ${figures.answer ? html`<p class="answer">${figures.answer}</p>` : nothing}
      <dl aria-label=${words.figures}>
        ${others.map(([name, value]) => html`<dt>${words.names[name] ?? name}</dt><dd>${shownFigure(value)}</dd>`)}
      </dl>
    `;
  }
}

function shownFigure(value: unknown): string {
  if (typeof value === "number") return String(Math.round(value * 1000) / 1000);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
