import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { shown, type Schemas } from "../api/client";
import { mayWrite } from "../api/me";
import { text } from "../i18n";
import { bytes, day } from "../ui/format";
import type { Action } from "../ui/action_menu";
import { facts } from "../ui/layout";
import { base } from "../ui/styles";
import "../ui/action_menu";
import { download } from "./download";
import { openDocument } from "./open";

/** One document: its name, its state with progress, its warnings, and what can be done with it. */
@customElement("loracle-document-row")
export class DocumentRow extends LitElement {
  static override styles = [
    base,
    facts,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 0.1rem 0.8rem;
        align-items: center;
        padding: 0.55rem 0.9rem;
      }
      .name {
        border: 0;
        padding: 0;
        font-weight: 600;
        text-align: left;
        overflow-wrap: anywhere;
      }
      button.name:hover:not(:disabled) {
        background: none;
        text-decoration: underline;
      }
      .failed {
        color: var(--bad);
      }
      .busy {
        color: var(--accent);
      }
      .tools {
        display: flex;
        align-items: center;
        gap: 0.3rem;
      }
      progress {
        width: 7rem;
        accent-color: var(--accent);
      }
      summary {
        cursor: pointer;
        color: var(--warn);
      }
      .notes {
        grid-column: 1 / -1;
        font-size: 0.88rem;
        overflow-wrap: anywhere;
      }
      .notes li {
        margin: 0.2rem 0 0 1rem;
        list-style: disc;
      }
    `,
  ];

  @property({ attribute: false }) document!: Schemas["DocumentOut"];
  @state() private fault = "";

  override render(): TemplateResult {
    const { document } = this;
    const readable = document.live_version !== null;
    return html`
      <div>
        <button class="name" ?disabled=${!readable} @click=${this.open}>${document.filename}</button>
        <div class="facts">${this.stateOf()} ${this.facts()}</div>
      </div>
      <div class="tools">
        ${readable
          ? html`<button class="plain-border" aria-label=${text.documents.open(document.filename)} @click=${this.open}>
              ${text.documents.openShort}
            </button>`
          : nothing}
        <loracle-action-menu .label=${text.documents.more(document.filename)} .actions=${this.actions()}></loracle-action-menu>
      </div>
      ${this.notes()}
    `;
  }

  private actions(): Action[] {
    const { id } = this.document;
    const reading: Action[] = [
      { icon: "sliders", label: text.documents.details, run: () => (location.hash = `#/documents/${id}`) },
      { icon: "download", label: text.documents.download, run: () => void this.download() },
    ];
    if (!mayWrite()) return reading;
    return [
      ...reading,
      { icon: "edit", label: text.documents.rename, run: () => this.tell("rename") },
      { icon: "again", label: text.documents.reread, run: () => this.tell("reread") },
      { icon: "trash", label: text.documents.removeShort, run: () => this.tell("remove"), danger: true },
    ];
  }

  private stateOf(): TemplateResult {
    const { status, progress, stage } = this.document;
    const words = text.documents.states[status] ?? status;
    if (status === "ready") return html`<span>${words}</span>`;
    if (status === "failed" || status === "cancelled") return html`<span class="failed">${words}</span>`;
    const left = stage?.eta_s ? `, ${text.documents.left(stage.eta_s)}` : "";
    return html`<span class="busy" role="status">${words}${left}</span>
      <progress max="1" value=${progress} aria-label=${words}></progress>`;
  }

  private facts(): TemplateResult {
    const { collection, pages, bytes: size, created_at, version } = this.document;
    const facts = [
      text.documents.inCollection(collection),
      pages ? text.documents.pages(pages) : "",
      bytes(size),
      version > 1 ? text.documents.version(version) : "",
      day(created_at),
    ];
    return html`${facts.filter(Boolean).map((fact) => html`<span>${fact}</span>`)}`;
  }

  private notes(): TemplateResult | typeof nothing {
    const { error, warnings } = this.document;
    if (this.fault) return html`<p class="notes failed" role="alert">${this.fault}</p>`;
    if (error) return html`<p class="notes failed">${error.message}</p>`;
    if (!warnings.length) return nothing;
    return html`<details class="notes">
      <summary>${text.documents.warnings(warnings.length)}</summary>
      <ul>
        ${warnings.map((one) => html`<li>${one.message}</li>`)}
      </ul>
    </details>`;
  }

  private open(): void {
    const { id, filename, live_version } = this.document;
    openDocument(this, id, filename, live_version);
  }

  private tell(name: string): void {
    this.dispatchEvent(new Event(name));
  }

  private async download(): Promise<void> {
    try {
      await download(this.document.id, this.document.filename);
      this.fault = "";
    } catch (fault) {
      this.fault = shown(fault);
    }
  }
}
