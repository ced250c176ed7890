import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { api, must } from "../api/client";
import { text } from "../i18n";
import { icon } from "../ui/icons";
import { base } from "../ui/styles";
import { choose, chosenFor, NOTHING, type Chosen } from "./chosen";
import "./places";

const GAP = 8; // pixels between the button and its panel
const PANEL_PX = 416;

/** Where to look and which adapter answers: shown only where there is something to choose: an adapter beside the one that comes with the service. */
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
      .where {
        display: flex;
        align-items: center;
        gap: 0.35rem;
        padding: 0.25rem 0.6rem;
        color: var(--quiet);
      }
      .where.narrowed {
        background: var(--accent-soft);
        color: var(--accent);
        font-weight: 600;
      }
      [popover] {
        position: fixed;
        inset: auto;
        margin: 0;
        width: min(416px, calc(100vw - 16px));
        max-height: min(30rem, 70vh);
        overflow: auto;
        overscroll-behavior: contain;
        padding: 0.8rem;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--raised);
        color: var(--ink);
        box-shadow: var(--shadow);
      }
      .by {
        display: flex;
        align-items: center;
        color: var(--quiet);
      }
      select {
        border-color: transparent;
        background: none;
        padding: 0.25rem 0.2rem;
        max-width: 12rem;
      }
    `,
  ];

  @property() conversation: string | null = null;
  @state() private collections: string[] = [];
  @state() private adapters = new Map<string, boolean>(); // by name: whether it comes with the service
  @state() private count = 0; // of documents
  @state() private opened = false;
  @state() private chosen: Chosen = NOTHING;
  @query("[popover]") private panel!: HTMLElement;
  @query(".where") private button!: HTMLElement;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has("conversation")) this.chosen = chosenFor(this.conversation) ?? NOTHING;
  }

  override render(): TemplateResult {
    return html`${this.count > 1 ? this.where() : nothing} ${[...this.adapters.values()].includes(false) ? this.adapter() : nothing}`;
  }

  private where(): TemplateResult {
    const { collections, documents, conditions } = this.chosen;
    const narrowed = collections.length + documents.length + conditions.length > 0;
    return html`<button
        type="button"
        class="where ${narrowed ? "narrowed" : ""}"
        popovertarget="places"
        title=${text.ask.where}
      >
        ${icon("documents", 16)} ${text.ask.chosen(collections.length, documents.length, conditions.length)}
      </button>
      <div
        popover
        id="places"
        role="dialog"
        aria-label=${text.ask.where}
        @beforetoggle=${this.onToggle}
        @keydown=${(event: KeyboardEvent) => event.stopPropagation()}
      >
        ${this.opened
          ? html`<loracle-places
              .chosen=${this.chosen}
              .collections=${this.collections}
              @chosen=${(event: CustomEvent<Partial<Chosen>>) => this.choose(event.detail)}
            ></loracle-places>`
          : nothing}
      </div>`;
  }

  private adapter(): TemplateResult {
    const { adapter } = this.chosen;
    return html`<label class="by">
      ${text.ask.adapter}
      <select @change=${(event: Event) => this.choose({ adapter: (event.target as HTMLSelectElement).value || null })}>
        <option value="" ?selected=${adapter === null}>${text.ask.defaultAdapter}</option>
        ${[...this.adapters].map(
          ([name, builtin]) =>
            html`<option value=${name} ?selected=${adapter === name}>${builtin ? text.ask.standardAdapter : name}</option>`,
        )}
        <option value="base" ?selected=${adapter === "base"}>${text.ask.noAdapter}</option>
      </select>
    </label>`;
  }

  private onToggle(event: ToggleEvent): void {
    this.opened = event.newState === "open";
    const at = this.button.getBoundingClientRect();
    this.panel.style.left = `${Math.max(GAP, Math.min(at.left, innerWidth - PANEL_PX - GAP))}px`;
    this.panel.style.bottom = `${innerHeight - at.top + GAP}px`;
  }

  private choose(change: Partial<Chosen>): void {
    this.chosen = { ...this.chosen, ...change };
    choose(this.conversation, this.chosen);
  }

  private async load(): Promise<void> {
    try {
      const [collections, adapters, documents] = await Promise.all([
        must(api.GET("/api/v1/collections")),
        must(api.GET("/api/v1/adapters", { params: { query: { limit: 100 } } })),
        must(api.GET("/api/v1/documents", { params: { query: { limit: 1 } } })),
      ]);
      this.collections = collections.data.map((one) => one.name);
      this.adapters = new Map(adapters.data.map((one) => [one.name, one.builtin]));
      this.count = documents.total;
    } catch {
      this.count = 0; // the question can be asked without
    }
  }
}
