import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { api, must, shown, type Schemas } from "../api/client";
import { mayWrite } from "../api/me";
import { text } from "../i18n";
import { confirmed } from "../ui/dialog";
import { bytes, day, fileKind } from "../ui/format";
import { icon, type IconName } from "../ui/icons";
import { view } from "../ui/layout";
import { base } from "../ui/styles";
import { download } from "./download";
import { openDocument } from "./open";
import "./groups";
import "./metadata";
import "./passages";
import "./versions";

type Document = Schemas["DocumentOut"];
type Changes = Schemas["DocumentChangesIn"];
type Tool = (name: IconName, label: string, action: () => Promise<unknown>, look?: string) => TemplateResult;
const POLL_MS = 1500;
const FINAL = new Set(["ready", "failed", "cancelled"]);

/** One document: its name and place, metadata, access, versions and passages. */
@customElement("loracle-document-page")
export class DocumentPage extends LitElement {
  static override styles = [
    base,
    view,
    css`
      h1 {
        overflow-wrap: anywhere;
      }
      .tools {
        flex-wrap: wrap;
        gap: 0.6rem;
        margin-top: 0.4rem;
      }
      .tools button,
      .end button {
        min-height: 2.6rem;
      }
      section {
        display: grid;
        gap: 0.6rem;
        padding: 1rem;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--raised);
      }
      section h2 {
        margin-top: 0;
      }
      .pair {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr));
        gap: 0.8rem;
        align-items: end;
      }
      label {
        display: grid;
        gap: 0.25rem;
      }
      .end {
        display: flex;
        align-items: center;
        gap: 0.7rem;
      }
    `,
  ];

  @property() documentId = "";
  @state() private document: Document | null = null;
  @state() private fault = "";
  @state() private changed: ReadonlySet<string> = new Set(); // the parts that were changed and not saved
  @state() private saved = ""; // the part that was saved last
  private timer = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  override willUpdate(changes: PropertyValues<this>): void {
    if (!changes.has("documentId")) return;
    this.document = null;
    this.changed = new Set();
    void this.load();
  }

  override render(): TemplateResult {
    const { document } = this;
    return html`<div class="column">
      <a href="#/documents">${text.documents.back}</a>
      ${this.fault ? html`<p class="error" role="alert">${this.fault}</p>` : nothing}
      ${document ? this.parts(document) : this.fault ? nothing : html`<p class="quiet">${text.loading}</p>`}
    </div>`;
  }

  private parts(document: Document): TemplateResult {
    return html`
      <header>
        <h1>${document.filename}</h1>
        <div class="facts">${this.facts(document).map((fact) => html`<span>${fact}</span>`)}</div>
        ${document.error ? html`<p class="failed">${document.error.message}</p>` : nothing}
        ${document.warnings.map((one) => html`<p class="warning small">${one.message}</p>`)}
        <div class="tools">${this.tools(document)}</div>
      </header>
      ${mayWrite() ? this.changeable(document) : nothing}
      <section aria-label=${text.documents.versions}>
        <h2>${text.documents.versions}</h2>
        <loracle-versions .document=${document}></loracle-versions>
      </section>
      ${document.live_version === null
        ? nothing
        : html`<section aria-label=${text.documents.passages}>
            <h2>${text.documents.passages}</h2>
            <p class="quiet small">${text.documents.passagesHint}</p>
            <loracle-passages .document=${document}></loracle-passages>
          </section>`}
    `;
  }

  private changeable(document: Document): TemplateResult {
    return html`
      <section aria-label=${text.documents.general}>${this.general(document)}</section>
      <section aria-label=${text.documents.metadata}>
        <h2>${text.documents.metadata}</h2>
        <p class="quiet small">${text.documents.metadataHint}</p>
        <loracle-metadata
          .metadata=${document.metadata}
          @save=${(event: CustomEvent<Changes["metadata"]>) => void this.change("metadata", { metadata: event.detail })}
        ></loracle-metadata>
        ${this.notice("metadata")}
      </section>
      <section aria-label=${text.documents.access}>
        <h2>${text.documents.access}</h2>
        <p class="quiet small">${text.documents.accessHint}</p>
        <form class="end" @input=${() => this.mark("access", true)} @submit=${this.onAccess}>
          <loracle-groups .groups=${document.access.groups}></loracle-groups>
          ${this.saveButton("access")} ${this.notice("access")}
        </form>
      </section>
    `;
  }

