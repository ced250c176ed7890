import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { api, must, shown, type Schemas } from "../api/client";
import { mayWrite } from "../api/me";
import { text } from "../i18n";
import { confirmed } from "../ui/dialog";
import { bytes, day, fileKind } from "../ui/format";
import { icon, type IconName } from "../ui/icons";
import { view } from "../ui/layout";
import { loading } from "../ui/loading";
import { base } from "../ui/styles";
import { download } from "./download";
import { openDocument } from "./open";
import "./passages";
import "./settings";
import "./versions";

type Document = Schemas["DocumentOut"];
const POLL_MS = 1500;
const FINAL = new Set(["ready", "failed", "cancelled"]);

/** One document: what it is, its settings, versions and passages, and apart from all that reading it again and deleting it. */
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
      .careful button {
        min-height: 2.6rem;
      }
      section,
      details {
        padding: 1rem;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--raised);
      }
      summary {
        font: 600 1.05rem/1.3 var(--text);
      }
      details > :not(summary) {
        margin-top: 0.6rem;
      }
      .careful {
        display: grid;
        gap: 0.6rem;
        margin-top: 1rem;
        background: none;
      }
      .careful div {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 0.5rem 1rem;
      }
      .careful p {
        flex: 1 1 18rem;
      }
    `,
  ];

  @property() documentId = "";
  @state() private document: Document | null = null;
  @state() private fault = "";
  @state() private searched = false; // its passages were unfolded
  private gone = false; // it was deleted here: nothing is asked about it any more
  private timer = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  override willUpdate(changes: PropertyValues<this>): void {
    if (!changes.has("documentId")) return;
    this.document = null;
    this.searched = false;
    this.gone = false;
    void this.load();
  }

  override render(): TemplateResult {
    const { document } = this;
    return html`<div class="column">
      <a href="#/documents">${text.documents.back}</a>
      ${this.fault ? html`<p class="error" role="alert">${this.fault}</p>` : nothing}
      ${document ? this.parts(document) : this.fault ? nothing : html`<h1>${text.documents.details}</h1>${loading()}`}
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
      ${mayWrite()
        ? html`<section aria-label=${text.documents.general}>
            <loracle-document-settings
              .document=${document}
              @changed=${(event: CustomEvent<Document>) => (this.document = event.detail)}
            ></loracle-document-settings>
          </section>`
        : nothing}
      <details>
        <summary>${text.documents.versions} (${document.version})</summary>
        <loracle-versions .document=${document}></loracle-versions>
      </details>
      ${document.live_version === null ? nothing : this.passages(document)} ${mayWrite() ? this.careful(document) : nothing}
    `;
  }

  private passages(document: Document): TemplateResult {
    return html`<details @toggle=${(event: ToggleEvent) => (this.searched ||= event.newState === "open")}>
      <summary>${text.documents.passages}</summary>
      <p class="quiet small">${text.documents.passagesHint}</p>
      ${this.searched ? html`<loracle-passages .document=${document}></loracle-passages>` : nothing}
    </details>`;
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
    const tool = (name: IconName, label: string, action: () => Promise<unknown>) => html`<button
      class="plain-border with-icon"
      @click=${() => void this.attempt(action)}
    >
      ${icon(name, 18)} ${label}
    </button>`;
    return html`
      ${document.live_version === null
        ? nothing
        : html`<button class="primary" @click=${() => openDocument(this, document.id, document.filename, document.live_version)}>${text.documents.openDocument}</button>`}
      ${tool("download", text.documents.download, () => download(document.id, document.filename))}
      ${mayWrite() && !FINAL.has(document.status)
        ? tool("stop", text.documents.cancelReading, () =>
            must(api.POST("/api/v1/documents/{document_id}/cancel", { params: { path: { document_id: document.id } } })),
          )
        : nothing}
    `;
  }

  /** What costs time or cannot be undone. */
  private careful(document: Document): TemplateResult {
    const params = { path: { document_id: document.id } };
    const reread = () => must(api.POST("/api/v1/documents/{document_id}/reparse", { params }));
    return html`<section class="careful" aria-label=${text.documents.careful}>
      ${FINAL.has(document.status)
        ? html`<div>
            <p class="quiet small">${text.documents.rereadHint}</p>
            <button class="plain-border with-icon" @click=${() => void this.attempt(reread)}>${icon("again", 18)} ${text.documents.reread}</button>
          </div>`
        : nothing}
      <div>
        <p class="quiet small">${text.documents.removeHint}</p>
        <button class="plain-border with-icon danger" @click=${() => void this.attempt(() => this.delete(document))}>
          ${icon("trash", 18)} ${text.documents.removeShort}
        </button>
      </div>
    </section>`;
  }

  private async attempt(action: () => Promise<unknown>): Promise<void> {
    this.fault = "";
    try {
      await action();
      if (this.isConnected && !this.gone) await this.load();
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
    clearTimeout(this.timer);
    await must(api.DELETE("/api/v1/documents/{document_id}", { params: { path: { document_id: document.id } } }));
    this.gone = true;
    location.hash = "#/documents";
  }
}
