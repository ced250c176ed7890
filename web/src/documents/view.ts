import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { api, must, shown, type Schemas } from "../api/client";
import { mayWrite } from "../api/me";
import { text } from "../i18n";
import { confirmed, filledIn } from "../ui/dialog";
import { view } from "../ui/layout";
import { loading } from "../ui/loading";
import { base } from "../ui/styles";
import "../ui/filters";
import "../ui/virtual_list";
import "./collection";
import type { CollectionSettings } from "./collection";
import "./intake";
import "./row";

type Document = Schemas["DocumentOut"];
type State = Document["status"];
const PAGE = 100;
const POLL_MS = 1500;
const FOLLOWED = 20; // unfinished documents that are asked for at once
const FINAL = new Set<State>(["ready", "failed", "cancelled"]);
const STATES: State[] = ["queued", "parsing", "chunking", "embedding", "ready", "failed", "cancelled"];
const SORTS = {
  newest: { sort: "created_at", order: "desc" },
  oldest: { sort: "created_at", order: "asc" },
  name: { sort: "filename", order: "asc" },
  collection: { sort: "collection", order: "asc" },
  largest: { sort: "bytes", order: "desc" },
  smallest: { sort: "bytes", order: "asc" },
} as const;

/** What is looked for; kept while the page is open, for those who come back from a document. */
const wanted = { q: "", collection: "", status: "" as State | "", sort: "newest" as keyof typeof SORTS };

/** All documents: added, followed until they are ready, found, opened, moved, deleted. */
@customElement("loracle-documents-view")
export class DocumentsView extends LitElement {
  static override styles = [
    base,
    view,
    css`
      .bar input[type="search"] {
        flex: 1 1 14rem;
        min-width: 0;
      }
      .bar select {
        max-width: 100%;
      }
      .rows {
        overflow: hidden;
      }
      .rows > * + *,
      [role="listitem"]:not([aria-posinset="1"]) {
        border-top: 1px solid var(--line);
      }
    `,
  ];

