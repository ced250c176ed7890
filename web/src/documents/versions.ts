import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { api, must, shown, type Schemas } from "../api/client";
import { text } from "../i18n";
import { bytes, day } from "../ui/format";
import { base } from "../ui/styles";
import { openDocument } from "./open";

type Version = Schemas["DocumentVersionOut"];

/** The versions of a document, newest first; those whose text is kept can be read. */
@customElement("loracle-versions")
export class Versions extends LitElement {
  static override styles = [
    base,
    css`
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.1rem 0.8rem;
        padding-block: 0.35rem;
      }
      li + li {
        border-top: 1px solid var(--line);
      }
      button {
        padding: 0;
        color: var(--accent);
        font-weight: 600;
      }
      button:hover:not(:disabled) {
        background: none;
        text-decoration: underline;
      }
      .failed {
        color: var(--bad);
      }
      .live {
        border-radius: 999px;
        padding: 0.05rem 0.55rem;
        background: var(--accent);
        color: var(--accent-ink);
        font-size: 0.78rem;
      }
    `,
  ];

  @property({ attribute: false }) document!: Schemas["DocumentOut"];
  @state() private versions: Version[] = [];
  @state() private fault = "";

  override willUpdate(changes: PropertyValues<this>): void {
    if (!changes.has("document")) return;
    const before = changes.get("document") as Schemas["DocumentOut"] | undefined;
    const { id, version, status } = this.document;
    if (!before || before.id !== id || before.version !== version || before.status !== status) void this.load();
  }

  override render(): TemplateResult {
    return html`${this.fault ? html`<p class="error" role="alert">${this.fault}</p>` : nothing}
      <ul>
        ${this.versions.map((version) => this.row(version))}
      </ul>`;
  }

  private row(version: Version): TemplateResult {
    const words = text.documents.version(version.version);
    const live = version.version === this.document.live_version;
    return html`<li>
      ${version.readable
        ? html`<button aria-label=${text.documents.openVersion(version.version)} @click=${() => this.open(version)}>${words}</button>`
        : html`<span>${words}</span>`}
      ${live ? html`<span class="live">${text.documents.answersNow}</span>` : nothing}
      <span class="small quiet">${text.documents.states[version.status] ?? version.status}</span>
      <span class="small quiet">${bytes(version.bytes)}</span>
      <span class="small quiet">${day(version.created_at)}</span>
      ${version.status === "ready" && !version.readable ? html`<span class="small quiet">${text.documents.textGone}</span>` : nothing}
      ${version.error ? html`<span class="small failed">${version.error.message}</span>` : nothing}
    </li>`;
  }

  private open({ version }: Version): void {
    openDocument(this, this.document.id, this.document.filename, version);
  }

  private async load(): Promise<void> {
    const params = { path: { document_id: this.document.id }, query: { limit: 100 } };
    try {
      this.versions = (await must(api.GET("/api/v1/documents/{document_id}/versions", { params }))).data;
      this.fault = "";
    } catch (fault) {
      this.fault = shown(fault);
    }
  }
}
