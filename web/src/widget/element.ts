import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { connect } from "../api/client";
import "../chat/view";
import type { ChatView } from "../chat/view";
import { speak, text } from "../i18n";
import "../source/pane";
import type { SourcePlace } from "../source/pane";
import { focusedElement } from "../ui/focus";
import { icon } from "../ui/icons";
import { base } from "../ui/styles";
import { frame } from "./styles";
import { TokenKeeper } from "./token_keeper";

const SCRIPT: string = import.meta.url;

/**
 * A conversation with the documents of a service, in a page of another site: behind a button, or in its place.
 *
 * One of them on a page. `token-expired` says that a token is wanted: set `token`, and what was asked goes on. Colours
 * and type are set by custom properties that begin with `--loracle`.
 */
@customElement("loracle-chat")
export class LoracleChat extends LitElement {
  static override styles = [base, frame];

  /** Address of the service; where this file came from if left out. */
  @property() server = "";
  /** A path of the site that answers a POST with `{"token": "lt_..."}`. */
  @property({ attribute: "token-url" }) tokenUrl = "";
  /** "light" or "dark"; as the visitor's system if left out. */
  @property() theme = "";
  @property() heading = "";
  /** Questions to propose, with "|" between them. */
  @property() questions = "";
  /** What the empty field for a question says. */
  @property() placeholder = "";
  /** In its place in the page, not behind a button. */
  @property({ type: Boolean }) inline = false;
  @property({ type: Boolean, reflect: true }) open = false;
  /** Id of the conversation to go on with. */
  @property() conversation: string | null = null;
  @state() private source: SourcePlace | null = null;
  @state() private began = false; // was open once: from then on the conversation stays
  @query("loracle-chat-view") private chat!: ChatView | null;
  @query(".launcher") private launcher!: HTMLElement | null;
  private opener: HTMLElement | null = null;
  private readonly keeper = new TokenKeeper(() => void this.wantToken());

  /** The visitor's token (`lt_...`). */
  @property()
  get token(): string | null {
    return this.keeper.token;
  }

  set token(token: string | null) {
    this.keeper.token = token;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    speak(this.closest<HTMLElement>("[lang]")?.lang || navigator.language);
    const url = new URL(this.server || new URL(".", SCRIPT), document.baseURI).href.replace(/\/+$/, "");
    connect({
      url,
      key: () => this.keeper.token,
      ready: async () => this.keeper.token ?? this.keeper.renewed(),
      renew: () => this.keeper.renewed(),
      isHidden: () => answers(url),
    });
  }

  override willUpdate(): void {
    this.began ||= this.open || this.inline;
  }

  override updated(changes: PropertyValues<this>): void {
    if (!changes.has("open") || this.inline) return;
    if (this.open) void this.chat?.updateComplete.then(() => this.chat?.focus());
    else if (changes.get("open")) this.launcher?.focus();
  }

  override render(): TemplateResult {
    return html`<div class="frame ${this.theme} ${this.inline ? "inline" : "floating"}" @keydown=${this.onKey}>
      ${this.inline ? nothing : this.button()} ${this.began ? this.panel() : nothing}
    </div>`;
  }

  private button(): TemplateResult {
    const label = this.heading || text.widget.open;
    return html`<button class="launcher" aria-label=${label} title=${label} ?hidden=${this.open} @click=${this.show}>
      ${icon("ask", 26)}
    </button>`;
  }

  private panel(): TemplateResult {
    const heading = this.heading || text.widget.title;
    return html`<section
      class="panel"
      role=${this.inline ? "region" : "dialog"}
      aria-label=${heading}
      ?hidden=${!this.open && !this.inline}
      @open-source=${this.onSource}
      @close-source=${this.closeSource}
      @conversation-begun=${(event: CustomEvent<string>) => (this.conversation = event.detail)}
    >
      <header>
        <h2>${heading}</h2>
        <button class="with-icon" aria-label=${text.widget.begin} @click=${this.beginAnew}>${icon("plus", 18)} ${text.widget.beginShort}</button>
        ${this.inline
          ? nothing
          : html`<button class="icon" aria-label=${text.close} title=${text.close} @click=${this.close}>${icon("close")}</button>`}
      </header>
      <div class="parts ${this.source ? "with-source" : ""}">
        <loracle-chat-view
          embedded
          .conversation=${this.conversation}
          .placeholder=${this.placeholder}
          .opened=${this.source}
          .questions=${this.questions ? this.questions.split("|").map((one) => one.trim()) : null}
        ></loracle-chat-view>
        ${this.source ? html`<loracle-source .place=${this.source} .wayBack=${text.source.toAnswer}></loracle-source>` : nothing}
      </div>
    </section>`;
  }

  private readonly show = (): void => {
    this.open = true;
  };

  private close(): void {
    this.open = false;
  }

  private beginAnew(): void {
    this.source = null;
    this.conversation = null;
    this.chat?.focus();
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key !== "Escape" || !(this.source || (this.open && !this.inline))) return;
    event.stopPropagation();
    if (this.source) this.closeSource();
    else this.close();
  }

  private onSource(event: CustomEvent): void {
    event.stopPropagation();
    this.opener = focusedElement();
    const { document_id, filename, version, page_start, char_start, char_end, quote, text: passage } = event.detail;
    this.source = { ...event.detail, document_id, filename, version, page_start, char_start, char_end, quote: quote ?? passage };
  }

  private closeSource(): void {
    this.source = null;
    if (this.opener?.isConnected) this.opener.focus();
    else this.chat?.focus();
  }

  private async wantToken(): Promise<void> {
    this.dispatchEvent(new CustomEvent("token-expired", { bubbles: true, composed: true }));
    if (!this.tokenUrl) return;
    try {
      const response = await fetch(this.tokenUrl, { method: "POST", headers: { Accept: "application/json" } });
      this.token = response.ok ? ((await response.json()) as { token: string }).token : null;
    } catch {
      this.token = null;
    }
    if (!this.token) this.keeper.giveUp();
  }
}

/** Whether the service is there, although what it says may not be readable for this site. */
async function answers(url: string): Promise<boolean> {
  try {
    await fetch(`${url}/healthz`, { mode: "no-cors", credentials: "omit" });
    return true;
  } catch {
    return false;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "loracle-chat": LoracleChat;
  }
}