  @state() private documents: Document[] = [];
  @state() private total: number | null = null;
  @state() private collections: string[] = [];
  @state() private fault = "";
  @state() private loaded = false;
  @query("loracle-collection-settings") private settings!: CollectionSettings;
  private cursor: string | null = null;
  private timer = 0;
  private typing = 0;
  private asked = 0; // counts loads: a late answer to an earlier one is dropped

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
    void this.loadCollections();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
    clearTimeout(this.typing);
  }

  override render(): TemplateResult {
    return html`<div class="column">
      <header>
        <h1>${text.documents.title}</h1>
        <p class="quiet">${text.documents.lead}</p>
      </header>
      ${mayWrite()
        ? html`<loracle-intake .collections=${this.collections} @accepted=${() => void this.reload()}></loracle-intake>`
        : nothing}
      ${this.bar()}
      ${this.fault ? html`<p class="error" role="alert">${this.fault}</p>` : nothing}
      <p class="quiet small" role="status">${this.total === null ? "" : text.documents.count(this.total)}</p>
      ${this.documents.length ? this.list() : nothing}
      ${this.documents.length || this.fault ? nothing : this.nothingHere()}
      <loracle-collection-settings @changed=${() => void this.reload()}></loracle-collection-settings>
    </div>`;
  }

  private list(): TemplateResult {
    return html`<div class="rows">
      <loracle-virtual-list
        .items=${this.documents}
        .total=${this.total}
        .keyOf=${(document: Document) => document.id}
        .row=${(document: Document) => html`<loracle-document-row
          .document=${document}
          @remove=${() => void this.delete(document)}
          @reread=${() => void this.reread(document)}
          @rename=${() => void this.rename(document)}
        ></loracle-document-row>`}
        @near-end=${() => this.cursor && void this.load(true)}
      ></loracle-virtual-list>
    </div>`;
  }

  private nothingHere(): TemplateResult {
    if (!this.loaded) return loading();
    const sought = wanted.q || wanted.collection || wanted.status;
    return html`<p class="none quiet">${sought ? text.documents.noneMatch : text.documents.empty}</p>`;
  }

  private bar(): TemplateResult {
    const states = STATES.map((one) => [one, text.documents.states[one] ?? one] as const);
    const sorts = Object.keys(SORTS) as (keyof typeof SORTS)[];
    return html`<div class="bar">
      <input
        type="search"
        aria-label=${text.documents.search}
        placeholder=${text.documents.search}
        .value=${wanted.q}
        @input=${(event: Event) => this.onSearch((event.target as HTMLInputElement).value)}
      />
      <loracle-filters .active=${Number(wanted.collection !== "") + Number(wanted.status !== "")}>
        ${this.collections.length > 1 || wanted.collection
          ? choice(text.documents.collection, wanted.collection, [
              ["", text.documents.allCollections],
              ...this.collections.map((name) => [name, name] as const),
            ], (name) => this.want({ collection: name }))
          : nothing}
        ${choice(text.documents.state, wanted.status, [["", text.documents.allStates], ...states], (one) =>
          this.want({ status: one as State | "" }),
        )}
        ${choice(text.documents.sort, wanted.sort, sorts.map((one) => [one, text.documents.sorts[one]] as const), (one) =>
          this.want({ sort: one as keyof typeof SORTS }),
        )}
        ${this.settingsButton()}
      </loracle-filters>
    </div>`;
  }

  /** Opens the settings of the collection that is chosen, or of the only one. */
  private settingsButton(): TemplateResult | typeof nothing {
    const name = wanted.collection || (this.collections.length === 1 ? this.collections[0]! : "");
    if (!name || !mayWrite()) return nothing;
    return html`<button class="plain-border" @click=${() => void this.settings.open(name)}>${text.documents.settings}</button>`;
  }

  private want(change: Partial<typeof wanted>): void {
    Object.assign(wanted, change);
    void this.load();
  }

  private onSearch(q: string): void {
    wanted.q = q.trim();
    clearTimeout(this.typing);
    this.typing = window.setTimeout(() => void this.load(), 150);
  }

  private async load(more = false): Promise<void> {
    clearTimeout(this.timer);
    const load = ++this.asked;
    const query = {
      limit: PAGE,
      ...SORTS[wanted.sort],
      ...(wanted.q ? { q: wanted.q } : {}),
      ...(wanted.collection ? { collection: wanted.collection } : {}),
      ...(wanted.status ? { status: wanted.status } : {}),
      ...(more && this.cursor ? { after: this.cursor } : {}),
    };
    try {
      const page = await must(api.GET("/api/v1/documents", { params: { query } }));
      if (load !== this.asked) return;
      this.documents = more ? [...this.documents, ...page.data] : page.data;
      this.total = page.total ?? null;
      this.cursor = page.has_more ? (page.next_cursor ?? null) : null;
      this.fault = "";
    } catch (fault) {
      if (load !== this.asked) return;
      this.fault = shown(fault);
    }
    this.loaded = true;
    this.pollWhileBusy();
  }

  private reload(): Promise<unknown> {
    return Promise.all([this.load(), this.loadCollections()]);
  }

  /** Follow documents that are not finished; those that are stay as they are. */
  private pollWhileBusy(): void {
    clearTimeout(this.timer);
    if (!this.isConnected || this.documents.every((one) => FINAL.has(one.status))) return;
    this.timer = window.setTimeout(() => void this.refresh(), POLL_MS);
  }

  private async refresh(): Promise<void> {
    const unfinished = this.documents.filter((one) => !FINAL.has(one.status)).slice(0, FOLLOWED);
    const changed = new Map<string, Document>();
    await Promise.all(
      unfinished.map(async ({ id }) => {
        const found = await api.GET("/api/v1/documents/{document_id}", { params: { path: { document_id: id } } }).catch(() => null);
        if (found?.data) changed.set(id, found.data);
      }),
    );
    this.documents = this.documents.map((one) => changed.get(one.id) ?? one);
    if ([...changed.values()].some((one) => FINAL.has(one.status))) void this.loadCollections();
    this.pollWhileBusy();
  }

  private async loadCollections(): Promise<void> {
    try {
      this.collections = (await must(api.GET("/api/v1/collections"))).data.map((one) => one.name);
    } catch {
      this.collections = []; // the list of documents says what is wrong
    }
  }

  private async delete(document: Document): Promise<void> {
    if (!(await confirmed(text.documents.confirmRemove(document.filename)))) return;
    const params = { path: { document_id: document.id } };
    await this.change(() => must(api.DELETE("/api/v1/documents/{document_id}", { params })));
  }

  private async reread(document: Document): Promise<void> {
    const params = { path: { document_id: document.id } };
    await this.change(() => must(api.POST("/api/v1/documents/{document_id}/reparse", { params })));
  }

  private async rename(document: Document): Promise<void> {
    const values = await filledIn(text.documents.rename, [
      { name: "filename", label: text.documents.newName, value: document.filename },
      {
        name: "collection",
        label: text.documents.newCollection,
        value: document.collection,
        orNew: { options: this.collections, choice: text.documents.otherCollection, label: text.documents.otherCollectionName },
      },
    ]);
    if (!values) return;
    const body = { filename: values.filename!, collection: values.collection! } as Schemas["DocumentChangesIn"];
    const params = { path: { document_id: document.id } };
    await this.change(() => must(api.PATCH("/api/v1/documents/{document_id}", { params, body })));
  }

  private async change(call: () => Promise<unknown>): Promise<void> {
    try {
      await call();
      await this.reload();
    } catch (fault) {
      this.fault = shown(fault);
    }
  }
}

function choice(
  label: string,
  value: string,
  options: readonly (readonly [string, string])[],
  chosen: (value: string) => void,
): TemplateResult {
  return html`<select aria-label=${label} @change=${(event: Event) => chosen((event.target as HTMLSelectElement).value)}>
    ${options.map(([one, words]) => html`<option value=${one} ?selected=${one === value}>${words}</option>`)}
  </select>`;
}
