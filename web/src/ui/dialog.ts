import { css, html, LitElement, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { text } from "../i18n";
import "./choice_or_new";
import { modal } from "./layout";
import { base } from "./styles";

export interface Field {
  name: string;
  label: string;
  value: string;
  /** A number from `min` to `max`; else any text. */
  number?: { min: number; max: number; step?: number };
  /** One of these; else whatever is typed. */
  choices?: { value: string; label: string }[];
  /** One of these, or a new one. */
  orNew?: { options: readonly string[]; choice: string; label: string };
  /** The only text that is accepted, for what cannot be undone. */
  mustBe?: string;
  optional?: boolean;
}

/** A question that is answered before anything else: yes or no, or a few fields. */
@customElement("loracle-dialog")
export class Dialog extends LitElement {
  static override styles = [
    base,
    modal,
    css`
      label {
        display: grid;
        gap: 0.25rem;
      }
      p {
        overflow-wrap: anywhere;
      }
      .buttons {
        display: flex;
        justify-content: flex-end;
        gap: 0.5rem;
      }
    `,
  ];

  @property() question = "";
  @property() action = "";
  @property({ attribute: false }) fields: Field[] = [];
  @query("dialog") private dialog!: HTMLDialogElement;
  private answer: ((values: Record<string, string> | null) => void) | null = null;

  override render(): TemplateResult {
    return html`<dialog aria-label=${this.question} @close=${this.onClose}>
      <form method="dialog">
        <p>${this.question}</p>
        ${this.fields.map((field) => (field.orNew ? oneOrNew(field) : html`<label>${field.label}${control(field)}</label>`))}
        <div class="buttons">
          <button type="button" class="plain-border" @click=${() => this.dialog.close("")}>${text.cancel}</button>
          <button class="primary" value="yes">${this.action || (this.fields.length ? text.save : "OK")}</button>
        </div>
      </form>
    </dialog>`;
  }

  /** The values of the fields, or null if it was cancelled. */
  async ask(): Promise<Record<string, string> | null> {
    await this.updateComplete;
    this.dialog.showModal();
    return new Promise((resolve) => (this.answer = resolve));
  }

  private onClose(): void {
    const form = new FormData(this.dialog.querySelector("form")!);
    const values = Object.fromEntries([...form].map(([name, value]) => [name, String(value)]));
    this.answer?.(this.dialog.returnValue === "yes" ? values : null);
  }
}

function oneOrNew({ name, label, value, orNew }: Field): TemplateResult {
  return html`<loracle-choice-or-new
    name=${name}
    .label=${label}
    .value=${value}
    .options=${orNew!.options}
    .newChoice=${orNew!.choice}
    .newLabel=${orNew!.label}
  ></loracle-choice-or-new>`;
}

function control(field: Field): TemplateResult {
  const { name, value, number, choices, mustBe, optional } = field;
  if (choices)
    return html`<select name=${name}>
      ${choices.map((one) => html`<option value=${one.value} ?selected=${one.value === value}>${one.label}</option>`)}
    </select>`;
  if (number)
    return html`<input
      name=${name}
      type="number"
      .value=${value}
      min=${number.min}
      max=${number.max}
      step=${number.step ?? 1}
      ?required=${!optional}
    />`;
  return html`<input
    name=${name}
    .value=${value}
    ?required=${!optional}
    maxlength="1000"
    autocomplete="off"
    @input=${(event: Event) => {
      const field = event.target as HTMLInputElement;
      field.setCustomValidity(mustBe === undefined || field.value === mustBe ? "" : mustBe);
    }}
  />`;
}

/** Ask for the values of fields. Null if it was cancelled. `action`: what the button says, if it is not to save. */
export async function filledIn(question: string, fields: Field[], action = ""): Promise<Record<string, string> | null> {
  const dialog = Object.assign(document.createElement("loracle-dialog") as Dialog, { question, fields, action });
  document.body.append(dialog);
  try {
    return await dialog.ask();
  } finally {
    dialog.remove();
  }
}

/** Ask yes or no. */
export async function confirmed(question: string): Promise<boolean> {
  return (await filledIn(question, [])) !== null;
}
