import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { api, must, shown, type Schemas } from "../api/client";
import { mayWrite } from "../api/me";
import { text } from "../i18n";
import { base } from "../ui/styles";
import "../ui/virtual_list";

type Chunk = Schemas["ChunkOut"];
type Shown = "all" | "on" | "off";
const PAGE = 100;

/** The passages of a document that searches find, each of which can be switched off. */
@customElement("loracle-passages")
export class Passages extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: 0.6rem;
        min-width: 0;
      }
      .bar {
        display: flex;
        flex-wrap: wrap;
        gap: 0.6rem;
      }
      .bar input {
        flex: 1 1 12rem;
        min-width: 0;
      }
      .passage {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 0.2rem 0.8rem;
        padding-block: 0.7rem;
      }
      [role="listitem"]:not([aria-posinset="1"]) {
        border-top: 1px solid var(--line);
      }
      .passage input {
        margin-top: 0.3rem;
        width: 1.05rem;
        height: 1.05rem;
        accent-color: var(--accent);
      }
      .facts {
        display: flex;
        flex-wrap: wrap;
        gap: 0.1rem 0.7rem;
        color: var(--quiet);
        font-size: 0.82rem;
      }
      .facts button {
        padding: 0;
        color: var(--accent);
      }
      .words {
        font: 0.98rem/1.55 var(--serif);
        white-space: pre-line;
        overflow-wrap: anywhere;
      }
      .off .words {
        color: var(--quiet);
        text-decoration: line-through;
      }
    `,
  ];

  @property({ attribute: false }) document!: Schemas["DocumentOut"];
  @state() private chunks: Chunk[] = [];
  @state() private total: number | null = null;
  @state() private fault = "";
  private q = "";
  private only: Shown = "all";
  private cursor: string | null = null;
  private typing = 0;
  private asked = 0; // counts loads: a late answer to an earlier one is dropped

  override willUpdate(changes: PropertyValues<this>): void {
    if (!changes.has("document")) return;
    const before = changes.get("document") as Schemas["DocumentOut"] | undefined;
    const { id, live_version } = this.document;
    if (!before || before.id !== id || before.live_version !== live_version) void this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.typing);
  }

  override render(): TemplateResult {
    return html`
      <div class="bar">
        <input
          type="search"
          maxlength="200"
          aria-label=${text.documents.searchPassages}
          placeholder=${text.documents.searchPassages}
          @input=${(event: Event) => this.onSearch((event.target as HTMLInputElement).value)}
        />
        <select
          aria-label=${text.documents.passages}
          @change=${(event: Event) => {
            this.only = (event.target as HTMLSelectElement).value as Shown;
            void this.load();
          }}
        >
          <option value="all">${text.documents.allPassages}</option>
          <option value="on">${text.documents.onlyOn}</option>
          <option value="off">${text.documents.onlyOff}</option>
        </select>
      </div>
      ${this.fault ? html`<p class="error" role="alert">${this.fault}</p>` : nothing}
      <p class="quiet small" role="status">${this.count()}</p>
      <loracle-virtual-list
        .items=${this.chunks}
        .total=${this.total}
        .keyOf=${(chunk: Chunk) => chunk.id}
        .row=${(chunk: Chunk) => this.passage(chunk)}
        @near-end=${() => this.cursor && void this.load(true)}
      ></loracle-virtual-list>
    `;
  }

  private count(): string {
    if (this.total === null) return "";
    return this.total ? text.documents.chunks(this.total) : text.documents.noPassages;
  }

  private passage(chunk: Chunk): TemplateResult {
    const { page_start: page } = chunk;
    return html`<div class="passage ${chunk.enabled ? "" : "off"}">
      <input
        type="checkbox"
        ?disabled=${!mayWrite()}
        aria-label=${text.documents.found(chunk.index + 1)}
        title=${text.documents.found(chunk.index + 1)}
        .checked=${chunk.enabled}
        @change=${(event: Event) => void this.enable(chunk, event.target as HTMLInputElement)}
      />
      <div>
        <div class="facts">
          <button @click=${() => this.open(chunk)}>${chunk.index + 1}${page === null ? nothing : html`, ${text.answer.page(page)}`}</button>
          ${chunk.heading ? html`<span>${chunk.heading}</span>` : nothing}
          <span>${text.documents.tokens(chunk.tokens)}</span>
        </div>
        <p class="words">${chunk.text}</p>
      </div>
    </div>`;
  }

  private onSearch(q: string): void {
    this.q = q.trim();
    clearTimeout(this.typing);
    this.typing = window.setTimeout(() => void this.load(), 150);
  }

  private async load(more = false): Promise<void> {
    const load = ++this.asked;
    const query = {
      limit: PAGE,
      ...(this.q ? { q: this.q } : {}),
      ...(this.only === "all" ? {} : { enabled: this.only === "on" }),
      ...(more && this.cursor ? { after: this.cursor } : {}),
    };
    const params = { path: { document_id: this.document.id }, query };
    try {
      const page = await must(api.GET("/api/v1/documents/{document_id}/chunks", { params }));
      if (load !== this.asked) return;
      this.chunks = more ? [...this.chunks, ...page.data] : page.data;
      this.total = page.total ?? null;
      this.cursor = page.has_more ? (page.next_cursor ?? null) : null;
      this.fault = "";
    } catch (fault) {
      if (load === this.asked) this.fault = shown(fault);
    }
  }

  private async enable(chunk: Chunk, box: HTMLInputElement): Promise<void> {
    const params = { path: { document_id: this.document.id, chunk_id: chunk.id } };
    try {
      const body = { enabled: box.checked };
      const changed = await must(api.PATCH("/api/v1/documents/{document_id}/chunks/{chunk_id}", { params, body }));
      this.chunks = this.chunks.map((one) => (one.id === changed.id ? changed : one));
      this.fault = "";
    } catch (fault) {
      box.checked = chunk.enabled;
      this.fault = shown(fault);
    }
  }

  private open(chunk: Chunk): void {
    const { id, filename, live_version } = this.document;
    const { page_start, char_start, char_end, text: quote } = chunk;
    const place = { document_id: id, filename, version: live_version, page_start, char_start, char_end, quote };
    this.dispatchEvent(new CustomEvent("open-source", { detail: place, bubbles: true, composed: true }));
  }
}
