import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { api, must, shown, type Schemas } from "../api/client";
import { text } from "../i18n";
import { confirmed, filledIn } from "../ui/dialog";
import { icon } from "../ui/icons";
import { view } from "../ui/layout";
import { base } from "../ui/styles";
import "./row";
import { droppedFiles, UploadQueue, type Upload } from "./upload";

type Document = Schemas["DocumentOut"];
const PAGE = 50;
const POLL_MS = 1500;
const FINAL = new Set(["ready", "failed", "cancelled"]);

/** All documents: added by dropping files, followed until they are ready, opened, moved, deleted. */
@customElement("loracle-documents-view")
export class DocumentsView extends LitElement {
  static override styles = [
    base,
    view,
    css`
      .drop {
        display: grid;
        justify-items: center;
        gap: 0.5rem;
        text-align: center;
        padding: 1.3rem;
        border: 1.5px dashed var(--line-strong);
        border-radius: var(--radius);
      }
      .drop.over {
        border-color: var(--accent);
        background: var(--accent-soft);
      }
      .drop .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: 0.6rem;
        align-items: center;
      }
      .bar input[type="search"] {
        flex: 1 1 14rem;
        min-width: 0;
      }
      .upload {
        display: flex;
        align-items: center;
        gap: 0.8rem;
        padding: 0.6rem 0.9rem;
        overflow-wrap: anywhere;
      }
      .upload .name {
        flex: 1;
        min-width: 0;
      }
      .upload .fault {
        color: var(--bad);
      }
    `,
  ];

  @state() private documents: Document[] = [];
  @state() private total: number | null = null;
  @state() private more = false;
  @state() private collections: string[] = [];
  @state() private wanted = "";
  @state() private collection = "";
  @state() private target = "";
  @state() private over = false;
  @state() private fault = "";
  @state() private loaded = false;
  @query("#files") private files!: HTMLInputElement;
  @query("#folder") private folder!: HTMLInputElement;
  private timer = 0;
  private typing = 0;
  private readonly queue = new UploadQueue(
    () => this.requestUpdate(),
    () => void this.load(),
  );

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
    void this.loadCollections();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  override render(): TemplateResult {
    return html`<div class="column" @dragover=${this.onDragOver} @dragleave=${() => (this.over = false)} @drop=${this.onDrop}>
      <header>
        <h1>${text.documents.title}</h1>
        <p class="quiet">${text.documents.lead}</p>
      </header>
      ${this.dropZone()} ${this.bar()}
      ${this.fault ? html`<p class="error" role="alert">${this.fault}</p>` : nothing}
      <p class="quiet small" role="status">${this.total === null ? "" : text.documents.count(this.total)}</p>
      <div class="rows">
        ${this.queue.uploads.map((upload) => this.sending(upload))}
        ${repeat(
          this.documents,
          (document) => document.id,
          (document) => html`<loracle-document-row
            .document=${document}
            @remove=${() => void this.delete(document)}
            @reread=${() => void this.reread(document)}
            @rename=${() => void this.rename(document)}
          ></loracle-document-row>`,
        )}
        ${this.loaded && !this.documents.length && !this.queue.uploads.length
          ? html`<p class="none quiet">${this.wanted ? text.documents.noneFound : text.documents.empty}</p>`
          : nothing}
      </div>
      ${this.more ? html`<button class="plain-border" @click=${() => void this.load(true)}>${text.more}</button>` : nothing}
    </div>`;
  }

  private dropZone(): TemplateResult {
    return html`<div class="drop ${this.over ? "over" : ""}">
      ${icon("upload", 26)}
      <p>${text.documents.drop}</p>
      <p class="quiet small">${text.documents.dropHint}</p>
      <div class="buttons">
        <button class="primary" @click=${() => this.files.click()}>${text.documents.add}</button>
        <button class="plain-border" @click=${() => this.folder.click()}>${text.documents.addFolder}</button>
        <input
          list="collections"
          aria-label=${text.documents.intoCollection}
          placeholder=${text.documents.intoCollection}
          .value=${this.target}
          @input=${(event: Event) => (this.target = (event.target as HTMLInputElement).value)}
        />
        <datalist id="collections">${this.collections.map((name) => html`<option value=${name}></option>`)}</datalist>
      </div>
      <input id="files" type="file" multiple hidden @change=${this.onFiles} />
      <input id="folder" type="file" webkitdirectory hidden @change=${this.onFiles} />
    </div>`;
  }

