import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { api, must, shown, type Schemas } from "../api/client";
import { text } from "../i18n";
import "../ui/action_menu";
import type { Action } from "../ui/action_menu";
import { confirmed, filledIn } from "../ui/dialog";
import { moment } from "../ui/format";
import { icon } from "../ui/icons";
import { loading, loadingStyles } from "../ui/loading";
import { base } from "../ui/styles";
import "../ui/virtual_list";
import type { VirtualList } from "../ui/virtual_list";
import { rows } from "./conversation_styles";

type Conversation = Schemas["ConversationOut"];
const PAGE = 50; // read at a time
const FEW = 8; // conversations that one sees at a glance

/** The conversations so far, newest first: found, opened, renamed, kept first, deleted. `navigated` says that one was opened. */
@customElement("loracle-conversations")
export class Conversations extends LitElement {
  static override styles = [base, loadingStyles, rows];

  /** Id of the one that is open. */
  @property() current: string | null = null;
  /** Changes when a conversation was spoken in. */
  @property({ type: Number }) revision = 0;
  @state() private conversations: Conversation[] = [];
  @state() private total = 0;
  @state() private loaded = false;
  @state() private fault = "";
  @state() private wanted = "";
  private cursor: string | null = null; // of those not read yet; null: all are
  private found = ""; // what the list was searched for
  private typing = 0;
  private asked = 0; // counts loads: a late answer to an earlier one is dropped
  @query("loracle-virtual-list") private list!: VirtualList<Conversation>;

  override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has("revision")) void this.load();
  }

  override updated(): void {
    this.list.requestUpdate(); // its rows show which one is current
  }

  override render(): TemplateResult {
    return html`<div class="list">
      <h2>${text.nav.conversations}</h2>
      ${this.conversations.length > FEW || this.wanted ? this.search() : nothing}
      ${this.fault ? html`<p class="error small">${this.fault}</p>` : nothing}
      ${this.conversations.length || this.fault ? nothing : this.nothingHere()}
      <loracle-virtual-list
        .items=${this.conversations}
        .keyOf=${idOf}
        .row=${this.row}
        .total=${this.total}
        @near-end=${() => void this.loadMore()}
      ></loracle-virtual-list>
    </div>`;
  }

  private readonly row = (one: Conversation): TemplateResult => {
    return html`<div class="row ${one.id === this.current ? "current" : ""}">
      <a
        href="#/ask/${one.id}"
        title=${one.title}
        aria-current=${one.id === this.current ? "page" : "false"}
        @click=${this.navigated}
      >
        <span class="title">${one.title}</span>
        <span class="more">${one.pinned ? icon("pin", 13) : nothing} ${whatElse(one)}</span>
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

  private nothingHere(): TemplateResult {
    if (!this.loaded) return loading();
    return html`<p class="quiet small">${this.wanted ? text.nav.noneFound : text.nav.noConversations}</p>`;
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
      this.loaded = true;
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
      this.loaded = !isMoved; // else it would be said for a moment that there are none
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
      this.total -= 1;
      if (one.id === this.current) location.hash = "#/ask";
    } catch (fault) {
      this.fault = shown(fault);
    }
  }
}

function idOf(one: Conversation): string {
  return one.id;
}

/** When it was spoken in, and what was asked last: conversations that begin alike differ in it. */
function whatElse({ title, last_question, updated_at }: Conversation): string {
  const last = last_question && last_question !== title ? last_question : "";
  return [moment(updated_at), last].filter(Boolean).join(" · ");
}
