import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { api, must, shown, type Schemas } from "../api/client";
import { text } from "../i18n";
import { part, view } from "../ui/layout";
import { PagedList } from "../ui/paged_list";
import { base } from "../ui/styles";
import { learning } from "./learning_texts";
import "./loss_curve";

type Training = Schemas["TrainingOut"];
const FINAL = new Set(["succeeded", "failed", "cancelled"]);
const POLL_MS = 3000;
const words = learning.train;

/** The trainings, with their losses while they run. Says `trained` when one has made a version. */
@customElement("loracle-trainings")
export class Trainings extends LitElement {
  static override styles = [
    base,
    view,
    part,
    css`
      progress {
        width: 8rem;
        accent-color: var(--accent);
      }
    `,
  ];

  @state() private losses: Record<string, Schemas["PointOut"][]> = {};
  @state() private fault = "";
  private running: ReadonlySet<string> = new Set(); // ids
  private timer = 0;
  private readonly list = new PagedList<Training>(this, (query) => must(api.GET("/api/v1/training/jobs", { params: { query } })), {
    size: 10,
    onLoad: () => this.follow(),
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  override render(): TemplateResult {
    const { items } = this.list;
    const fault = this.fault || this.list.fault;
    return html`
      <h2>${words.title}</h2>
      <p class="quiet">${words.lead}</p>
      ${fault ? html`<p class="error" role="alert">${fault}</p>` : nothing}
      <div class="rows">
        ${items.map((training) => this.row(training))} ${this.list.placeholder(words.none)}
      </div>
      ${this.list.pager()}
    `;
  }

  /** Show the newest, one of which was begun. */
  restart(): Promise<void> {
    return this.list.restart();
  }

  private row(training: Training): TemplateResult {
    const { status, step, steps, eta_s, trained_adapter, error } = training;
    const losses = this.losses[training.id] ?? [];
    return html`<section class="row" aria-label=${training.adapter}>
      <div>
        <strong>${trained_adapter ?? training.adapter}</strong>
        <div class="facts">
          <span>${words.states[status] ?? status}</span><span>${training.dataset_label}</span>
          ${FINAL.has(status)
            ? nothing
            : html`<span>${words.step(step, steps)}</span>
                <progress max="1" value=${training.progress} aria-label=${training.adapter}></progress>
                ${eta_s ? html`<span>${text.documents.left(eta_s)}</span>` : nothing}`}
        </div>
        ${error ? html`<p class="failed small">${error.message}</p>` : nothing}
      </div>
      <div class="tools">
        ${FINAL.has(status)
          ? html`<button @click=${() => void this.loadLosses(training.id)}>${words.losses}</button>`
          : html`<button class="plain-border" @click=${() => void this.cancel(training)}>${text.cancel}</button>`}
      </div>
      ${losses.length ? html`<loracle-loss-curve class="wide" .points=${losses}></loracle-loss-curve>` : nothing}
    </section>`;
  }

  /** Look again while one runs. */
  private follow(): void {
    clearTimeout(this.timer);
    const { items } = this.list;
    if (items.some((one) => one.status === "succeeded" && this.running.has(one.id))) this.dispatchEvent(new Event("trained"));
    const running = items.filter((one) => !FINAL.has(one.status)).map((one) => one.id);
    this.running = new Set(running);
    for (const id of running) void this.loadLosses(id);
    if (running.length && this.isConnected) this.timer = window.setTimeout(() => void this.list.load(), POLL_MS);
  }

  private async loadLosses(id: string): Promise<void> {
    try {
      const curve = await must(api.GET("/api/v1/training/jobs/{training_id}/metrics", { params: { path: { training_id: id } } }));
      this.losses = { ...this.losses, [id]: curve.data };
    } catch (fault) {
      this.fault = shown(fault);
    }
  }

  private async cancel({ id }: Training): Promise<void> {
    this.fault = await this.list.change(() =>
      must(api.POST("/api/v1/training/jobs/{training_id}/cancel", { params: { path: { training_id: id } } })),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "loracle-trainings": Trainings;
  }
}