  private bar(): TemplateResult {
    return html`<div class="bar">
      <input
        type="search"
        aria-label=${text.documents.search}
        placeholder=${text.documents.search}
        @input=${(event: Event) => this.onSearch((event.target as HTMLInputElement).value)}
      />
      ${this.collections.length > 1
        ? html`<select
            aria-label=${text.documents.collection}
            @change=${(event: Event) => {
              this.collection = (event.target as HTMLSelectElement).value;
              void this.load();
            }}
          >
            <option value="">${text.documents.allCollections}</option>
            ${this.collections.map((name) => html`<option value=${name}>${name}</option>`)}
          </select>`
        : nothing}
    </div>`;
  }

  private sending(upload: Upload): TemplateResult {
    return html`<div class="upload">
      <span class="name">${upload.name}</span>
      ${upload.error
        ? html`<span class="fault" role="alert">${upload.error}</span>
            <button class="icon" aria-label=${text.close} @click=${() => this.queue.dismiss(upload)}>${icon("close", 16)}</button>`
        : html`<span class="quiet">${text.documents.sending(upload.share)}</span>
            <progress max="1" value=${upload.share} aria-label=${upload.name}></progress>`}
    </div>`;
  }

  private onDragOver(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.over = true;
  }

  private onDrop(event: DragEvent): void {
    event.preventDefault();
    this.over = false;
    if (event.dataTransfer) void droppedFiles(event.dataTransfer.items).then((files) => this.queue.add(files, this.target.trim()));
  }

  private onFiles(event: Event): void {
    const input = event.target as HTMLInputElement;
    this.queue.add([...(input.files ?? [])], this.target.trim());
    input.value = "";
  }

  private onSearch(wanted: string): void {
    this.wanted = wanted.trim();
    clearTimeout(this.typing);
    this.typing = window.setTimeout(() => void this.load(), 200);
  }

  private async load(more = false): Promise<void> {
    clearTimeout(this.timer);
    const query = {
      limit: PAGE,
      ...(this.wanted ? { q: this.wanted } : {}),
      ...(this.collection ? { collection: this.collection } : {}),
      ...(more && this.cursor ? { after: this.cursor } : {}),
    };
    try {
      const page = await must(api.GET("/api/v1/documents", { params: { query } }));
      this.documents = more ? [...this.documents, ...page.data] : page.data;
      this.total = page.total ?? null;
      this.more = page.has_more;
      this.cursor = page.next_cursor ?? null;
      this.fault = "";
    } catch (fault) {
      this.fault = shown(fault);
    }
    this.loaded = true;
    this.pollWhileBusy();
  }

  private cursor: string | null = null;

  /** Follow documents that are not finished; those that are stay as they are. */
  private pollWhileBusy(): void {
    clearTimeout(this.timer);
    if (!this.isConnected || this.documents.every((one) => FINAL.has(one.status))) return;
    this.timer = window.setTimeout(() => void this.refresh(), POLL_MS);
  }

  private async refresh(): Promise<void> {
    const unfinished = this.documents.filter((one) => !FINAL.has(one.status)).slice(0, 20);
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
      { name: "collection", label: text.documents.newCollection, value: document.collection },
    ]);
    if (!values) return;
    const body = { filename: values.filename!, collection: values.collection! } as Schemas["DocumentChangesIn"];
    const params = { path: { document_id: document.id } };
    await this.change(() => must(api.PATCH("/api/v1/documents/{document_id}", { params, body })));
    void this.loadCollections();
  }

  private async change(call: () => Promise<unknown>): Promise<void> {
    try {
      await call();
      await this.load();
    } catch (fault) {
      this.fault = shown(fault);
    }
  }
}
