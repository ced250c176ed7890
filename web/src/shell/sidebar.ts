import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { address, api, must, shown, type Schemas } from "../api/client";
import { me } from "../api/me";
import { chooseLanguage, language, text } from "../i18n";
import "../ui/action_menu";
import type { Action } from "../ui/action_menu";
import { confirmed, filledIn } from "../ui/dialog";
import { moment } from "../ui/format";
import { icon, type IconName } from "../ui/icons";
import { base } from "../ui/styles";
import { toggleTheme } from "../ui/theme";
import "../ui/virtual_list";
import type { VirtualList } from "../ui/virtual_list";
import "./account";
import type { Route, ViewName } from "./route";

type Conversation = Schemas["ConversationOut"];
const PAGE = 50; // read at a time
const FEW = 8; // conversations that one sees at a glance

/** The way to every view, and the conversations so far. */
@customElement("loracle-sidebar")
export class Sidebar extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        grid-template: auto auto minmax(0, 1fr) auto auto / minmax(0, 1fr);
        gap: 0.6rem;
        background: var(--sunken);
        padding: 0.9rem 0.7rem;
        min-height: 0;
        height: 100dvh;
      }
      .brand {
        display: flex;
        align-items: center;
        gap: 0.55rem;
        padding-inline: 0.35rem;
        font-weight: 650;
        font-size: 1.05rem;
      }
      .brand img {
        width: 26px;
        height: 26px;
      }
      nav {
        display: grid;
        gap: 0.1rem;
      }
      nav a,
      .row a {
        display: flex;
        align-items: center;
        gap: 0.6rem;
        padding: 0.45rem 0.5rem;
        border-radius: 8px;
        color: var(--ink);
        text-decoration: none;
      }
      nav a:hover,
      .row:hover,
      .row:focus-within {
        background: color-mix(in srgb, var(--line) 60%, transparent);
      }
      nav a[aria-current="page"],
      .row.current {
        background: var(--raised);
        box-shadow: inset 0 0 0 1px var(--line); /* the list clips what is outside */
      }
      nav a svg {
        color: var(--accent);
      }
      .list > p {
        padding-inline: 0.5rem;
      }
      .list {
        overflow-y: auto;
        min-height: 0;
      }
      h2 {
        font: 600 0.78rem/1.4 var(--text);
        color: var(--quiet);
        padding: 0.3rem 0.5rem;
      }
      .row {
        position: relative;
        border-radius: 8px;
      }
      .row a {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0;
        line-height: 1.4;
        font-size: 0.9rem;
      }
      .row span {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .row .when {
        display: flex;
        align-items: center;
        gap: 0.25rem;
        color: var(--quiet);
        font-size: 0.78rem;
      }
      .row loracle-action-menu {
        position: absolute;
        right: 0.2rem;
        top: calc(50% - 1.05rem);
        opacity: 0;
      }
      .row:hover a,
      .row:focus-within a {
        padding-right: 2.4rem;
      }
      .row:hover loracle-action-menu,
      .row:focus-within loracle-action-menu {
        opacity: 1;
      }
      @media (pointer: coarse) {
        .row a,
        .row:hover a,
        .row:focus-within a {
          padding-right: 3rem;
        }
        .row loracle-action-menu {
          top: calc(50% - 1.375rem);
          opacity: 1;
        }
      }
      input[type="search"] {
        width: 100%;
        margin-bottom: 0.3rem;
        font-size: 0.88rem;
        padding: 0.3rem 0.5rem;
      }
      .foot {
        display: flex;
        align-items: center;
        gap: 0.1rem;
        border-top: 1px solid var(--line);
        padding-top: 0.5rem;
      }
      .api {
        padding: 0.3rem;
        white-space: nowrap;
        color: var(--quiet);
        text-decoration: none;
      }
      .foot select {
        flex: 1;
        min-width: 0;
        border-color: transparent;
        background: none;
        padding-inline: 0.25rem 0;
        font-size: 0.86rem;
      }
    `,
  ];

  @property({ attribute: false }) route!: Route;
  /** Changes when a conversation was spoken in. */
  @property({ type: Number }) revision = 0;
  @state() private conversations: Conversation[] = [];
  @state() private total = 0;
  @state() private fault = "";
  @state() private wanted = "";
  @state() private managing = false;
  private cursor: string | null = null; // of those not read yet; null: all are
  private found = ""; // what the list was searched for
  private typing = 0;
  private asked = 0; // counts loads: a late answer to an earlier one is dropped
  @query("loracle-virtual-list") private list!: VirtualList<Conversation>;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.learnWho();
  }

  override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has("revision")) void this.load();
  }

  override updated(): void {
    this.list.requestUpdate(); // its rows show which one is current
  }

  override render(): TemplateResult {
    const at = (view: string) => (this.route.view === view ? "page" : "false");
    return html`
      <div class="brand"><img src="favicon.svg" alt="" /> ${text.appName}</div>
      <nav aria-label=${text.menu}>
        <a href="#/ask" aria-current=${this.route.view === "ask" && !this.current ? "page" : "false"} @click=${this.navigated}>
          ${icon("plus")} ${text.nav.newQuestion}
        </a>
        <a href="#/documents" aria-current=${at("documents")} @click=${this.navigated}>${icon("documents")} ${text.nav.documents}</a>
        ${this.managing ? this.management(at) : nothing}
      </nav>
      <div class="list">
        <h2>${text.nav.conversations}</h2>
        ${this.conversations.length > FEW || this.wanted ? this.search() : nothing}
        ${this.fault ? html`<p class="error small">${this.fault}</p>` : nothing}
        ${!this.conversations.length && !this.fault
          ? html`<p class="quiet small">${this.wanted ? text.nav.noneFound : text.nav.noConversations}</p>`
          : nothing}
        <loracle-virtual-list
          .items=${this.conversations}
          .keyOf=${idOf}
          .row=${this.row}
          .total=${this.total}
          @near-end=${() => void this.loadMore()}
        ></loracle-virtual-list>
      </div>
      <loracle-account></loracle-account>
      <div class="foot">
        <select
          aria-label=${text.language}
          @change=${(event: Event) => chooseLanguage((event.target as HTMLSelectElement).value as "en" | "pt")}
        >
          <option value="en" ?selected=${language() === "en"}>English</option>
          <option value="pt" ?selected=${language() === "pt"}>Português</option>
        </select>
        <button class="icon" aria-label=${text.theme} title=${text.theme} @click=${toggleTheme}>${icon("theme", 18)}</button>
        <a class="api small" href=${address("docs")} title=${text.nav.api} target="_blank" rel="noopener">${text.nav.developers}</a>
      </div>
    `;
  }

  /** What a key sees, and a token does not. */
  private management(at: (view: string) => string): TemplateResult[] {
    const views: { view: ViewName; picture: IconName; label: string }[] = [
      { view: "evaluations", picture: "evaluations", label: text.nav.evaluations },
      { view: "adapters", picture: "adapters", label: text.nav.adapters },
      { view: "admin", picture: "sliders", label: text.nav.admin },
    ];
    return views.map(
      ({ view, picture, label }) => html`<a href="#/${view}" aria-current=${at(view)} @click=${this.navigated}>${icon(picture)} ${label}</a>`,
    );
  }

  /** Whether a key is signed in, which sees what a token does not. */
  private async learnWho(): Promise<void> {
    try {
      this.managing = (await me()).token_id === null;
    } catch {
      this.managing = false; // the list of conversations says what is wrong
    }
  }

  private get current(): string | null {
    return this.route.view === "ask" ? this.route.conversation : null;
  }

  private readonly row = (one: Conversation): TemplateResult => {
    return html`<div class="row ${one.id === this.current ? "current" : ""}">
      <a
        href="#/ask/${one.id}"
        title=${one.title}
        aria-current=${one.id === this.current ? "page" : "false"}
        @click=${this.navigated}
      >
        <span>${one.title}</span>
        <span class="when">${one.pinned ? icon("pin", 13) : nothing} ${moment(one.updated_at)}</span>
      </a>
      <loracle-action-menu .label=${text.nav.more(one.title)} .actions=${this.actions(one)}></loracle-action-menu>
    </div>`;
  };

  private actions(one: Conversation): Action[] {
    return [
      { label: one.pinned ? text.nav.unpin : text.nav.pin, icon: "pin", run: () => this.change(one, { pinned: !one.pinned }) },
      { label: text.nav.rename, icon: "edit", run: () => this.rename(one) },
      { label: text.nav.delete, icon: "trash", run: () => this.delete(one), danger: true },
    ];
  }

  private search(): TemplateResult {
    return html`<input
      type="search"
      aria-label=${text.nav.search}
      placeholder=${text.nav.search}
      @input=${(event: Event) => {
        this.wanted = (event.target as HTMLInputElement).value.trim();
        clearTimeout(this.typing);
        this.typing = window.setTimeout(() => void this.load(), 200);
      }}
    />`;
  }

  private navigated(): void {
    this.dispatchEvent(new Event("navigated"));
  }

  /** Read the first ones; what was read further down stays below them. */
  private async load(): Promise<void> {
    const load = ++this.asked;
    try {
      const page = await this.page(null);
      if (load !== this.asked) return;
      const first = new Set(page.data.map(idOf));
      const before = this.conversations.filter((one) => !first.has(one.id)).slice(0, Math.max(0, page.total - page.data.length));
      const goesOn = page.has_more && this.found === this.wanted && before.length > 0 && this.cursor !== null;
      this.conversations = goesOn ? [...page.data, ...before] : page.data;
      this.cursor = goesOn ? this.cursor : page.next_cursor;
      this.found = this.wanted;
      this.total = page.total;
      this.fault = "";
    } catch (fault) {
      if (load === this.asked) this.fault = shown(fault);
    }
  }

  private async loadMore(): Promise<void> {
    const load = this.asked;
    if (this.cursor === null) return;
    try {
      const page = await this.page(this.cursor);
      if (load !== this.asked) return;
      const known = new Set(this.conversations.map(idOf));
      this.conversations = [...this.conversations, ...page.data.filter((one) => !known.has(one.id))];
      this.cursor = page.next_cursor;
    } catch (fault) {
      if (load === this.asked) this.fault = shown(fault);
    }
  }

  private page(after: string | null) {
    const query = { limit: PAGE, ...(this.wanted ? { q: this.wanted } : {}), ...(after ? { after } : {}) };
    return must(api.GET("/api/v1/conversations", { params: { query } }));
  }

  private async rename(one: Conversation): Promise<void> {
    const values = await filledIn(text.nav.renameOf(one.title), [{ name: "title", label: text.nav.title, value: one.title }]);
    if (values) await this.change(one, { title: values.title! });
  }

  private async change(one: Conversation, body: Schemas["ConversationChangesIn"]): Promise<void> {
    try {
      const params = { path: { conversation_id: one.id } };
      const changed = await must(api.PATCH("/api/v1/conversations/{conversation_id}", { params, body }));
      const isMoved = changed.pinned !== one.pinned; // pinned ones go first
      this.conversations = isMoved ? [] : this.conversations.map((other) => (other.id === one.id ? changed : other));
      if (isMoved) await this.load();
    } catch (fault) {
      this.fault = shown(fault);
    }
  }

  private async delete(one: Conversation): Promise<void> {
    if (!(await confirmed(text.nav.confirmDelete(one.title)))) return;
    try {
      const params = { path: { conversation_id: one.id } };
      await must(api.DELETE("/api/v1/conversations/{conversation_id}", { params }));
      this.conversations = this.conversations.filter((other) => other.id !== one.id);
      if (one.id === this.current) location.hash = "#/ask";
    } catch (fault) {
      this.fault = shown(fault);
    }
  }
}

function idOf(one: Conversation): string {
  return one.id;
}
