import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { api, must, shown, type Schemas } from "../api/client";
import { text } from "../i18n";
import { confirmed } from "../ui/dialog";
import { modal } from "../ui/layout";
import { base } from "../ui/styles";
import "./who_sees";
import type { WhoSees } from "./who_sees";

type Collection = Schemas["CollectionOut"];
type Size = "chunk_tokens" | "chunk_overlap_tokens" | "section_tokens" | "keep_versions";

/** The settings of a collection: how its documents are divided, the versions to keep, who sees it. */
@customElement("loracle-collection-settings")
export class CollectionSettings extends LitElement {
  static override styles = [
    base,
    modal,
    css`
      dialog {
        width: min(30rem, calc(100vw - 2rem));
      }
      h2 {
        font: 600 1.05rem/1.3 var(--text);
        overflow-wrap: anywhere;
      }
      label {
        display: grid;
        gap: 0.25rem;
      }
      details {
        display: grid;
        gap: 0.9rem;
      }
      details > :not(summary) {
        margin-top: 0.9rem;
      }
      summary {
        cursor: pointer;
        font-weight: 600;
      }
      .again {
        display: grid;
        justify-items: start;
        gap: 0.4rem;
        padding-top: 0.9rem;
        border-top: 1px solid var(--line);
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        justify-content: flex-end;
        gap: 0.5rem;
      }
    `,
  ];

  @state() private collection: Collection | null = null;
  @state() private fault = "";
  @state() private waits = false; // for a group
  @query("loracle-who-sees") private readers!: WhoSees;
  @query("details") private advanced!: HTMLDetailsElement;
  @query("dialog") private dialog!: HTMLDialogElement;

  /** Show the settings of a collection. `changed` says that they were changed. */
  async open(name: string): Promise<void> {
    this.collection = null;
    this.fault = "";
    this.waits = false;
    this.dialog.showModal();
    try {
      this.collection = await must(api.GET("/api/v1/collections/{name}", { params: { path: { name } } }));
    } catch (fault) {
      this.fault = shown(fault);
    }
  }

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="title">
      <form @submit=${this.onSubmit} @invalid=${this.onInvalid} @input=${() => (this.waits = this.readers.isMissing)}>
        <h2 id="title">${this.collection ? text.documents.collectionSettings(this.collection.name) : text.loading}</h2>
        ${this.fault ? html`<p class="error" role="alert">${this.fault}</p>` : nothing}
        ${this.collection ? this.fields(this.collection) : nothing}
        <div class="buttons">
          <button type="button" class="plain-border" @click=${() => this.dialog.close()}>${text.cancel}</button>
          <button class="primary" ?disabled=${!this.collection || this.waits}>${text.save}</button>
        </div>
      </form>
    </dialog>`;
  }

  private fields(collection: Collection): TemplateResult {
    const { chunking } = collection;
    return html`
      ${collection.outdated ? html`<p class="quiet small">${text.documents.outdated(collection.outdated)}</p>` : nothing}
      <p class="quiet small">${text.documents.collectionMeaning}</p>
      <loracle-who-sees .groups=${collection.access.groups}></loracle-who-sees>
      <p class="quiet small">${text.documents.accessRule}</p>
      ${this.size("keep_versions", text.documents.keepVersions, null, 0, 1000)}
      <details>
        <summary>${text.documents.advanced}</summary>
        <p class="quiet small">${text.documents.advancedHint}</p>
        ${this.size("chunk_tokens", text.documents.chunkTokens, chunking.tokens, 32, 480)}
        ${this.size("chunk_overlap_tokens", text.documents.overlapTokens, chunking.overlap_tokens, 0, 200)}
        ${this.size("section_tokens", text.documents.sectionTokens, chunking.section_tokens, 0, 4000)}
        <div class="again">
          <p class="quiet small">${text.documents.readAllHint}</p>
          <button type="button" class="plain-border" @click=${() => void this.readAll()}>${text.documents.readAll}</button>
        </div>
      </details>
    `;
  }

  private size(name: Size, label: string, usual: number | null, least: number, most: number): TemplateResult {
    const own = this.collection![name];
    return html`<label
      >${label}
      <input
        type="number"
        name=${name}
        min=${least}
        max=${most}
        placeholder=${text.documents.usual(own === null ? usual : null)}
        .value=${own === null ? "" : String(own)}
      />
    </label>`;
  }

  /** A size that is not allowed is shown, else the browser could not say what is wrong. */
  private readonly onInvalid = { handleEvent: () => (this.advanced.open = true), capture: true };

  private onSubmit(event: SubmitEvent): void {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const size = (name: Size) => (form.get(name) ? Number(form.get(name)) : null);
    const groups = this.readers.chosen;
    void this.save({
      chunk_tokens: size("chunk_tokens"),
      chunk_overlap_tokens: size("chunk_overlap_tokens"),
      section_tokens: size("section_tokens"),
      keep_versions: size("keep_versions"),
      access: { groups: [...groups] },
    });
  }

  private async save(body: Schemas["CollectionIn"]): Promise<void> {
    const params = { path: { name: this.collection!.name } };
    await this.attempt(() => must(api.PUT("/api/v1/collections/{name}", { params, body })));
  }

  private async readAll(): Promise<void> {
    const { name, documents } = this.collection!;
    if (!(await confirmed(text.documents.confirmReadAll(documents)))) return;
    await this.attempt(() => must(api.POST("/api/v1/collections/{name}/reparse", { params: { path: { name } } })));
  }

  private async attempt(call: () => Promise<unknown>): Promise<void> {
    try {
      await call();
      this.dialog.close();
      this.dispatchEvent(new Event("changed"));
    } catch (fault) {
      this.fault = shown(fault);
    }
  }
}
