import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { api, must, type Schemas } from "../api/client";
import { text } from "../i18n";
import { confirmed, filledIn } from "../ui/dialog";
import { day } from "../ui/format";
import { icon } from "../ui/icons";
import { part, view } from "../ui/layout";
import { PagedList } from "../ui/paged_list";
import { base } from "../ui/styles";
import { learning } from "./learning_texts";

type Dataset = Schemas["DatasetOut"];
const words = learning.collect;

/** Sets of examples: made from feedback or documents, uploaded, read, deleted. Says `started` when a training was begun. */
@customElement("loracle-datasets")
export class Datasets extends LitElement {
  static override styles = [
    base,
    view,
    part,
    css`
      .review {
        padding: 0.4rem 0.7rem;
      }
      @media (max-width: 40rem) {
        .review {
          padding-left: 0; /* in line with the name above it */
        }
      }
      .experts > div {
        margin-top: 0.6rem;
      }
      pre {
        font: 0.82rem/1.5 var(--mono);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        background: var(--sunken);
        border-radius: 8px;
        padding: 0.7rem;
        max-height: 18rem;
        overflow: auto;
      }
    `,
  ];

  @state() private fault = "";
  @state() private busy = false;
  private readonly list = new PagedList<Dataset>(this, (query) => must(api.GET("/api/v1/training/datasets", { params: { query } })), {
    size: 10,
  });

  override render(): TemplateResult {
    const { items } = this.list;
    const fault = this.fault || this.list.fault;
    return html`
      <h2>${words.title}</h2>
      <p class="quiet">${words.lead}</p>
      <div class="bar stacked">
        <button class="primary" ?disabled=${this.busy} @click=${() => void this.fromFeedback()}>${words.fromFeedback}</button>
        <button class="plain-border" ?disabled=${this.busy} @click=${() => void this.fromDocuments()}>${words.fromDocuments}</button>
        ${this.busy ? html`<span class="quiet" role="status">${text.loading}</span>` : nothing}
      </div>
      <details class="experts small">
        <summary>${words.experts}</summary>
        <div class="bar">
          <label class="plain-border file">
            ${icon("upload", 18)} ${words.upload}
            <input class="hidden-text" type="file" accept=".jsonl,.json,.csv" @change=${this.onFile} />
          </label>
          <span class="quiet">${words.uploadHint}</span>
        </div>
      </details>
      ${fault ? html`<p class="error" role="alert">${fault}</p>` : nothing}
      <div class="rows">
        ${items.map((dataset) => this.row(dataset))} ${this.list.placeholder(words.none)}
      </div>
      ${this.list.pager()}
    `;
  }

  private row(dataset: Dataset): TemplateResult {
    const { report, name } = dataset;
    const remove = learning.remove(name);
    return html`<section class="row" aria-label=${name}>
      <div>
        <strong>${name}@${dataset.version}</strong>
        <div class="facts">
          <span>${words.examples(report.rows)}</span>
          ${report.refusals ? html`<span>${words.refusals(report.refusals)}</span>` : nothing}
          <span>${day(dataset.created_at)}</span>
        </div>
      </div>
      <div class="tools">
        <a class="review small" href="#/adapters/rows/${dataset.id}">${words.review}</a>
        <button class="plain-border" @click=${() => void this.start(dataset)}>${learning.train.train}</button>
        <button class="icon" aria-label=${remove} title=${remove} @click=${() => void this.delete(dataset)}>${icon("trash", 18)}</button>
      </div>
      ${report.previews.length
        ? html`<details class="wide small quiet">
            <summary>${words.preview}</summary>
            ${report.previews.map((row) => html`<pre tabindex="0">${row}</pre>`)}
          </details>`
        : nothing}
    </section>`;
  }

  private async fromDocuments(): Promise<void> {
    const name = { name: "name", label: words.name, value: "documents" };
    const rows = { name: "rows", label: words.most, value: "200", number: { min: 1, max: 10_000 } };
    const values = await filledIn(words.fromDocumentsHint, [name, rows]);
    if (!values) return;
    const body = { name: values.name, rows: Number(values.rows) } as Schemas["FromDocumentsIn"];
    await this.change(() => must(api.POST("/api/v1/training/datasets/from-documents", { body })));
  }

  private async fromFeedback(): Promise<void> {
    const values = await filledIn(words.fromFeedbackHint, [{ name: "name", label: words.name, value: "feedback" }]);
    if (!values) return;
    await this.change(() => must(api.POST("/api/v1/training/datasets/from-feedback", { body: { name: values.name! } })));
  }

  private onFile(event: Event): void {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    if (!file) return;
    const form = new FormData();
    form.append("file", file);
    form.append("name", file.name.replace(/\.\w+$/, ""));
    input.value = "";
    void this.change(() => must(api.POST("/api/v1/training/datasets", { body: form as never, bodySerializer: () => form })));
  }

  private async start(dataset: Dataset): Promise<void> {
    const { train } = learning;
    const values = await filledIn(train.hint, [{ name: "adapter", label: train.name, value: dataset.name }], train.train);
    if (!values) return;
    const body = { adapter: values.adapter, dataset: dataset.id } as Schemas["TrainingIn"];
    await this.change(async () => {
      const { seconds, steps } = await must(api.POST("/api/v1/training/jobs/estimate", { body }));
      if (!(await confirmed(train.estimate(steps, seconds)))) return;
      await must(api.POST("/api/v1/training/jobs", { body }));
      this.dispatchEvent(new Event("started"));
    });
  }

  private async delete({ id, name }: Dataset): Promise<void> {
    if (!(await confirmed(learning.confirmRemove(name)))) return;
    await this.change(() => must(api.DELETE("/api/v1/training/datasets/{dataset_id}", { params: { path: { dataset_id: id } } })));
  }

  private async change(call: () => Promise<unknown>): Promise<void> {
    this.busy = true;
    this.fault = "";
    this.fault = await this.list.change(call);
    this.busy = false;
  }
}
