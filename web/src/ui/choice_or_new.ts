import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { base } from "./styles";

const NEW = "\u0000new"; // no name is like this

/** One of some names, or a new one that is typed. In a form its value is that of the field `name`. */
@customElement("loracle-choice-or-new")
export class ChoiceOrNew extends LitElement {
  static readonly formAssociated = true;

  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: 0.4rem;
        min-width: 0;
        text-align: left;
      }
      label {
        display: grid;
        gap: 0.25rem;
      }
      select,
      input {
        width: 100%;
        min-height: 2.6rem;
      }
    `,
  ];

  @property() name = "";
  @property() label = "";
  @property() value = "";
  @property({ attribute: false }) options: readonly string[] = [];
  /** What the choice of a new one says, and the field for its name. */
  @property() newChoice = "";
  @property() newLabel = "";
  @state() private typing = false;
  @query("input") private field!: HTMLInputElement | null;
  private readonly internals = this.attachInternals();

  override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has("value") && !this.typing) this.internals.setFormValue(this.value);
  }

  override render(): TemplateResult {
    const names = this.value && !this.typing && !this.options.includes(this.value) ? [this.value, ...this.options] : this.options;
    return html`<label>
        ${this.label}
        <select @change=${this.onChoice}>
          ${names.map((one) => html`<option value=${one} ?selected=${!this.typing && one === this.value}>${one}</option>`)}
          <option value=${NEW} ?selected=${this.typing}>${this.newChoice}</option>
        </select>
      </label>
      ${this.typing
        ? html`<label>${this.newLabel}<input maxlength="200" autocomplete="off" .value=${this.value} @input=${this.onTyped} /></label>`
        : nothing}`;
  }

  /** The new one is among the options now: show it as chosen. */
  settle(): void {
    this.typing = false;
  }

  private async onChoice(event: Event): Promise<void> {
    const chosen = (event.target as HTMLSelectElement).value;
    this.typing = chosen === NEW;
    this.take(this.typing ? "" : chosen);
    await this.updateComplete;
    this.check();
    this.field?.focus();
  }

  private onTyped(): void {
    this.take(this.field!.value.trim());
  }

  private take(value: string): void {
    this.value = value;
    this.internals.setFormValue(value);
    this.check();
    this.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  }

  /** A form waits for the name of a new one. */
  private check(): void {
    if (this.typing && !this.value && this.field) this.internals.setValidity({ valueMissing: true }, this.newLabel, this.field);
    else this.internals.setValidity({});
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "loracle-choice-or-new": ChoiceOrNew;
  }
}
