import { css, html, LitElement, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { text } from "../i18n";
import { base } from "./styles";

export interface Field {
  name: string;
  label: string;
  value: string;
}

/** A question that is answered before anything else: yes or no, or a few fields. */
@customElement("loracle-dialog")
export class Dialog extends LitElement {
  static override styles = [
    base,
    css`
      dialog {
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--raised);
        color: var(--ink);
        box-shadow: var(--shadow);
        padding: 1.2rem;
        width: min(26rem, calc(100vw - 2rem));
      }
      dialog::backdrop {
        background: rgb(0 0 0 / 35%);
      }
      form {
        display: grid;
        gap: 0.9rem;
      }
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
  @property({ attribute: false }) fields: Field[] = [];
  @query("dialog") private dialog!: HTMLDialogElement;
  private answer: ((values: Record<string, string> | null) => void) | null = null;

  override render(): TemplateResult {
    return html`<dialog aria-label=${this.question} @close=${this.onClose}>
      <form method="dialog">
        <p>${this.question}</p>
        ${this.fields.map(
          (field) => html`<label>${field.label}<input name=${field.name} .value=${field.value} required maxlength="1000" /></label>`,
        )}
        <div class="buttons">
          <button type="button" class="plain-border" @click=${() => this.dialog.close("")}>${text.cancel}</button>
          <button class="primary" value="yes">${this.fields.length ? text.save : "OK"}</button>
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

/** Ask for the values of fields. Null if it was cancelled. */
export async function filledIn(question: string, fields: Field[]): Promise<Record<string, string> | null> {
  const dialog = Object.assign(document.createElement("loracle-dialog") as Dialog, { question, fields });
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
