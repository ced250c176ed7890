import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { AgainOptions, ChatStream } from "loracle-client";
import { api, loracle, must, shown, type Schemas } from "../api/client";
import { mayWrite } from "../api/me";
import { text } from "../i18n";
import { loading, loadingStyles } from "../ui/loading";
import { base } from "../ui/styles";
import { Asking } from "./asking";
import { chosenFor, nowIs, optionsOf } from "./chosen";
import { begun, followUps, saved, type Citation, type Exchange } from "./exchange";
import { keepPending, pendingIn, type Pending } from "./pending";
import "./answer";
import "./composer";
import type { Composer } from "./composer";
import { thread } from "./view_styles";

const TURNS = 50; // read at a time, from the end
const NEAR_END = 80; // pixels

/** A conversation: its questions with their answers, and the field for the next one. */
@customElement("loracle-chat-view")
export class ChatView extends LitElement {
  static override styles = [base, loadingStyles, thread];

  @property() conversation: string | null = null;
  /** Within another site, where there is nothing but the conversation. */
  @property({ type: Boolean }) embedded = false;
  /** What to propose where nothing is asked yet; null: what fits the documents. */
  @property({ attribute: false }) questions: readonly string[] | null = null;
  /** What the empty field for a question says. */
  @property() placeholder = "";
  @property({ attribute: false }) opened: Citation | null = null;
  @state() private proposed: readonly string[] | null = null; // by the tenant
  @state() private exchanges: readonly Exchange[] = [];
  @state() private earlier: string | null = null; // cursor of the turns before those that are shown
  @state() private opening = false; // the turns of a conversation are on their way
  @state() private fault = "";
  @state() private documents: Schemas["DocumentOut"][] | null = null;
  @state() private running: Asking | null = null;
  @query("loracle-composer") private composer!: Composer;
  @query(".thread") private thread!: HTMLElement;
  @query(".column") private column!: HTMLElement;
  private current: string | null = null; // the conversation whose turns are shown
  private atEnd = true; // the end of the thread is in view, and stays there
  private frame = 0; // in which what changed is rendered
  private readonly sizes = new ResizeObserver(() => this.keepEnd());

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.sizes.observe(this.column);
    if (this.questions) return;
    void this.loadDocuments();
    void this.loadQuestions();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
    this.leave();
  }

  override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has("conversation") && this.conversation !== this.current) void this.load();
  }

  override firstUpdated(): void {
    this.sizes.observe(this.column);
    if (!this.embedded) this.focus(); // the site around has its own place to begin
  }

  /** Go to the field for a question. */
  override focus(): void {
    void this.composer.updateComplete.then(() => this.composer.focus());
  }

  override render(): TemplateResult {
    const busy = this.running !== null;
    return html`
      <div class="thread" @scroll=${this.onScroll}>
        <div class="column" aria-live="polite" aria-busy=${busy}>
          ${this.earlier ? html`<button class="earlier small" @click=${() => void this.loadEarlier()}>${text.ask.earlier}</button>` : nothing}
          ${this.exchanges.length || this.fault ? nothing : this.opening ? loading() : this.welcome()}
          ${repeat(this.exchanges, (one) => one.key, (one, at) => this.exchange(one, at === this.exchanges.length - 1, busy))}
          ${busy ? nothing : this.followUps()}
          ${this.fault ? html`<p class="error" role="alert">${this.fault}</p>` : nothing}
        </div>
      </div>
      <loracle-composer
        .busy=${busy}
        .embedded=${this.embedded}
        .placeholder=${this.placeholder}
        .conversation=${this.conversation}
        @asked=${(event: CustomEvent<string>) => void this.ask(event.detail)}
        @stop=${() => void this.running?.stop()}
      ></loracle-composer>
    `;
  }

  private exchange(exchange: Exchange, last: boolean, busy: boolean): TemplateResult {
    return html`<loracle-answer
      .exchange=${exchange}
      .revision=${exchange.revision}
      .opened=${this.opened}
      .last=${last}
      .busy=${busy}
      @edited=${(event: CustomEvent<string>) => void this.edit(exchange, event.detail)}
      @again=${() => void this.again(exchange)}
      @try-now=${() => this.running?.tryNow()}
      @version=${(event: CustomEvent<string>) => void this.goTo(event.detail)}
    ></loracle-answer>`;
  }

  private welcome(): TemplateResult {
    const empty = this.documents?.length === 0;
    const named = this.documents?.slice(0, 1).map((one) => text.ask.summarise(one.filename)) ?? [];
    const suggestions = this.questions ?? this.proposed ?? [...named, ...text.ask.suggestions];
    return html`<div class="welcome">
      <h1>${text.ask.title}</h1>
      <p class="quiet">${empty ? (mayWrite() && !this.embedded ? text.ask.noDocuments : text.ask.noneToSee) : text.ask.lead}</p>
      <div class="suggestions">
        ${empty
          ? html`<button class="primary" ?hidden=${this.embedded || !mayWrite()} @click=${() => this.tell("add-documents")}>${text.ask.addDocuments}</button>`
          : suggestions.map((one) => html`<button @click=${() => void this.ask(one)}>${one}</button>`)}
      </div>
    </div>`;
  }

  private followUps(): TemplateResult | typeof nothing {
    const found = this.exchanges.at(-1)?.followUps ?? [];
    if (!found.length) return nothing;
    return html`<div class="follow-ups">
      <h3>${text.ask.followUps}</h3>
      ${found.map(
        ({ heading, question }) =>
          html`<button aria-label=${question} title=${question} @click=${() => void this.ask(question)}>${heading || question}</button>`,
      )}
    </div>`;
  }

  private async ask(question: string): Promise<void> {
    if (this.running) return;
    const { current } = this;
    const options = { ...optionsOf(chosenFor(current)), ...(current ? { conversation_id: current } : {}) };
    await this.follow(begun(question), this.exchanges, (signal) => loracle().ask(question, { ...options, signal }));
  }

  /** Have the last question answered again; one that was never answered is asked again. */
  private async again(exchange: Exchange): Promise<void> {
    const { question, turnId } = exchange;
    if (turnId !== null) return this.replace(exchange, question, (options) => loracle().regenerate(turnId, options));
    this.exchanges = this.exchanges.filter((one) => one !== exchange);
    await this.ask(question);
  }

  private async edit(exchange: Exchange, question: string): Promise<void> {
    const turnId = exchange.turnId!;
    await this.replace(exchange, question, (options) => loracle().edit(turnId, question, options));
    if (this.fault) this.composer.restore(question);
  }

  /** Put another version in the place of an exchange: the conversation goes on from it. If it fails, all is as before. */
  private async replace(
    exchange: Exchange,
    question: string,
    open: (options: AgainOptions) => Promise<ChatStream>,
  ): Promise<void> {
    if (this.running) return;
    const { current, exchanges } = this;
    const options = optionsOf(chosenFor(current));
    const fresh = begun(question, exchange.versions);
    await this.follow(fresh, exchanges.slice(0, exchanges.indexOf(exchange)), (signal) => open({ ...options, signal }));
    if (this.current !== current) return;
    if (fresh.turnId !== null) return;
    this.exchanges = exchanges;
    this.fault = fresh.error;
  }

  /** Follow an answer, behind the exchanges `before`, to its end. */
  private async follow(
    exchange: Exchange,
    before: readonly Exchange[],
    open: (signal: AbortSignal) => Promise<ChatStream> | ChatStream,
  ): Promise<void> {
    const asking = new Asking(exchange, open, () => this.onChange(asking));
    this.running = asking;
    this.fault = "";
    this.exchanges = [...before, exchange];
    this.atEnd = true;
    await asking.run();
    if (asking.isSignedOut || (!this.isConnected && exchange.turnId === null)) this.composer.restore(exchange.question);
    if (this.running !== asking) return; // it was left
    this.running = null;
    if (!this.embedded) keepPending(null);
    this.tell("conversations-changed");
    this.focus();
    void this.suggest(exchange);
  }

  /** Look away from the answer on its way. */
  private leave(): void {
    const { running } = this;
    this.running = null;
    running?.leave();
  }

  private onChange(asking: Asking): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.requestUpdate();
    });
    const { conversationId, exchange } = asking;
    if (this.running !== asking || !conversationId) return;
    if (!this.embedded && exchange.turnId && exchange.revision === 1) {
      keepPending({ conversation: conversationId, turnId: exchange.turnId, question: exchange.question });
    }
    if (conversationId === this.current) return;
    this.current = conversationId;
    nowIs(conversationId);
    this.tell("conversation-begun", conversationId);
  }

  /** Look for what may be asked next. */
  private async suggest(exchange: Exchange): Promise<void> {
    if (exchange.state !== "done" || !exchange.turnId || !exchange.citations.length) return;
    exchange.followUps = await followUps(exchange.turnId).catch(() => []); // they are not worth an error
    this.requestUpdate();
  }

  /** Go on with the branch of another version. */
  private async goTo(turnId: string): Promise<void> {
    try {
      const params = { path: { conversation_id: this.current! } };
      const body = { current_turn_id: turnId };
      await must(api.PATCH("/api/v1/conversations/{conversation_id}", { params, body }));
      const { scrollTop } = this.thread;
      await this.load();
      await this.updateComplete;
      this.thread.scrollTop = scrollTop;
    } catch (fault) {
      this.fault = shown(fault);
    }
  }

  private async load(): Promise<void> {
    const isOther = this.conversation !== this.current;
    this.leave();
    this.current = this.conversation;
    this.fault = "";
    this.earlier = null;
    if (isOther || !this.conversation) this.exchanges = [];
    this.opening = this.conversation !== null;
    if (!this.conversation) return;
    const wanted = this.conversation;
    try {
      const turns = await this.turns(wanted).finally(() => (this.opening &&= this.current !== wanted));
      if (this.current !== wanted) return;
      this.exchanges = turns;
      this.atEnd = isOther;
      const pending = this.embedded ? null : pendingIn(wanted);
      if (pending) await this.comeBack(pending);
      else if (turns.length) await this.suggest(turns.at(-1)!);
    } catch (fault) {
      this.fault = shown(fault);
    }
  }

  /** Follow an answer that was on its way when the page was left. */
  private async comeBack({ turnId, question }: Pending): Promise<void> {
    keepPending(null);
    if (this.exchanges.some((one) => one.turnId === turnId)) return;
    const exchange = { ...begun(question), turnId };
    await this.follow(exchange, this.exchanges, (signal) => loracle().resume(turnId, signal));
    if (exchange.state === "done" || exchange.state === "stopped") await this.load(); // it may be another version
  }

  private async loadEarlier(): Promise<void> {
    const { current } = this;
    const height = this.thread.scrollHeight;
    try {
      const turns = await this.turns(current!, this.earlier);
      if (this.current !== current) return;
      this.exchanges = [...turns, ...this.exchanges];
      await this.updateComplete;
      this.thread.scrollTop += this.thread.scrollHeight - height;
    } catch (fault) {
      this.fault = shown(fault);
    }
  }

  /** The last turns before a cursor, oldest first; `earlier` is the cursor of those before them. */
  private async turns(conversation: string, before: string | null = null): Promise<Exchange[]> {
    const query = { limit: TURNS, order: "desc" as const, ...(before ? { after: before } : {}) };
    const params = { path: { conversation_id: conversation }, query };
    const page = await must(api.GET("/api/v1/conversations/{conversation_id}/turns", { params }));
    if (this.current === conversation) this.earlier = page.next_cursor;
    return page.data.map(saved).reverse();
  }

  private onScroll(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.thread;
    this.atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END;
  }

  private keepEnd(): void {
    if (this.atEnd) this.thread.scrollTop = this.thread.scrollHeight;
  }

  private tell(name: string, detail?: string): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  private async loadQuestions(): Promise<void> {
    const found = await api.GET("/api/v1/answering/questions").catch(() => null); // they are not worth an error
    if (found?.data?.questions.length) this.proposed = found.data.questions;
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
