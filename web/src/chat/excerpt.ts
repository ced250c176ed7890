import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import type { Schemas } from "../api/client";
import { text } from "../i18n";
import { base } from "../ui/styles";
import { placeOf, support, supportHint } from "./citation";

type Citation = Schemas["CitationOut"];
const GAP = 8; // pixels between a number and its excerpt
const DELAY_MS = 120; // so that a pointer on its way shows nothing

/** The quote behind a citation's number, beside the number while the pointer or the focus is on it. */
@customElement("loracle-excerpt")
export class Excerpt extends LitElement {
  static override styles = [
    base,
    css`
      [popover] {
        position: fixed;
        inset: auto;
        margin: 0;
        width: min(24rem, calc(100vw - 1rem));
        padding: 0.7rem 0.9rem;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--raised);
        color: var(--ink);
        box-shadow: var(--shadow);
        font: 0.9rem/1.5 var(--text);
        overflow-wrap: anywhere;
        pointer-events: none;
      }
      blockquote {
        margin: 0 0 0.4rem;
        font: 0.98rem/1.5 var(--serif);
        display: -webkit-box;
        -webkit-line-clamp: 8;
        -webkit-box-orient: vertical;
        overflow: hidden;
      }
      p {
        color: var(--quiet);
        font-size: 0.84rem;
      }
      .verified {
        color: var(--accent);
      }
    `,
  ];

  @state() private citation: Citation | null = null;
  @query("[popover]") private box!: HTMLElement;
  private waiting = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.hide();
  }

  override render(): TemplateResult {
    const { citation } = this;
    return html`<div popover="manual" role="tooltip">
      ${citation
        ? html`<blockquote>${citation.quote}</blockquote>
            <p>${citation.filename}${placeOf(citation)} · ${support(citation)}</p>
            <p>${supportHint(citation)}</p>
            ${citation.conflicts.map((one) => html`<p>${text.answer.conflict(one.filename)} “${one.quote}”</p>`)}`
        : nothing}
    </div>`;
  }

  /** Show the quote of a citation beside its number. */
  show(citation: Citation, number: HTMLElement): void {
    clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => void this.open(citation, number), DELAY_MS);
  }

  hide(): void {
    clearTimeout(this.waiting);
    if (this.citation) this.box.hidePopover();
    this.citation = null;
    window.removeEventListener("keydown", this.onKey, { capture: true });
  }

  private async open(citation: Citation, number: HTMLElement): Promise<void> {
    this.citation = citation;
    await this.updateComplete;
    if (this.citation !== citation || !number.isConnected) return;
    this.box.showPopover();
    const at = number.getBoundingClientRect();
    const { width, height } = this.box.getBoundingClientRect();
    const below = at.bottom + GAP + height < innerHeight || at.top < height + GAP;
    this.box.style.left = `${Math.max(GAP, Math.min(at.left + at.width / 2 - width / 2, innerWidth - width - GAP))}px`;
    this.box.style.top = `${below ? at.bottom + GAP : at.top - height - GAP}px`;
    window.addEventListener("keydown", this.onKey, { capture: true });
  }

  /** Escape takes the excerpt away, and nothing else then. */
  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    this.hide();
  };
}
