import { css, html, LitElement, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { text } from "../i18n";
import { base } from "../ui/styles";

/** A field for the groups that see something: names with commas between them. */
@customElement("loracle-groups")
export class Groups extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        flex: 1;
        min-width: 0;
      }
      input {
        width: 100%;
      }
    `,
  ];

  @property({ attribute: false }) groups: readonly string[] = [];

  override render(): TemplateResult {
    return html`<input
      aria-label=${text.documents.groups}
      placeholder=${text.documents.everybody}
      .value=${this.groups.join(", ")}
      @change=${(event: Event) => (this.groups = named((event.target as HTMLInputElement).value))}
    />`;
  }
}

function named(typed: string): string[] {
  return [...new Set(typed.split(",").map((name) => name.trim()))].filter(Boolean);
}

declare global {
  interface HTMLElementTagNameMap {
    "loracle-groups": Groups;
  }
}
