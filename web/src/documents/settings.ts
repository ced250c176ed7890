import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { api, must, shown, type Schemas } from "../api/client";
import { text } from "../i18n";
import "../ui/choice_or_new";
import type { ChoiceOrNew } from "../ui/choice_or_new";
import { base } from "../ui/styles";
import "./metadata";
import type { MetadataEditor } from "./metadata";
import "./who_sees";
import type { WhoSees } from "./who_sees";

type Document = Schemas["DocumentOut"];
type Changes = Schemas["DocumentChangesIn"];

/** What of a document can be set: its name, collection, readers and metadata, with one way to save. `changed` has the document. */
@customElement("loracle-document-settings")
export class DocumentSettings extends LitElement {
  static override styles = [
    base,
    css`
      form {
        display: grid;
        gap: 1rem;
      }
      .pair {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr));
        gap: 0.8rem;
        align-items: start;
      }
      .pair label {
        display: grid;
        gap: 0.25rem;
      }
      input {
        min-height: 2.6rem;
      }
      .rule {
        margin-top: 0.4rem;
      }
      summary {
        cursor: pointer;
      }
      details > :not(summary) {
        margin-top: 0.6rem;
      }
      .end {
        display: flex;
        align-items: center;
        gap: 0.7rem;
      }
      .end button {
        min-height: 2.6rem;
      }
    `,
  ];

  @property({ attribute: false }) document!: Document;
  @state() private collections: Schemas["CollectionOut"][] = [];
  @state() private changed = false;
  @state() private waits = false; // for a group
  @state() private saved = false;
  @state() private fault = "";
  @query("form") private form!: HTMLFormElement;
  @query("loracle-choice-or-new") private chosenCollection!: ChoiceOrNew;
  @query("loracle-metadata") private metadata!: MetadataEditor;
  @query("loracle-who-sees") private readers!: WhoSees;
  @query("details") private folded!: HTMLDetailsElement;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.readCollections();
  }

  private async readCollections(): Promise<void> {
    try {
      this.collections = (await must(api.GET("/api/v1/collections"))).data;
    } catch {
      this.collections = []; // a collection can be named all the same
    }
  }

  override willUpdate(changes: PropertyValues<this>): void {
    const before = changes.get("document") as Document | undefined;
    if (before && before.id !== this.document.id) this.changed = this.saved = false;
  }

  override render(): TemplateResult {
    const { document } = this;
    const fields = Object.keys(document.metadata).length;
    return html`<form @input=${this.onInput} @submit=${this.onSubmit}>
      <div class="pair">
        <label>${text.documents.newName}<input name="filename" .value=${document.filename} required maxlength="1000" /></label>
        <loracle-choice-or-new
          name="collection"
          .label=${text.documents.newCollection}
          .value=${document.collection}
          .options=${this.collections.map((one) => one.name)}
          .newChoice=${text.documents.otherCollection}
          .newLabel=${text.documents.otherCollectionName}
        ></loracle-choice-or-new>
      </div>
      <p class="quiet small">${text.documents.collectionMeaning}</p>
      <div>
        <loracle-who-sees .groups=${document.access.groups}></loracle-who-sees>
        <p class="quiet small rule">${this.collectionAccess()} ${text.documents.accessRule}</p>
      </div>
      <details>
        <summary>${text.documents.metadata}${fields ? ` (${text.documents.fields(fields)})` : ""}</summary>
        <p class="quiet small">${text.documents.metadataHint}</p>
        <loracle-metadata .metadata=${document.metadata}></loracle-metadata>
      </details>
      ${this.fault ? html`<p class="error" role="alert">${this.fault}</p>` : nothing}
      <div class="end">
        <button class="primary" ?disabled=${!this.changed || this.waits}>${text.save}</button>
        <span class="small quiet" role="status">${this.saved ? text.documents.saved : ""}</span>
      </div>
    </form>`;
  }

  private collectionAccess(): string {
    const found = this.collections.find((one) => one.name === this.document.collection);
    if (!found) return "";
    const { groups } = found.access;
    return groups.length ? text.documents.openTo(found.name, groups.join(", ")) : text.documents.openToAll(found.name);
  }

  private onInput(): void {
    this.changed = true;
    this.saved = false;
    this.waits = this.readers.isMissing;
  }

  private onSubmit(event: SubmitEvent): void {
    event.preventDefault();
    const metadata = this.metadata.read();
    if (metadata === null) {
      this.folded.open = true;
      return;
    }
    const form = new FormData(this.form);
    const groups = this.readers.chosen;
    const now = {
      filename: String(form.get("filename")),
      collection: String(form.get("collection")),
      metadata,
      access: { groups: [...groups] },
    };
    void this.save(different(this.document, now));
  }

  private async save(body: Changes): Promise<void> {
    const params = { path: { document_id: this.document.id } };
    try {
      const detail = await must(api.PATCH("/api/v1/documents/{document_id}", { params, body }));
      this.changed = false;
      this.saved = true;
      this.fault = "";
      this.dispatchEvent(new CustomEvent("changed", { detail }));
      if (body.collection !== undefined) {
        await this.readCollections(); // it may be a new one, and its readers are shown
        this.chosenCollection.settle();
      }
    } catch (fault) {
      this.fault = shown(fault);
    }
  }
}

/** What differs from the document as it is: the rest may be of others, and stays untouched. */
function different(document: Document, now: Required<Pick<Document, "filename" | "collection" | "metadata" | "access">>): Changes {
  const names = Object.keys(now) as (keyof typeof now)[];
  const changed = names.filter((name) => JSON.stringify(now[name]) !== JSON.stringify(document[name]));
  return Object.fromEntries(changed.map((name) => [name, now[name]])) as Changes;
}
