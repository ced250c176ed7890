import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { api, must } from "../api/client";
import { text } from "../i18n";
import { base } from "../ui/styles";

export interface Chosen {
  collections: string[];
  adapter: string | null;
}

/** Where to look and which adapter answers: shown only where there is something to choose. */
@customElement("loracle-choices")
export class ChoicesView extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        gap: 0.3rem;
        font-size: 0.86rem;
      }
      :host:empty {
        display: none;
      }
      details {
        position: relative;
      }
      summary {
        cursor: pointer;
        border-radius: 8px;
        padding: 0.25rem 0.6rem;
        color: var(--quiet);
        list-style: none;
      }
      summary:hover {
        background: var(--sunken);
      }
      .panel {
        position: absolute;
        bottom: 100%;
        left: 0;
        min-width: 15rem;
        max-height: 40vh;
        overflow: auto;
        margin-bottom: 0.4rem;
        padding: 0.6rem 0.8rem;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--raised);
        box-shadow: var(--shadow);
        z-index: 3;
      }
      label {
        display: flex;
        gap: 0.5rem;
        padding: 0.2rem 0;
        overflow-wrap: anywhere;
      }
      input {
        accent-color: var(--accent);
      }
      select {
        border-color: transparent;
        background: none;
        color: var(--quiet);
        padding: 0.25rem 0.4rem;
        max-width: 14rem;
      }
    `,
  ];

  @state() private collections: string[] = [];
  @state() private adapters: string[] = [];
  @state() private chosen: Chosen = { collections: [], adapter: null };

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  override render(): TemplateResult {
    return html`${this.collections.length > 1 ? this.where() : nothing}
    ${this.adapters.length ? this.adapter() : nothing}`;
  }

  private where(): TemplateResult {
    const count = this.chosen.collections.length;
    return html`<details>
      <summary>${text.ask.where}: ${count ? text.ask.chosen(count) : text.ask.everywhere}</summary>
      <div class="panel">
        ${this.collections.map(
          (name) => html`<label>
            <input type="checkbox" .checked=${this.chosen.collections.includes(name)} @change=${() => this.toggle(name)} />
            ${name}
          </label>`,
        )}
      </div>
    </details>`;
  }

  private adapter(): TemplateResult {
    return html`<select
      aria-label=${text.ask.adapter}
      @change=${(event: Event) => this.choose({ adapter: (event.target as HTMLSelectElement).value || null })}
    >
      <option value="">${text.ask.defaultAdapter}</option>
      <option value="base">${text.ask.noAdapter}</option>
      ${this.adapters.map((name) => html`<option value=${name}>${name}</option>`)}
    </select>`;
  }

  private toggle(name: string): void {
    const now = new Set(this.chosen.collections);
    if (!now.delete(name)) now.add(name);
    this.choose({ collections: [...now] });
  }

  private choose(change: Partial<Chosen>): void {
    this.chosen = { ...this.chosen, ...change };
    this.dispatchEvent(new CustomEvent("chosen", { detail: this.chosen }));
  }

  private async load(): Promise<void> {
    try {
      const [collections, adapters] = await Promise.all([
        must(api.GET("/api/v1/collections")),
        must(api.GET("/api/v1/adapters", { params: { query: { limit: 100 } } })),
      ]);
      this.collections = collections.data.map((one) => one.name);
      this.adapters = [...new Set(adapters.data.map((one) => one.name))];
    } catch {
      this.collections = []; // the question can be asked without
    }
  }
}
