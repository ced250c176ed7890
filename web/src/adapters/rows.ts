import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { LoracleError } from "loracle-client";
import { address, api, must, send, shown, type Schemas } from "../api/client";
import { icon } from "../ui/icons";
import { part, view } from "../ui/layout";
import { loading } from "../ui/loading";
import { base } from "../ui/styles";
import { Review } from "./review";
import { read, type Part } from "./row_shape";
import { words } from "./texts";

/** The rows of a dataset, one at a time: accepted, edited or dropped, by keyboard too, and saved as the next version. */
@customElement("loracle-dataset-rows")
export class DatasetRows extends LitElement {
  static override styles = [
    base,
    view,
    part,
    css`
      :host {
        gap: 0.8rem;
      }
      .card {
        display: grid;
        gap: 0.8rem;
        border: 1px solid var(--line);
        border-left: 4px solid var(--line-strong);
        border-radius: var(--radius);
        background: var(--raised);
        padding: 0.9rem 1rem;
      }
      .card.accepted,
      .card.edited {
        border-left-color: var(--accent);
      }
      .card.dropped {
        border-left-color: var(--bad);
        opacity: 0.75;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.6rem;
      }
      .head label {
        margin-left: auto;
        display: flex;
        align-items: center;
        gap: 0.4rem;
        white-space: nowrap;
      }
      .head input {
        width: 5.5rem;
      }
      label.part {
        display: grid;
        gap: 0.25rem;
      }
      textarea {
        width: 100%;
        resize: vertical;
      }
      pre {
        margin: 0.4rem 0 0;
        font: 0.85rem/1.5 var(--text);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        background: var(--sunken);
        border-radius: 8px;
        padding: 0.6rem 0.8rem;
        max-height: 14rem;
        overflow: auto;
      }
      progress {
        flex: 1 1 8rem;
        max-width: 16rem;
        accent-color: var(--accent);
      }
    `,
  ];

  @property() datasetId = "";
  @state() private source: Schemas["DatasetOut"] | null = null;
  @state() private review: Review | null = null;
  @state() private at = 0;
  @state() private fault = "";
  @state() private saved = "";
  @state() private busy = false;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("keydown", this.onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("keydown", this.onKey);
  }

