import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { text } from "../i18n";
import { icon } from "../ui/icons";
import { base } from "../ui/styles";

type Value = string | number | boolean;
type Kind = "string" | "number" | "boolean";

interface Field {
  name: string;
  kind: Kind;
  value: string; // as it is typed; "true" or "false" of a boolean
}

const KINDS: Kind[] = ["string", "number", "boolean"];

/** The metadata of a document as fields that can be changed. Says `input` when one is added or taken out, too. */
@customElement("loracle-metadata")
export class MetadataEditor extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: 0.5rem;
        justify-items: stretch;
      }
      .field {
        display: grid;
        grid-template-columns: minmax(0, 2fr) auto minmax(0, 3fr) auto;
        gap: 0.4rem;
      }
      .field > * {
        min-width: 0;
      }
      .add {
        justify-self: start;
      }
      @media (max-width: 40rem) {
        .field {
          grid-template-columns: minmax(0, 1fr) auto;
        }
      }
    `,
  ];

  @property({ attribute: false }) metadata: Record<string, unknown> = {};
  @state() private fields: Field[] = [];
  @state() private fault = "";

  override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has("metadata") && !same(changes.get("metadata") as object | undefined, this.metadata)) {
      this.fields = fieldsOf(this.metadata);
    }
  }

  override render(): TemplateResult {
    return html`
      ${this.fields.length ? nothing : html`<p class="quiet small">${text.documents.noMetadata}</p>`}
      ${this.fields.map((field) => this.field(field))}
      ${this.fault ? html`<p class="error" role="alert">${this.fault}</p>` : nothing}
      <button type="button" class="plain-border add" @click=${() => void this.add()}>${text.documents.addField}</button>
    `;
  }

  /** The fields as they are now; null if one is wrong, which is shown then. */
  read(): Record<string, Value> | null {
    const values = new Map<string, Value>();
    for (const { name: typed, kind, value } of this.fields) {
      const name = typed.trim();
      const number = Number(value.trim().replace(",", "."));
      const wrong = kind === "number" && (!value.trim() || !Number.isFinite(number));
      this.fault = !name
        ? text.documents.noFieldName
        : wrong
          ? text.documents.noNumber(name)
          : values.has(name)
            ? text.documents.twice(name)
            : "";
      if (this.fault) return null;
      values.set(name, kind === "number" ? number : kind === "boolean" ? value === "true" : value);
    }
    this.fault = "";
    return Object.fromEntries(values);
  }

  private field(field: Field): TemplateResult {
    const remove = text.documents.removeField(field.name);
    return html`<div class="field">
      <input
        aria-label=${text.documents.fieldName}
        placeholder=${text.documents.fieldName}
        .value=${field.name}
        @input=${(event: Event) => this.set(field, { name: (event.target as HTMLInputElement).value })}
      />
      <select
        aria-label=${text.documents.fieldType}
        @change=${(event: Event) => this.onKind(field, (event.target as HTMLSelectElement).value as Kind)}
      >
        ${KINDS.map((kind) => html`<option value=${kind} ?selected=${kind === field.kind}>${text.documents.fieldTypes[kind]}</option>`)}
      </select>
      ${field.kind === "boolean" ? this.yesOrNo(field) : this.value(field)}
      <button
        type="button"
        class="icon"
        aria-label=${remove}
        title=${remove}
        @click=${() => this.takeOut(field)}
      >
        ${icon("trash", 18)}
      </button>
    </div>`;
  }

  private value(field: Field): TemplateResult {
    return html`<input
      aria-label=${text.documents.fieldValue}
      placeholder=${text.documents.fieldValue}
      inputmode=${field.kind === "number" ? "decimal" : "text"}
      maxlength="1000"
      .value=${field.value}
      @input=${(event: Event) => this.set(field, { value: (event.target as HTMLInputElement).value })}
    />`;
  }

  private yesOrNo(field: Field): TemplateResult {
    return html`<select
      aria-label=${text.documents.fieldValue}
      @change=${(event: Event) => this.set(field, { value: (event.target as HTMLSelectElement).value })}
    >
      <option value="true" ?selected=${field.value === "true"}>${text.documents.yes}</option>
      <option value="false" ?selected=${field.value !== "true"}>${text.documents.no}</option>
    </select>`;
  }

  private onKind(field: Field, kind: Kind): void {
    this.set(field, { kind, ...(kind === "boolean" ? { value: String(field.value === "true") } : {}) });
  }

  private set(field: Field, change: Partial<Field>): void {
    Object.assign(field, change);
    this.requestUpdate();
  }

  private async add(): Promise<void> {
    this.fields = [...this.fields, { name: "", kind: "string", value: "" }];
    this.tell();
    await this.updateComplete;
    [...this.renderRoot.querySelectorAll<HTMLInputElement>(".field input:first-child")].at(-1)?.focus();
  }

  private takeOut(field: Field): void {
    this.fields = this.fields.filter((one) => one !== field);
    this.tell();
  }

  private tell(): void {
    this.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  }
}

function fieldsOf(metadata: Record<string, unknown>): Field[] {
  return Object.entries(metadata).map(([name, value]) => ({ name, kind: kindOf(value), value: String(value) }));
}

function kindOf(value: unknown): Kind {
  return typeof value === "number" ? "number" : typeof value === "boolean" ? "boolean" : "string";
}

function same(one: object | undefined, other: object): boolean {
  return one !== undefined && JSON.stringify(one) === JSON.stringify(other);
}

declare global {
  interface HTMLElementTagNameMap {
    "loracle-metadata": MetadataEditor;
  }
}
