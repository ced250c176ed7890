import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { api, must, shown, type Schemas } from "../api/client";
import { text } from "../i18n";
import { confirmed, filledIn } from "../ui/dialog";
import { day } from "../ui/format";
import { icon } from "../ui/icons";
import { part, view } from "../ui/layout";
import { base } from "../ui/styles";
import { words } from "./texts";
import "./loss_curve";

type Dataset = Schemas["DatasetOut"];
type Training = Schemas["TrainingOut"];
const FINAL = new Set(["succeeded", "failed", "cancelled"]);
const POLL_MS = 3000;

/** Datasets and trainings: rows made from documents or feedback, an estimate before each training, its losses while it runs. */
@customElement("loracle-training")
export class TrainingView extends LitElement {
  static override styles = [
    base,
    view,
    part,
    css`
      .review {
        padding: 0.4rem 0.7rem;
      }
      progress {
        width: 8rem;
        accent-color: var(--accent);
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

  @state() private datasets: Dataset[] = [];
  @state() private trainings: Training[] = [];
  @state() private losses: Record<string, Schemas["PointOut"][]> = {};
  @state() private fault = "";
  @state() private busy = false;
  private timer = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  override render(): TemplateResult {
    return html`
      <h2>${text.training.datasets}</h2>
      <p class="quiet">${text.training.datasetsLead}</p>
      <div class="bar stacked">
        <button class="primary" ?disabled=${this.busy} @click=${() => void this.fromDocuments()}>${text.training.fromDocuments}</button>
        <button class="plain-border" ?disabled=${this.busy} @click=${() => void this.fromFeedback()}>${text.training.fromFeedback}</button>
        <label class="plain-border file">
          ${text.training.upload}
          <input class="hidden-text" type="file" accept=".jsonl,.json,.csv" @change=${this.onFile} />
        </label>
        ${this.busy ? html`<span class="quiet" role="status">${text.loading}</span>` : nothing}
      </div>
      ${this.fault ? html`<p class="error" role="alert">${this.fault}</p>` : nothing}
      <div class="rows">
        ${this.datasets.map((dataset) => this.datasetRow(dataset))}
        ${this.datasets.length ? nothing : html`<p class="none quiet">${text.training.noDatasets}</p>`}
      </div>
      <h2>${text.training.trainings}</h2>
      <div class="rows">
        ${this.trainings.map((training) => this.trainingRow(training))}
        ${this.trainings.length ? nothing : html`<p class="none quiet">${text.training.noTrainings}</p>`}
      </div>
    `;
  }

  private datasetRow(dataset: Dataset): TemplateResult {
    const { report } = dataset;
    return html`<section class="row" aria-label=${dataset.name}>
      <div>
        <strong>${dataset.name}@${dataset.version}</strong>
        <div class="facts">
          <span>${text.training.rows(report.rows)}</span><span>${text.training.refusals(report.refusals)}</span
          ><span>${day(dataset.created_at)}</span>
        </div>
      </div>
      <div class="tools">
        <a class="review small" href="#/adapters/rows/${dataset.id}">${words.review.open}</a>
        <button class="plain-border" @click=${() => void this.start(dataset)}>${text.training.train}</button>
        <button
          class="icon"
          aria-label=${text.adapters.remove(dataset.name)}
          title=${text.adapters.remove(dataset.name)}
          @click=${() => void this.delete(dataset)}
        >
          ${icon("trash", 18)}
        </button>
      </div>
      ${report.previews.length
        ? html`<details class="wide small">
            <summary>${text.training.preview}</summary>
            ${report.previews.map((row) => html`<pre tabindex="0">${row}</pre>`)}
          </details>`
        : nothing}
    </section>`;
  }

  private trainingRow(training: Training): TemplateResult {
    const { status, step, steps, eta_s, trained_adapter, error } = training;
    const losses = this.losses[training.id] ?? [];
    return html`<section class="row" aria-label=${training.adapter}>
      <div>
        <strong>${trained_adapter ?? training.adapter}</strong>
        <div class="facts">
          <span>${text.training.states[status] ?? status}</span><span>${training.dataset_label}</span>
          ${FINAL.has(status)
            ? nothing
            : html`<span>${text.training.step(step, steps)}</span>
                <progress max="1" value=${training.progress} aria-label=${training.adapter}></progress>
                ${eta_s ? html`<span>${text.documents.left(eta_s)}</span>` : nothing}`}
        </div>
        ${error ? html`<p class="failed small">${error.message}</p>` : nothing}
      </div>
      <div class="tools">
        ${FINAL.has(status)
          ? html`<button @click=${() => void this.loadLosses(training.id)}>${text.training.losses}</button>`
          : html`<button class="plain-border" @click=${() => void this.cancel(training)}>${text.cancel}</button>`}
      </div>
      ${losses.length ? html`<loracle-loss-curve class="wide" .points=${losses}></loracle-loss-curve>` : nothing}
    </section>`;
  }

  private async load(): Promise<void> {
    clearTimeout(this.timer);
    try {
      const query = { limit: 50 };
      const [datasets, trainings] = await Promise.all([
        must(api.GET("/api/v1/training/datasets", { params: { query } })),
        must(api.GET("/api/v1/training/jobs", { params: { query } })),
      ]);
      const before = new Map(this.trainings.map((one) => [one.id, one.status]));
      this.datasets = datasets.data;
      this.trainings = trainings.data;
      if (this.trainings.some((one) => one.status === "succeeded" && before.get(one.id) !== undefined && before.get(one.id) !== "succeeded"))
        this.dispatchEvent(new Event("trained"));
    } catch (fault) {
      this.fault = shown(fault);
    }
    const running = this.trainings.filter((one) => !FINAL.has(one.status));
    for (const one of running) void this.loadLosses(one.id);
    if (running.length && this.isConnected) this.timer = window.setTimeout(() => void this.load(), POLL_MS);
  }

  private async loadLosses(id: string): Promise<void> {
    try {
      const params = { path: { training_id: id } };
      const curve = await must(api.GET("/api/v1/training/jobs/{training_id}/metrics", { params }));
      this.losses = { ...this.losses, [id]: curve.data };
    } catch (fault) {
      this.fault = shown(fault);
    }
  }

  private async fromDocuments(): Promise<void> {
    const name = { name: "name", label: text.documents.name, value: "documents" };
    const rows = { name: "rows", label: text.training.mostRows, value: "200" };
    const values = await filledIn(text.training.fromDocumentsHint, [name, rows]);
    if (!values) return;
    const body = { name: values.name, rows: Number(values.rows) } as Schemas["FromDocumentsIn"];
    await this.change(() => must(api.POST("/api/v1/training/datasets/from-documents", { body })));
  }

  private async fromFeedback(): Promise<void> {
    const values = await filledIn(text.training.fromFeedbackHint, [{ name: "name", label: text.documents.name, value: "feedback" }]);
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
    const adapter = { name: "adapter", label: text.training.adapterName, value: dataset.name };
    const values = await filledIn(text.training.trainHint, [adapter]);
    if (!values) return;
    const body = { adapter: values.adapter, dataset: dataset.id } as Schemas["TrainingIn"];
    await this.change(async () => {
      const { seconds, steps } = await must(api.POST("/api/v1/training/jobs/estimate", { body }));
      if (await confirmed(text.training.estimate(steps, seconds))) await must(api.POST("/api/v1/training/jobs", { body }));
    });
  }

  private async cancel({ id }: Training): Promise<void> {
    const params = { path: { training_id: id } };
    await this.change(() => must(api.POST("/api/v1/training/jobs/{training_id}/cancel", { params })));
  }

  private async delete({ id, name }: Dataset): Promise<void> {
    if (!(await confirmed(text.adapters.confirmRemove(name)))) return;
    await this.change(() => must(api.DELETE("/api/v1/training/datasets/{dataset_id}", { params: { path: { dataset_id: id } } })));
  }

  private async change(call: () => Promise<unknown>): Promise<void> {
    this.busy = true;
    this.fault = "";
    try {
      await call();
      await this.load();
    } catch (fault) {
      this.fault = shown(fault);
    }
    this.busy = false;
  }
}