  override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has("datasetId")) void this.load();
  }

  override render(): TemplateResult {
    const { source, review } = this;
    return html`
      <p><a href="#/adapters">${words.review.back}</a></p>
      <header>
        <h1>${words.review.title(source ? `${source.name}@${source.version}` : "…")}</h1>
        <p class="quiet">${words.review.lead}</p>
      </header>
      ${this.fault ? html`<p class="error" role="alert">${this.fault}</p>` : nothing}
      ${this.saved ? html`<p role="status">${words.review.saved(this.saved)}</p>` : nothing}
      ${review ? this.read(review) : this.fault ? nothing : loading()}
    `;
  }

  private read(review: Review): TemplateResult {
    return review.rows.length ? this.reviewing(review) : html`<p class="none quiet">${words.review.empty}</p>`;
  }

  private reviewing(review: Review): TemplateResult {
    const [accepted, edited, dropped] = [review.count("accepted"), review.count("edited"), review.count("dropped")];
    const total = review.rows.length;
    return html`
      <div class="head">
        <progress max=${total} value=${accepted + edited + dropped} aria-label=${words.review.counts(accepted, edited, dropped)}></progress>
        <span class="quiet small" role="status">${words.review.counts(accepted, edited, dropped)}</span>
        <label>
          <span class="quiet small">${words.review.go}</span>
          <input type="number" min="1" max=${total} .value=${String(this.at + 1)} @change=${(event: Event) => this.goTo(Number((event.target as HTMLInputElement).value) - 1)} />
        </label>
      </div>
      ${this.card(review)}
      <div class="bar">
        <button class="icon" aria-label=${words.review.previous} title=${words.review.previous} ?disabled=${!this.at} @click=${() => this.goTo(this.at - 1)}>${icon("left", 18)}</button>
        <button class="primary" @click=${this.accept}>${words.review.accept}</button>
        <button class="plain-border danger" @click=${this.drop}>${words.review.drop}</button>
        ${review.state(this.at) === "unread" ? nothing : html`<button class="plain-border" @click=${() => this.decide(null)}>${words.review.undo}</button>`}
        <button class="icon" aria-label=${words.review.next} title=${words.review.next} ?disabled=${this.at >= total - 1} @click=${() => this.goTo(this.at + 1)}>${icon("right", 18)}</button>
      </div>
      <p class="quiet small">${words.review.keys}</p>
      <div class="bar">
        <button class="primary" ?disabled=${this.busy || !(edited + dropped)} @click=${() => void this.save(review)}>${words.review.save}</button>
      </div>
    `;
  }

  private card(review: Review): TemplateResult {
    const row = review.row(this.at)!;
    const shownRow = read(row);
    const now = review.state(this.at);
    return html`<section class="card ${now}" aria-label=${words.review.place(this.at + 1, review.rows.length)}>
      <p class="quiet small">${words.review.place(this.at + 1, review.rows.length)} · ${words.review.state[now]}</p>
      ${shownRow
        ? html`
            ${shownRow.parts.map((part) => this.field(part))}
            ${shownRow.refuses ? html`<p class="quiet">${words.review.refusal}</p>` : nothing}
            ${shownRow.passages.length
              ? html`<details open>
                  <summary>${words.review.passages(shownRow.passages.length)}</summary>
                  ${shownRow.passages.map((passage) => html`<pre tabindex="0">${passage}</pre>`)}
                </details>`
              : nothing}
          `
        : html`<p class="quiet">${words.review.unreadable}</p><pre tabindex="0">${JSON.stringify(row, null, 2)}</pre>`}
    </section>`;
  }

  private field(part: Part): TemplateResult {
    return html`<label class="part">
      ${words.review[part.name]}
      <textarea
        rows=${Math.min(8, Math.max(2, Math.ceil(part.text.length / 80)))}
        .value=${part.text}
        @change=${(event: Event) => this.decide({ state: "edited", row: part.with((event.target as HTMLTextAreaElement).value) })}
      ></textarea>
    </label>`;
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const typing = event.composedPath()[0];
    const field = typing instanceof HTMLTextAreaElement || typing instanceof HTMLInputElement || typing instanceof HTMLSelectElement;
    if (event.key === "Escape" && field) (typing as HTMLElement).blur();
    if (field || event.ctrlKey || event.metaKey || event.altKey || !this.review?.rows.length) return;
    const actions: Record<string, () => void> = {
      j: () => this.goTo(this.at + 1),
      k: () => this.goTo(this.at - 1),
      a: () => this.accept(),
      d: () => this.drop(),
      e: () => [...this.renderRoot.querySelectorAll("textarea")].at(-1)?.focus(),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };

  private accept(): void {
    if (this.review?.state(this.at) !== "edited") this.decide({ state: "accepted" });
    this.goOn();
  }

  private drop(): void {
    this.decide({ state: "dropped" });
    this.goOn();
  }

  private decide(decision: Parameters<Review["decide"]>[1]): void {
    this.review?.decide(this.at, decision);
    this.requestUpdate();
  }

  private goOn(): void {
    this.at = this.review!.nextUnread(this.at);
  }

  private goTo(at: number): void {
    this.at = Math.max(0, Math.min(at || 0, this.review!.rows.length - 1));
  }

  private async load(): Promise<void> {
    const params = { path: { dataset_id: this.datasetId } };
    this.review = null;
    this.at = 0;
    try {
      const [dataset, response] = await Promise.all([
        must(api.GET("/api/v1/training/datasets/{dataset_id}", { params })),
        send(new Request(address(`api/v1/training/datasets/${encodeURIComponent(this.datasetId)}/export`))),
      ]);
      if (!response.ok) throw await LoracleError.from(response);
      this.source = dataset;
      this.review = new Review(this.datasetId, await response.text());
      if (this.review.rows.length) this.at = this.review.nextUnread(0);
    } catch (fault) {
      this.fault = shown(fault);
    }
  }

  private async save(review: Review): Promise<void> {
    const content = review.file();
    this.fault = content ? "" : words.review.nothing;
    if (!content || !this.source) return;
    const form = new FormData();
    form.append("file", new File([content], "rows.jsonl", { type: "application/jsonl" }));
    form.append("name", this.source.name);
    this.busy = true;
    try {
      const made = await must(api.POST("/api/v1/training/datasets", { body: form as never, bodySerializer: () => form }));
      review.end();
      this.saved = `${made.name}@${made.version}`;
      location.hash = `#/adapters/rows/${made.id}`;
    } catch (fault) {
      this.fault = shown(fault);
    }
    this.busy = false;
  }
}
