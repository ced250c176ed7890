import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { api, must, shown, type Schemas } from "../api/client";
import { text } from "../i18n";
import { filledIn } from "../ui/dialog";
import { icon } from "../ui/icons";
import { base } from "../ui/styles";
import "../ui/choice_or_new";
import type { ChoiceOrNew } from "../ui/choice_or_new";
import { droppedFiles, UploadQueue, type Upload } from "./upload";

const USUAL = "default"; // the collection of documents for which none is chosen

/** How documents come in: files and folders that are dropped or chosen, or a URL. `accepted` says that one was taken. */
@customElement("loracle-intake")
export class Intake extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: 0.6rem;
      }
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
      .begin {
        display: none;
      }
      .invitation {
        display: grid;
        justify-items: center;
        gap: 0.5rem;
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        justify-content: center;
        gap: 0.6rem;
        align-items: end;
      }
      .buttons button,
      .begin {
        min-height: 2.6rem;
      }
      .target {
        display: grid;
        grid-template-columns: minmax(10rem, 16rem) minmax(0, 1fr);
        align-items: end;
        gap: 0.4rem 1rem;
        width: 100%;
        max-width: 44rem;
        margin-top: 0.5rem;
        padding-top: 0.8rem;
        border-top: 1px solid var(--line);
        text-align: left;
      }
      @media (hover: none) {
        .invitation {
          display: none;
        }
      }
      @media (max-width: 40rem) {
        .begin {
          display: block;
        }
        .drop {
          padding: 0.9rem;
        }
        .drop:not(.open),
        .invitation {
          display: none;
        }
        .buttons {
          width: 100%;
        }
        .buttons > * {
          flex: 1 1 100%;
        }
        .target {
          grid-template-columns: minmax(0, 1fr);
        }
      }
      .uploads {
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--raised);
        max-height: 16rem;
        overflow-y: auto;
      }
      .upload {
        display: flex;
        align-items: center;
        gap: 0.8rem;
        padding: 0.6rem 0.9rem;
        overflow-wrap: anywhere;
      }
      .upload + .upload {
        border-top: 1px solid var(--line);
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

  @property({ attribute: false }) collections: readonly string[] = [];
  @state() private target = USUAL;
  @state() private open = false; // the choices, on a phone
  @state() private over = false;
  @state() private fetching = false;
  @state() private fault = "";
  @query("#files") private files!: HTMLInputElement;
  @query("#folder") private folder!: HTMLInputElement;
  private readonly queue = new UploadQueue(
    () => this.requestUpdate(),
    () => this.accepted(),
  );

  override render(): TemplateResult {
    return html`<button class="primary begin" aria-expanded=${this.open} aria-controls="choices" @click=${() => (this.open = !this.open)}>
        ${text.documents.addDocuments}
      </button>
      <div
        id="choices"
        class="drop ${this.over ? "over" : ""} ${this.open ? "open" : ""}"
        @dragover=${this.onDragOver}
        @dragleave=${() => (this.over = false)}
        @drop=${this.onDrop}
      >
        <div class="invitation">
          ${icon("upload", 26)}
          <p>${text.documents.drop}</p>
        </div>
        <p class="quiet small">${text.documents.dropHint}</p>
        <div class="buttons">
          <button class="primary" @click=${() => this.isNamed() && this.files.click()}>${text.documents.add}</button>
          <button class="plain-border" @click=${() => this.isNamed() && this.folder.click()}>${text.documents.addFolder}</button>
          <button class="plain-border" ?disabled=${this.fetching} @click=${() => void this.addUrl()}>
            ${this.fetching ? text.documents.fetching : text.documents.addUrl}
          </button>
        </div>
        <div class="target">
          <loracle-choice-or-new
            .label=${text.documents.intoCollection}
            .value=${this.target}
            .options=${[...new Set([USUAL, ...this.collections])]}
            .newChoice=${text.documents.otherCollection}
            .newLabel=${text.documents.otherCollectionName}
            @input=${(event: Event) => {
              this.target = (event.target as ChoiceOrNew).value;
              if (this.target) this.fault = "";
            }}
          ></loracle-choice-or-new>
          <p class="quiet small">${text.documents.collectionMeaning}</p>
        </div>
        <input id="files" type="file" multiple hidden @change=${this.onFiles} />
        <input id="folder" type="file" webkitdirectory hidden @change=${this.onFiles} />
      </div>
      ${this.fault ? html`<p class="error" role="alert">${this.fault}</p>` : nothing}
      ${this.queue.uploads.length
        ? html`<div class="uploads">${this.queue.uploads.map((upload) => this.sending(upload))}</div>`
        : nothing}`;
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
    if (event.dataTransfer && this.isNamed()) void droppedFiles(event.dataTransfer.items).then((files) => this.queue.add(files, this.target));
  }

  private onFiles(event: Event): void {
    const input = event.target as HTMLInputElement;
    this.queue.add([...(input.files ?? [])], this.target);
    input.value = "";
  }

  /** Whether it is said where documents go: a new collection needs its name first. */
  private isNamed(): boolean {
    this.fault = this.target ? "" : text.documents.nameFirst;
    if (!this.target) this.open = true;
    return this.target !== "";
  }

  private async addUrl(): Promise<void> {
    if (!this.isNamed()) return;
    const values = await filledIn(text.documents.addUrl, [{ name: "url", label: text.documents.url, value: "https://" }]);
    if (!values) return;
    const body = { url: values.url!.trim(), collection: this.target } as Schemas["FromUrlIn"];
    this.fetching = true;
    this.fault = "";
    try {
      await must(api.POST("/api/v1/documents/from-url", { body }));
      this.accepted();
    } catch (fault) {
      this.fault = shown(fault);
    } finally {
      this.fetching = false;
    }
  }

  private accepted(): void {
    this.dispatchEvent(new Event("accepted"));
  }
}
