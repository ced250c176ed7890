import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { api, must, shown, type Schemas } from "../api/client";
import { text } from "../i18n";
import { bytes } from "../ui/format";
import { base } from "../ui/styles";
import { shareOf } from "./spectrum"; // and registers the plot
import { words } from "./texts";

const ENOUGH = 0.99; // of the energy: what is proposed at first

/** Choose a lower rank by what it keeps, and make the smaller version. */
@customElement("loracle-compression")
export class CompressionPanel extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.6rem;
        padding-top: 0.3rem;
      }
      label {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.6rem;
      }
      input {
        flex: 1 1 12rem;
        max-width: 22rem;
        min-width: 0;
        padding: 0;
        accent-color: var(--accent);
      }
      .buttons {
        display: flex;
        gap: 0.6rem;
      }
    `,
  ];

  @property({ attribute: false }) adapter!: Schemas["AdapterOut"];
  @state() private spectrum: Schemas["SpectrumOut"] | null = null;
  @state() private rank = 1;
  @state() private fault = "";
  @state() private busy = false;
  @state() private done = "";

  override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has("adapter") && changes.get("adapter")?.id !== this.adapter.id) void this.load();
  }

  override render(): TemplateResult {
    const { spectrum, rank, adapter } = this;
    if (this.fault) return html`<p class="error" role="alert">${this.fault}</p>`;
    if (this.done) return html`<p role="status">${words.compression.done(this.done)}</p>`;
    if (!spectrum) return html`<p class="quiet">${text.loading}</p>`;
    if (spectrum.rank < 2) return html`<p class="quiet">${words.compression.smallest}</p>`;
    const kept = shareOf(spectrum.energy_by_rank[rank - 1]);
    return html`
      <p class="quiet small">${words.compression.lead}</p>
      <loracle-spectrum .spectrum=${spectrum} .rank=${rank}></loracle-spectrum>
      <label>
        ${words.compression.rank}
        <input
          type="range"
          min="1"
          max=${spectrum.rank - 1}
          .value=${String(rank)}
          @input=${(event: Event) => (this.rank = Number((event.target as HTMLInputElement).value))}
        />
      </label>
      <p role="status">
        ${words.compression.keeps(rank, kept)} <span class="quiet">(${words.compression.size(bytes((adapter.bytes * rank) / adapter.rank))})</span>
      </p>
      <div class="buttons">
        <button class="primary" ?disabled=${this.busy} @click=${() => void this.compress()}>${words.compression.start}</button>
        ${this.busy ? html`<span class="quiet" role="status">${text.loading}</span>` : nothing}
      </div>
    `;
  }

  private async load(): Promise<void> {
    const { name, version } = this.adapter;
    this.spectrum = null;
    this.fault = this.done = "";
    try {
      const params = { path: { name }, query: { version } };
      const spectrum = await must(api.GET("/api/v1/adapters/{name}/spectrum", { params }));
      const enough = spectrum.energy_by_rank.findIndex((share) => share >= ENOUGH) + 1;
      this.rank = Math.max(1, Math.min(enough || spectrum.rank, spectrum.rank - 1));
      this.spectrum = spectrum;
    } catch (fault) {
      this.fault = shown(fault);
    }
  }

  private async compress(): Promise<void> {
    const { name, version } = this.adapter;
    this.busy = true;
    try {
      const call = { params: { path: { name } }, body: { version, rank: this.rank } };
      const made = await must(api.POST("/api/v1/adapters/{name}/compress", call));
      this.done = made.adapter.id;
      this.dispatchEvent(new Event("compressed"));
    } catch (fault) {
      this.fault = shown(fault);
    }
    this.busy = false;
  }
}
