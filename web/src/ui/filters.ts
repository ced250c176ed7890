import { css, html, LitElement, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { text } from "../i18n";
import { icon } from "./icons";
import { base } from "./styles";

/** What narrows and sorts a list: in a line, or behind one button on a phone, which says how many of them are set. */
@customElement("loracle-filters")
export class Filters extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: contents;
      }
      button.with-icon {
        display: none;
      }
      slot {
        display: contents;
      }
      @media (max-width: 40rem) {
        button.with-icon {
          display: inline-flex;
          min-height: 2.6rem;
        }
        slot:not(.open) {
          display: none;
        }
      }
    `,
  ];

  /** How many narrow the list now. */
  @property({ type: Number }) active = 0;
  @state() private open = false;

  override render(): TemplateResult {
    return html`<button class="plain-border with-icon" aria-expanded=${this.open} @click=${() => (this.open = !this.open)}>
        ${icon("sliders", 18)} ${text.filters(this.active)}
      </button>
      <slot class=${this.open ? "open" : ""}></slot>`;
  }
}
