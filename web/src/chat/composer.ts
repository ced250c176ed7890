import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { text } from "../i18n";
import { icon } from "../ui/icons";
import { base } from "../ui/styles";
import "./choices";

const KEPT = "loracle.draft";

/** The field for a question: says `asked` with it, and `stop`. What is typed outlives a reload and a new sign-in. */
@customElement("loracle-composer")
export class Composer extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        padding: 0.6rem 1.2rem 1rem;
      }
      form {
        max-width: 46rem;
        margin-inline: auto;
        display: grid;
        grid-template-columns: 1fr auto;
        align-items: end;
        gap: 0.2rem 0.4rem;
        border: 1px solid var(--line-strong);
        border-radius: 16px;
        background: var(--raised);
        box-shadow: var(--shadow);
        padding: 0.5rem;
      }
      form:focus-within {
        border-color: var(--accent);
        box-shadow:
          0 0 0 1px var(--accent),
          var(--shadow);
      }
      textarea {
        border: 0;
        background: none;
        resize: none;
        padding: 0.5rem 0.6rem;
        max-height: 40vh;
        min-height: 2.6rem;
        field-sizing: content;
      }
      textarea:focus-visible {
        outline: none; /* the form around it shows the focus */
      }
      .send {
        display: grid;
        place-items: center;
        width: 2.6rem;
        height: 2.6rem;
        border-radius: 12px;
        padding: 0;
      }
      .send:disabled {
        background: var(--line);
        color: var(--quiet);
        opacity: 1;
      }
      loracle-choices {
        grid-column: 1 / -1;
      }
    `,
  ];

  /** An answer is being written: it can be stopped. */
  @property({ type: Boolean }) busy = false;
  /** Within another site, where nothing is chosen or kept. */
  @property({ type: Boolean }) embedded = false;
  @property() conversation: string | null = null;
  /** What the empty field says; the usual words if it is empty. */
  @property() placeholder = "";
  @state() private draft = "";
  @query("textarea") private field!: HTMLTextAreaElement;

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.embedded) this.draft = sessionStorage.getItem(KEPT) ?? "";
  }

  override focus(): void {
    this.field.focus();
  }

  /** Give back a question that was not sent, unless another one is being typed. */
  restore(question: string): void {
    if (!this.draft.trim()) this.keep(question);
  }

  override render(): TemplateResult {
    return html`<form @submit=${this.onSubmit}>
      <textarea
        rows="1"
        maxlength="8000"
        aria-label=${text.ask.label}
        placeholder=${this.placeholder || (this.embedded ? text.widget.placeholder : text.ask.placeholder)}
        title=${text.ask.hint}
        .value=${this.draft}
        @input=${() => this.keep(this.field.value)}
        @keydown=${this.onKey}
      ></textarea>
      ${this.busy
        ? html`<button type="button" class="send primary" aria-label=${text.ask.stop} title=${text.ask.stop} @click=${this.stop}>
            ${icon("stop")}
          </button>`
        : html`<button class="send primary" aria-label=${text.ask.send} title=${text.ask.send} ?disabled=${!this.draft.trim()}>
            ${icon("send")}
          </button>`}
      ${this.embedded ? nothing : html`<loracle-choices .conversation=${this.conversation}></loracle-choices>`}
    </form>`;
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.onSubmit(event);
  }

  private onSubmit(event: Event): void {
    event.preventDefault();
    const question = this.draft.trim();
    if (!question || this.busy) return;
    this.keep("");
    this.dispatchEvent(new CustomEvent("asked", { detail: question }));
  }

  private stop(): void {
    this.dispatchEvent(new Event("stop"));
  }

  private keep(draft: string): void {
    this.draft = draft;
    if (this.embedded) return;
    if (draft) sessionStorage.setItem(KEPT, draft);
    else sessionStorage.removeItem(KEPT);
  }
}
