import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { api, must, shown, type Schemas } from "../api/client";
import { text } from "../i18n";
import { icon } from "../ui/icons";
import { base } from "../ui/styles";
import type { Chosen, Condition } from "./chosen";

type Document = Pick<Schemas["DocumentOut"], "id" | "filename">;
const SHOWN = 30; // documents at a time; the others are found by their name
const OPERATORS = ["eq", "ne", "gte", "lte"] as const;

/** Where to ask: collections and single documents to tick, and conditions on metadata. Says `chosen` with what changed. */
@customElement("loracle-places")
export class PlacesView extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: 0.7rem;
        font-size: 0.9rem;
      }
      .bar {
        display: flex;
        align-items: center;
        gap: 0.5rem;
      }
      h3 {
        flex: 1;
        font: 600 0.8rem/1.4 var(--text);
        color: var(--quiet);
      }
      label {
        display: flex;
        gap: 0.55rem;
        padding: 0.22rem 0;
        overflow-wrap: anywhere;
        cursor: pointer;
      }
      input[type="checkbox"] {
        accent-color: var(--accent);
        flex: none;
        align-self: start;
        margin-top: 0.3em;
      }
      input[type="search"] {
        width: 100%;
        padding: 0.3rem 0.5rem;
        margin-bottom: 0.2rem;
      }
      .condition {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto minmax(0, 1fr) auto;
        gap: 0.3rem;
        margin-bottom: 0.3rem;
      }
      .condition :is(input, select) {
        padding: 0.25rem 0.4rem;
        min-width: 0;
      }
      button.small {
        padding: 0.2rem 0.5rem;
      }
    `,
  ];

  @property({ attribute: false }) chosen!: Chosen;
  @property({ attribute: false }) collections: string[] = [];
  @state() private documents: Schemas["DocumentOut"][] = [];
  @state() private total = 0;
  @state() private wanted = "";
  @state() private fault = "";
  private typing = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  override render(): TemplateResult {
    const { collections, documents, conditions } = this.chosen;
    const any = collections.length + documents.length + conditions.length > 0;
    return html`
      <div class="bar">
        <h3>${text.ask.where}</h3>
        <button type="button" class="small" ?disabled=${!any} @click=${() => this.tell({ collections: [], documents: [], conditions: [] })}>
          ${text.ask.everywhere}
        </button>
      </div>
      ${this.collections.length > 1 ? this.ofCollections() : nothing} ${this.ofDocuments()} ${this.ofMetadata()}
    `;
  }

  private ofCollections(): TemplateResult {
    const { collections } = this.chosen;
    return html`<div role="group" aria-label=${text.ask.collections}>
      <h3>${text.ask.collections}</h3>
      ${this.collections.map((name) =>
        tick(name, collections.includes(name), () => this.tell({ collections: toggled(collections, name) })),
      )}
    </div>`;
  }

  private ofDocuments(): TemplateResult {
    const { documents } = this.chosen;
    const ids = new Set(documents.map((one) => one.id));
    const others = this.documents.filter((one) => !ids.has(one.id)).slice(0, SHOWN);
    const left = this.total - others.length - (this.wanted ? 0 : documents.length);
    return html`<div role="group" aria-label=${text.ask.documents}>
      <h3>${text.ask.documents}</h3>
      ${this.total > 8 || this.wanted
        ? html`<input
            type="search"
            aria-label=${text.documents.search}
            placeholder=${text.documents.search}
            @input=${this.onSearch}
          />`
        : nothing}
      ${this.fault ? html`<p class="error">${this.fault}</p>` : nothing}
      ${documents.map((one) => this.document(one, true))} ${others.map((one) => this.document(one, false))}
      ${left > 0 ? html`<p class="quiet small">${text.ask.moreDocuments(left)}</p>` : nothing}
    </div>`;
  }

  private document({ id, filename }: Document, isChosen: boolean): TemplateResult {
    const { documents } = this.chosen;
    const others = documents.filter((one) => one.id !== id);
    return tick(filename, isChosen, () => this.tell({ documents: isChosen ? others : [...others, { id, filename }] }));
  }

  private ofMetadata(): TemplateResult | typeof nothing {
    const { conditions } = this.chosen;
    const fields = [...new Set(this.documents.flatMap((one) => Object.keys(one.metadata)))];
    if (!fields.length && !conditions.length) return nothing;
    return html`<div role="group" aria-label=${text.ask.filters}>
      <div class="bar">
        <h3>${text.ask.filters}</h3>
        <button
          type="button"
          class="small"
          @click=${() => void this.addCondition(fields[0] ?? "")}
        >
          ${text.ask.addFilter}
        </button>
      </div>
      ${conditions.map((one, at) => this.condition(one, at))}
      <datalist id="fields">${fields.map((name) => html`<option value=${name}></option>`)}</datalist>
    </div>`;
  }

  private async addCondition(field: string): Promise<void> {
    this.tell({ conditions: [...this.chosen.conditions, { field, operator: "eq", value: "" }] });
    await new Promise(requestAnimationFrame); // until what is chosen came back and was drawn
    await this.updateComplete;
    [...this.renderRoot.querySelectorAll<HTMLElement>(".condition input")].at(-1)?.focus();
  }

  private condition(condition: Condition, at: number): TemplateResult {
    const { conditions } = this.chosen;
    const change = (part: Partial<Condition>) =>
      this.tell({ conditions: conditions.map((one, place) => (place === at ? { ...one, ...part } : one)) });
    const typed = (event: Event) => (event.target as HTMLInputElement).value;
    return html`<div class="condition">
      <input
        aria-label=${text.ask.field}
        placeholder=${text.ask.field}
        list="fields"
        maxlength="100"
        .value=${condition.field}
        @input=${(event: Event) => change({ field: typed(event) })}
      />
      <select
        aria-label=${text.ask.operator}
        @change=${(event: Event) => change({ operator: typed(event) as Condition["operator"] })}
      >
        ${OPERATORS.map(
          (one) => html`<option value=${one} ?selected=${one === condition.operator}>${text.ask.operators[one]}</option>`,
        )}
      </select>
      <input
        aria-label=${text.ask.value}
        placeholder=${text.ask.value}
        maxlength="500"
        .value=${condition.value}
        @input=${(event: Event) => change({ value: typed(event) })}
      />
      <button
        type="button"
        class="icon"
        aria-label=${text.ask.removeFilter}
        title=${text.ask.removeFilter}
        @click=${() => this.tell({ conditions: conditions.filter((_, place) => place !== at) })}
      >
        ${icon("close", 16)}
      </button>
    </div>`;
  }

  private onSearch(event: Event): void {
    this.wanted = (event.target as HTMLInputElement).value.trim();
    clearTimeout(this.typing);
    this.typing = window.setTimeout(() => void this.load(), 200);
  }

  private tell(change: Partial<Chosen>): void {
    this.dispatchEvent(new CustomEvent("chosen", { detail: change }));
  }

  private async load(): Promise<void> {
    const { wanted } = this;
    try {
      const query = { sort: "filename" as const, limit: 100, ...(wanted ? { q: wanted } : {}) };
      const page = await must(api.GET("/api/v1/documents", { params: { query } }));
      if (wanted !== this.wanted) return;
      this.documents = page.data;
      this.total = page.total;
      this.fault = "";
    } catch (fault) {
      this.fault = shown(fault);
    }
  }
}

function tick(name: string, checked: boolean, change: () => void): TemplateResult {
  return html`<label><input type="checkbox" .checked=${checked} @change=${change} /> <span>${name}</span></label>`;
}

function toggled(names: readonly string[], name: string): string[] {
  return names.includes(name) ? names.filter((one) => one !== name) : [...names, name];
}
