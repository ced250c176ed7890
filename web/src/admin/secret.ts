import { css, html, LitElement, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { modal } from "../ui/layout";
import { base } from "../ui/styles";
import { words } from "./texts";

/** A secret that is shown once: to be copied before it is gone. */
@customElement("loracle-secret")
export class Secret extends LitElement {
  static override styles = [
    base,
    modal,
    css`
      dialog {
        width: min(34rem, calc(100vw - 2rem));
      }
      .value {
        display: flex;
        gap: 0.4rem;
        align-items: center;
      }
      input {
        flex: 1;
        min-width: 0;
        font: 0.9rem var(--mono);
      }
      .buttons {
        display: flex;
        justify-content: flex-end;
      }
    `,
  ];

  @property() what = "";
  @property() value = "";
  @state() private copied = false;
  @query("dialog") private dialog!: HTMLDialogElement;
  @query("input") private field!: HTMLInputElement;
  private seen: (() => void) | null = null;

  override render(): TemplateResult {
    return html`<dialog aria-label=${this.what} @close=${() => this.seen?.()}>
      <form method="dialog">
        <p><strong>${this.what}</strong></p>
        <p class="quiet small">${words.secret.hint}</p>
        <div class="value">
          <input readonly aria-label=${this.what} .value=${this.value} @focus=${() => this.field.select()} />
          <button type="button" class="plain-border" @click=${() => void this.copy()}>
            ${this.copied ? words.secret.copied : words.secret.copy}
          </button>
        </div>
        <div class="buttons"><button class="primary">${words.secret.done}</button></div>
      </form>
    </dialog>`;
  }

  /** Show it until it is closed. */
  async show(): Promise<void> {
    await this.updateComplete;
    this.dialog.showModal();
    this.field.focus();
    return new Promise((resolve) => (this.seen = resolve));
  }

  private async copy(): Promise<void> {
    this.field.select();
    try {
      await navigator.clipboard.writeText(this.value);
      this.copied = true;
    } catch {
      this.field.focus(); // without the right to copy it is selected, to be copied by hand
    }
  }
}

/** Show a secret once, and take it out of the page when it was seen. */
export async function showOnce(what: string, value: string): Promise<void> {
  const dialog = Object.assign(document.createElement("loracle-secret") as Secret, { what, value });
  document.body.append(dialog);
  try {
    await dialog.show();
  } finally {
    dialog.remove();
  }
}
