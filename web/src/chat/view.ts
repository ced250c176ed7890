import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { api, must, shown, type Schemas } from "../api/client";
import { mayWrite } from "../api/me";
import { text } from "../i18n";
import { icon } from "../ui/icons";
import { base } from "../ui/styles";
import { Asking, begun, saved, type Exchange } from "./exchange";
import "./answer";
import "./choices";
import type { Chosen } from "./choices";

/** A conversation: its questions with their answers, and the field for the next one. */
@customElement("loracle-chat-view")
export class ChatView extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        grid-template-rows: 1fr auto;
        min-height: 0;
        height: 100%;
      }
      .thread {
        overflow-y: auto;
        overscroll-behavior: contain;
        padding: 1.2rem 1.2rem 0;
      }
      .column {
        max-width: 46rem;
        min-height: 100%;
        margin-inline: auto;
        display: flex;
        flex-direction: column;
      }
      .welcome {
        flex: 1;
        display: grid;
        align-content: center;
        gap: 0.7rem;
      }
      .welcome h1 {
        font: 500 2rem/1.2 var(--serif);
        letter-spacing: -0.01em;
      }
      .suggestions {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
        margin-top: 0.8rem;
      }
      .suggestions button:not(.primary) {
        border-color: var(--line);
        background: var(--raised);
        border-radius: 999px;
        padding: 0.45rem 0.9rem;
        overflow-wrap: anywhere;
        text-align: left;
      }
      .suggestions button:hover {
        border-color: var(--accent);
      }
      .composer {
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
      loracle-choices {
        grid-column: 1 / -1;
      }
    `,
  ];

  @property() conversation: string | null = null;
  /** Within another site, where there is nothing but the conversation. */
  @property({ type: Boolean }) embedded = false;
  /** What to propose where nothing is asked yet; null: what fits the documents. */
  @property({ attribute: false }) questions: readonly string[] | null = null;
  @property({ attribute: false }) opened: Schemas["CitationOut"] | null = null;
  @state() private exchanges: Exchange[] = [];
  @state() private revision = 0;
  @state() private fault = "";
  @state() private documents: Schemas["DocumentOut"][] | null = null;
  @state() private draft = "";
  @query("textarea") private field!: HTMLTextAreaElement;
  @query(".thread") private thread!: HTMLElement;
  private chosen: Chosen = { collections: [], adapter: null };
  @state() private running: Asking | null = null;
  private current: string | null = null; // the conversation whose turns are shown

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.questions) void this.loadDocuments();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.running?.leave();
  }

  override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has("conversation") && this.conversation !== this.current) void this.load();
  }

  override firstUpdated(): void {
    if (!this.embedded) this.field.focus(); // the site around has its own place to begin
  }

  /** Go to the field for a question. */
  override focus(): void {
    this.field.focus();
  }

  override render(): TemplateResult {
    return html`
      <div class="thread">
        <div class="column" aria-live="polite" aria-busy=${this.running !== null}>
          ${this.fault ? html`<p class="error" role="alert">${this.fault}</p>` : nothing}
          ${this.exchanges.length || this.fault ? nothing : this.welcome()}
          ${this.exchanges.map(
            (exchange) => html`<loracle-answer
              .exchange=${exchange}
              .opened=${this.opened}
              .revision=${this.revision}
              @ask-again=${(event: CustomEvent<string>) => void this.ask(event.detail)}
            ></loracle-answer>`,
          )}
        </div>
      </div>
      <div class="composer">${this.composer()}</div>
    `;
  }

  private welcome(): TemplateResult {
    const empty = this.documents?.length === 0;
    const named = this.documents?.slice(0, 1).map((one) => text.ask.summarise(one.filename)) ?? [];
    const suggestions = this.questions ?? [...named, ...text.ask.suggestions];
    return html`<div class="welcome">
      <h1>${text.ask.title}</h1>
      <p class="quiet">${empty ? (mayWrite() ? text.ask.noDocuments : text.ask.noneToSee) : text.ask.lead}</p>
      <div class="suggestions">
        ${empty
          ? html`<button class="primary" ?hidden=${this.embedded || !mayWrite()} @click=${() => this.tell("add-documents")}>${text.ask.addDocuments}</button>`
          : suggestions.map((one) => html`<button @click=${() => void this.ask(one)}>${one}</button>`)}
      </div>
    </div>`;
  }

  private composer(): TemplateResult {
    const busy = this.running !== null;
    return html`<form @submit=${this.onSubmit}>
      <textarea
        rows="1"
        maxlength="8000"
        aria-label=${text.ask.label}
        placeholder=${text.ask.placeholder}
        title=${text.ask.hint}
        .value=${this.draft}
        @input=${(event: Event) => (this.draft = (event.target as HTMLTextAreaElement).value)}
        @keydown=${this.onKey}
      ></textarea>
      ${busy
        ? html`<button type="button" class="send primary" aria-label=${text.ask.stop} title=${text.ask.stop} @click=${this.stop}>
            ${icon("stop")}
          </button>`
        : html`<button class="send primary" aria-label=${text.ask.send} title=${text.ask.send} ?disabled=${!this.draft.trim()}>
            ${icon("send")}
          </button>`}
      ${this.embedded
        ? nothing
        : html`<loracle-choices @chosen=${(event: CustomEvent<Chosen>) => (this.chosen = event.detail)}></loracle-choices>`}
    </form>`;
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.onSubmit(event);
  }

  private onSubmit(event: Event): void {
    event.preventDefault();
    if (this.draft.trim() && !this.running) void this.ask(this.draft.trim());
  }

  private stop(): void {
    void this.running?.stop();
  }

  private async ask(question: string): Promise<void> {
    if (this.running) return;
    this.draft = "";
    const asking = new Asking(begun(question), () => this.onChange(asking));
    this.running = asking;
    this.exchanges = [...this.exchanges, asking.exchange];
    await this.updateComplete;
    this.thread.scrollTop = this.thread.scrollHeight;
    await asking.run({ conversationId: this.current, ...this.chosen });
    if (this.running === asking) this.running = null;
    this.tell("conversations-changed");
    this.field.focus();
  }

  private tell(name: string, detail?: string): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  private onChange(asking: Asking): void {
    const near = this.thread.scrollHeight - this.thread.scrollTop - this.thread.clientHeight < 120;
    this.revision += 1;
    if (near) void this.updateComplete.then(() => (this.thread.scrollTop = this.thread.scrollHeight));
    const { conversationId } = asking;
    if (this.running === asking && conversationId && conversationId !== this.current) {
      this.current = conversationId;
      this.tell("conversation-begun", conversationId);
    }
  }

  private async load(): Promise<void> {
    this.running?.leave();
    this.running = null;
    this.current = this.conversation;
    this.exchanges = [];
    this.fault = "";
    if (!this.conversation) return;
    const wanted = this.conversation;
    try {
      const turns = await must(
        api.GET("/api/v1/conversations/{conversation_id}/turns", {
          params: { path: { conversation_id: wanted }, query: { limit: 100 } },
        }),
      );
      if (this.current !== wanted) return;
      this.exchanges = turns.data.map(saved);
      await this.updateComplete;
      this.thread.scrollTop = this.thread.scrollHeight;
    } catch (fault) {
      this.fault = shown(fault);
    }
  }

  private async loadDocuments(): Promise<void> {
    try {
      const page = await must(api.GET("/api/v1/documents", { params: { query: { limit: 5 } } }));
      this.documents = page.data;
    } catch {
      this.documents = null; // suggestions are not worth an error
    }
  }
}