  private facts(document: Document): string[] {
    const { status, stage, pages, media_type, filename } = document;
    const left = stage?.eta_s ? `, ${text.documents.left(stage.eta_s)}` : "";
    return [
      (text.documents.states[status] ?? status) + left,
      text.documents.inCollection(document.collection),
      pages ? text.documents.pages(pages) : "",
      bytes(document.bytes),
      fileKind(filename, media_type),
      day(document.created_at),
    ].filter(Boolean);
  }

  private tools(document: Document): TemplateResult {
    const tool: Tool = (name, label, action, look = "") => html`<button
      class="plain-border with-icon ${look}"
      @click=${() => void this.attempt(action)}
    >
      ${icon(name, 18)} ${label}
    </button>`;
    return html`
      ${document.live_version === null
        ? nothing
        : html`<button class="primary" @click=${() => openDocument(this, document.id, document.filename, document.live_version)}>${text.documents.openDocument}</button>`}
      ${tool("download", text.documents.download, () => download(document.id, document.filename))}
      ${mayWrite() ? this.changes(document, tool) : nothing}
    `;
  }

  private changes(document: Document, tool: Tool): TemplateResult {
    const params = { path: { document_id: document.id } };
    return html`
      ${FINAL.has(document.status)
        ? tool("again", text.documents.reread, () => must(api.POST("/api/v1/documents/{document_id}/reparse", { params })))
        : tool("stop", text.documents.cancelReading, () => must(api.POST("/api/v1/documents/{document_id}/cancel", { params })))}
      ${tool("trash", text.documents.removeShort, () => this.delete(document), "danger")}
    `;
  }

  private general(document: Document): TemplateResult {
    return html`<form class="pair" @input=${() => this.mark("general", true)} @submit=${this.onGeneral}>
      <label>${text.documents.newName}<input name="filename" .value=${document.filename} required maxlength="1000" /></label>
      <label>${text.documents.newCollection}<input name="collection" .value=${document.collection} required maxlength="200" /></label>
      <div class="end">${this.saveButton("general")} ${this.notice("general")}</div>
    </form>`;
  }

  private saveButton(part: string): TemplateResult {
    return html`<button class="primary" ?disabled=${!this.changed.has(part)}>${text.save}</button>`;
  }

  private mark(part: string, changed: boolean): void {
    const others = [...this.changed].filter((one) => one !== part);
    this.changed = new Set(changed ? [...others, part] : others);
  }

  private notice(part: string): TemplateResult {
    return html`<span class="small quiet" role="status">${this.saved === part ? text.documents.saved : ""}</span>`;
  }

  private onGeneral(event: SubmitEvent): void {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const body = { filename: String(form.get("filename")), collection: String(form.get("collection")) };
    void this.change("general", body);
  }

  private onAccess(event: SubmitEvent): void {
    event.preventDefault();
    const { groups } = (event.target as HTMLFormElement).querySelector("loracle-groups")!;
    void this.change("access", { access: { groups: [...groups] } });
  }

  private async change(part: string, body: Changes): Promise<void> {
    const params = { path: { document_id: this.documentId } };
    this.saved = "";
    await this.attempt(async () => {
      this.document = await must(api.PATCH("/api/v1/documents/{document_id}", { params, body }));
      this.mark(part, false);
      this.saved = part;
    }, false);
    this.follow();
  }

  private async attempt(action: () => Promise<unknown>, reload = true): Promise<void> {
    this.fault = "";
    try {
      await action();
      if (reload && this.isConnected) await this.load();
    } catch (fault) {
      this.fault = shown(fault);
      this.scrollTo({ top: 0 });
    }
  }

  private async load(): Promise<void> {
    const id = this.documentId;
    try {
      const document = await must(api.GET("/api/v1/documents/{document_id}", { params: { path: { document_id: id } } }));
      if (id === this.documentId) this.document = document;
    } catch (fault) {
      if (id === this.documentId) this.fault = shown(fault);
    }
    this.follow();
  }

  /** Look again while the document is read. */
  private follow(): void {
    clearTimeout(this.timer);
    if (!this.isConnected || !this.document || FINAL.has(this.document.status)) return;
    this.timer = window.setTimeout(() => void this.load(), POLL_MS);
  }

  private async delete(document: Document): Promise<void> {
    if (!(await confirmed(text.documents.confirmRemove(document.filename)))) return;
    await must(api.DELETE("/api/v1/documents/{document_id}", { params: { path: { document_id: document.id } } }));
    clearTimeout(this.timer);
    location.hash = "#/documents";
  }
}
