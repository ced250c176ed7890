import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { text } from "../i18n";
import { icon, type IconName } from "../ui/icons";
import { base } from "../ui/styles";

/**
 * What stands over a source: its name, the page that is seen, and what can be done. Two lines, or one in a narrow pane,
 * where the words of a button stand below its picture.
 *
 * Says `leave`, `go` (with the number of a page), `resize`, `turn-to` (with whether as text) and `download`.
 */
@customElement("loracle-source-bar")
export class SourceBar extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        container-type: inline-size;
        border-bottom: 1px solid var(--line);
      }
      .bar {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto auto;
        align-items: center;
        gap: 0.25rem 0.3rem;
        padding: 0.4rem 0.8rem;
      }
      h2 {
        grid-column: 2; /* at the left is the way back, if there is one */
        min-width: 0;
        font: 600 0.95rem/1.35 var(--text);
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .back {
        display: var(--source-back, none);
        align-items: center;
        gap: 0.2rem;
        margin-left: -0.5rem;
        padding: 0.5rem 0.5rem 0.5rem 0.2rem;
        color: var(--accent);
        font-weight: 600;
      }
      button.close {
        display: var(--source-close, inline-grid);
      }
      nav {
        grid-column: 1 / -1;
        display: flex;
        align-items: center;
        gap: 0.3rem;
        font-size: 0.86rem;
      }
      form {
        flex: 1;
        display: flex;
        align-items: center;
        justify-content: center;
        gap: 0.4rem;
        color: var(--quiet);
        white-space: nowrap;
      }
      input {
        width: 4.2rem;
        padding: 0.15rem 0.4rem;
        text-align: right;
        font-variant-numeric: tabular-nums;
      }
      @container (max-width: 30rem) {
        .bar {
          grid-template-columns: auto minmax(0, 1fr) auto auto auto;
          gap: 0.1rem;
          padding-inline: 0.5rem 0.3rem;
        }
        .back {
          padding-inline: 0.2rem;
        }
        .back span {
          position: absolute;
          clip-path: inset(50%);
        }
        h2 {
          font-size: 0.88rem;
        }
        nav {
          grid-area: 1 / 3;
          gap: 0.1rem;
        }
        button.download {
          grid-area: 1 / 4;
        }
        button.close {
          grid-area: 1 / 5;
        }
        nav > button.icon {
          display: none;
        }
        nav > button.with-icon {
          flex-direction: column;
          gap: 0.1rem;
          min-width: 2.9rem;
          min-height: 2.75rem;
          padding: 0.25rem;
          font-size: 0.7rem;
          white-space: nowrap;
        }
        label,
        .label {
          position: absolute;
          clip-path: inset(50%);
        }
        input {
          width: 2.7rem;
          padding-inline: 0.2rem;
        }
      }
    `,
  ];

  @property() filename = "";
  /** Where the way back leads, in words. */
  @property() wayBack = "";
  /** The page that is seen, of how many; what the file calls it. */
  @property({ type: Number }) number = 1;
  @property({ type: Number }) total = 0;
  @property() label = "";
  @property({ type: Boolean }) hasImages = false;
  @property({ type: Boolean }) asText = false;
  @property({ type: Boolean }) larger = false;
  @query("#number") private field!: HTMLInputElement;

  override render(): TemplateResult {
    const { filename, wayBack, total, hasImages } = this;
    return html`<div class="bar">
      <button class="back" aria-label=${wayBack} title=${wayBack} @click=${() => this.tell("leave")}>
        ${icon("left", 20)} <span>${text.source.back}</span>
      </button>
      <h2 title=${filename}>${filename}</h2>
      <button class="icon download" aria-label=${text.source.download} title=${text.source.download} @click=${() => this.tell("download")}>
        ${icon("download", 18)}
      </button>
      <button class="icon close" aria-label=${text.close} title=${text.close} @click=${() => this.tell("leave")}>${icon("close", 18)}</button>
      ${total > 1 || hasImages ? this.pages() : nothing}
    </div>`;
  }

  private pages(): TemplateResult {
    const { number, total, label } = this;
    return html`<nav aria-label=${text.source.title}>
      ${this.step("left", text.source.previous, number - 1)}
      <form @submit=${this.onNumber} @change=${this.onNumber}>
        <label for="number">${text.source.pageField}</label>
        <input id="number" inputmode="numeric" autocomplete="off" .value=${String(number)} />
        <span>${text.source.ofPages(total)}${label && label !== String(number) ? html`<span class="label"> (${label})</span>` : nothing}</span>
      </form>
      ${this.step("right", text.source.next, number + 1)}
      ${this.hasImages ? this.looks() : nothing}
    </nav>`;
  }

  private step(name: "left" | "right", label: string, to: number): TemplateResult {
    return html`<button class="icon" aria-label=${label} title=${label} ?disabled=${to < 1 || to > this.total} @click=${() => this.tell("go", to)}>
      ${icon(name, 18)}
    </button>`;
  }

  /** The ways to look at a page that has an image. */
  private looks(): TemplateResult {
    const { asText, larger } = this;
    const look = (name: IconName, label: string, run: () => void) => html`<button class="with-icon" @click=${run}>${icon(name, 18)} ${label}</button>`;
    const { source } = text;
    return html`
      ${asText ? nothing : look(larger ? "smaller" : "larger", larger ? source.smaller : source.larger, () => this.tell("resize"))}
      ${look(asText ? "documents" : "steps", asText ? source.asImage : source.asText, () => this.tell("turn-to", !asText))}
    `;
  }

  private onNumber(event: Event): void {
    event.preventDefault();
    const number = Number.parseInt(this.field.value, 10);
    if (number >= 1) this.tell("go", number);
  }

  private tell(name: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
