import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { text } from "../i18n";
import { icon } from "../ui/icons";
import { base } from "../ui/styles";

/** A question as it was asked, which can be asked in other words: `edited` says in which. */
@customElement("loracle-question")
export class QuestionView extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: flex;
        justify-content: flex-end;
        align-items: center;
        gap: 0.2rem;
      }
      p {
        max-width: 85%;
        background: var(--accent-soft);
        border-radius: 14px 14px 4px 14px;
        padding: 0.55rem 0.9rem;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      .edit {
        opacity: 0;
      }
      :host(:hover) .edit,
      .edit:focus-visible {
        opacity: 1;
      }
      @media (hover: none) {
        .edit {
          opacity: 1;
        }
      }
      form {
        flex: 1;
        display: grid;
        gap: 0.5rem;
        border: 1px solid var(--accent);
        border-radius: 14px;
        background: var(--raised);
        padding: 0.5rem;
      }
      textarea {
        border: 0;
        background: none;
        resize: none;
        field-sizing: content;
        min-height: 2.6rem;
        max-height: 40vh;
      }
      textarea:focus-visible {
        outline: none; /* the form around it shows the focus */
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        justify-content: flex-end;
        align-items: center;
        gap: 0.5rem;
      }
      .buttons span {
        flex: 1;
        padding-left: 0.6rem;
      }
    `,
  ];

  @property() question = "";
  @property({ type: Boolean }) editable = false;
  @state() private editing = false;
  @query("textarea") private field!: HTMLTextAreaElement | null;
  @query(".edit") private button!: HTMLElement | null;

  override render(): TemplateResult {
    if (this.editing) return this.form();
    return html`${this.editable
        ? html`<button class="icon edit" aria-label=${text.answer.edit} title=${text.answer.edit} @click=${() => void this.begin()}>
            ${icon("edit", 16)}
          </button>`
        : nothing}
      <p>${this.question}</p>`;
  }

  private form(): TemplateResult {
    return html`<form @submit=${this.onSubmit}>
      <textarea
        rows="1"
        maxlength="8000"
        aria-label=${text.answer.edit}
        aria-describedby="hint"
        .value=${this.question}
        @keydown=${this.onKey}
      ></textarea>
      <div class="buttons">
        <span class="small quiet" id="hint">${text.answer.editHint}</span>
        <button type="button" class="plain-border" @click=${() => void this.end()}>${text.cancel}</button>
        <button class="primary">${text.ask.send}</button>
      </div>
    </form>`;
  }

  private async begin(): Promise<void> {
    this.editing = true;
    await this.updateComplete;
    this.field?.focus();
    this.field?.setSelectionRange(this.question.length, this.question.length);
  }

  private async end(): Promise<void> {
    this.editing = false;
    await this.updateComplete;
    this.button?.focus();
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      event.stopPropagation();
      void this.end();
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.onSubmit(event);
  }

  private onSubmit(event: Event): void {
    event.preventDefault();
    const words = this.field?.value.trim() ?? "";
    if (words && words !== this.question) this.dispatchEvent(new CustomEvent("edited", { detail: words }));
    void this.end();
  }
}
