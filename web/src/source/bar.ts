import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { text } from "../i18n";
import "../ui/action_menu";
import type { Action } from "../ui/action_menu";
import { icon } from "../ui/icons";
import { base } from "../ui/styles";

/**
 * What stands over a source: its name, the page that is seen, and what can be done. Two lines, or one in a narrow pane,
 * where a menu has in words what is elsewhere a button.
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
      loracle-action-menu {
        display: none;
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
        }
        .back {
          grid-column: 1;
        }
        h2 {
          grid-column: 2;
        }
        nav {
          grid-area: 1 / 3;
        }
        loracle-action-menu {
          display: block;
          grid-area: 1 / 4;
        }
        button.close {
          grid-area: 1 / 5;
        }
        nav > button.icon,
        nav > button.with-icon,
        button.download {
          display: none;
        }
        label {
          position: absolute;
          clip-path: inset(50%);
        }
        input {
          width: 2.9rem;
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
        ${icon("left", 20)} ${text.source.back}
      </button>
      <h2 title=${filename}>${filename}</h2>
      <loracle-action-menu .label=${text.source.more} .actions=${this.actions()}></loracle-action-menu>
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
        <span>${text.source.ofPages(total)}${label && label !== String(number) ? ` (${label})` : ""}</span>
      </form>
      ${this.step("right", text.source.next, number + 1)}
      ${this.looks().map(({ icon: name, label: words, run }) => html`<button class="with-icon" @click=${run}>${icon(name, 18)} ${words}</button>`)}
    </nav>`;
  }

  private step(name: "left" | "right", label: string, to: number): TemplateResult {
    return html`<button class="icon" aria-label=${label} title=${label} ?disabled=${to < 1 || to > this.total} @click=${() => this.tell("go", to)}>
      ${icon(name, 18)}
    </button>`;
  }

  /** The ways to look at a page that has an image. */
  private looks(): Action[] {
    const { hasImages, asText, larger } = this;
    if (!hasImages) return [];
    const toText: Action = {
      icon: asText ? "documents" : "steps",
      label: asText ? text.source.asImage : text.source.asText,
      run: () => this.tell("turn-to", !asText),
    };
    if (asText) return [toText];
    const size: Action = {
      icon: larger ? "smaller" : "larger",
      label: larger ? text.source.smaller : text.source.larger,
      run: () => this.tell("resize"),
    };
    return [size, toText];
  }

  private actions(): Action[] {
    return [...this.looks(), { icon: "download", label: text.source.download, run: () => this.tell("download") }];
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
