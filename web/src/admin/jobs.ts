import { html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { api, must, shown, type Schemas } from "../api/client";
import { locale } from "../i18n";
import "../ui/filters";
import { view } from "../ui/layout";
import { PagedList } from "../ui/paged_list";
import { base } from "../ui/styles";
import { JobNames } from "./job_names";
import { panel, told, tool } from "./panel";
import { words } from "./texts";

type Job = Schemas["JobOut"];
type Status = Job["status"];
const POLL_MS = 4000;

/** The queue of all tenants: what waits, runs and failed; tried again, cancelled, paused. */
@customElement("loracle-jobs")
export class Jobs extends LitElement {
  static override styles = [base, view, panel];

  @state() private queue: Schemas["QueueOut"] | null = null;
  @state() private status: Status | "" = "";
  @state() private kind: Job["kind"] | "" = "";
  @state() private fault = "";
  private timer = 0;
  private readonly names = new JobNames(this);
  private readonly time = new Intl.DateTimeFormat(locale(), { dateStyle: "short", timeStyle: "medium" });
  private readonly list = new PagedList<Job>(
    this,
    (query) => {
      const wanted = { ...(this.status ? { status: this.status } : {}), ...(this.kind ? { kind: this.kind } : {}) };
      return must(api.GET("/api/v1/jobs", { params: { query: { ...query, ...wanted } } }));
    },
    { onLoad: () => void this.loadQueue() },
  );

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  override render(): TemplateResult {
    const { queue } = this;
    return html`
      <p class="quiet">${words.jobs.lead}</p>
      ${told(this.fault || this.list.fault)}
      ${queue
        ? html`<div class="bar">
            <span class=${queue.paused ? "warning" : "quiet"} role="status">${queue.paused ? words.jobs.paused : words.jobs.running}</span>
            <button class="plain-border" @click=${() => void this.pause(!queue.paused)}>${queue.paused ? words.jobs.resume : words.jobs.pause}</button>
          </div>`
        : nothing}
      <div class="bar">
        <loracle-filters .active=${Number(this.status !== "") + Number(this.kind !== "")}>
          ${this.choice(words.jobs.status, words.jobs.states, (value) => (this.status = value as Status), queue?.counts)}
          ${this.choice(words.jobs.kind, words.jobs.kinds, (value) => (this.kind = value as Job["kind"]))}
        </loracle-filters>
      </div>
      <div class="rows">
        ${repeat(
          this.list.items,
          (job) => job.id,
          (job) => this.row(job),
        )}
        ${this.list.placeholder(words.jobs.empty)}
      </div>
      ${this.list.pager()}
    `;
  }

  private choice(label: string, names: Record<string, string>, choose: (value: string) => void, counts?: Record<string, number>): TemplateResult {
    return html`<label>
      <span class="quiet small">${label}</span>
      <select
        @change=${(event: Event) => {
          choose((event.target as HTMLSelectElement).value);
          void this.list.restart();
        }}
      >
        <option value="">${words.jobs.any}</option>
        ${Object.entries(names).map(([value, name]) => html`<option value=${value}>${name}${counts?.[value] ? ` (${counts[value]})` : ""}</option>`)}
      </select>
    </label>`;
  }

  private row(job: Job): TemplateResult {
    const { id, kind, status, tenant_id, subject, attempts, error } = job;
    const unfinished = status === "queued" || status === "running";
    const again = (status === "failed" || status === "cancelled") && kind !== "deliver";
    const [what, subjectName] = [words.jobs.kinds[kind] ?? kind, this.names.subject(job)];
    const name = subjectName ? `${what}: ${subjectName}` : what;
    return html`<section class="row" aria-label=${name}>
      <div>
        <strong>${name}</strong>
        <div class="facts">
          <span class=${status === "failed" ? "failed" : ""}>${words.jobs.states[status]}</span>
          ${unfinished && job.cancel_requested ? html`<span class="warning">${words.jobs.stopping}</span>` : nothing}
          <span>${words.jobs.attempts(attempts)}</span><span>${this.time.format(new Date(job.updated_at))}</span>
          <a href="#/admin/tenants/${tenant_id}">${this.names.tenant(tenant_id) ?? tenant_id}</a>
        </div>
        ${error && status !== "succeeded" ? html`<p class="failed small">${error.message}</p>` : nothing}
        <details class="quiet small">
          <summary>${words.jobs.codes}</summary>
          <p class="mono">${[id, tenant_id, subject].filter(Boolean).join(" · ")}</p>
        </details>
      </div>
      <div class="tools">
        ${again ? tool("again", words.jobs.retry(name), () => this.retry(id)) : nothing}
        ${unfinished ? tool("close", words.jobs.cancel(name), () => this.cancel(id), job.cancel_requested) : nothing}
      </div>
    </section>`;
  }

  private async loadQueue(): Promise<void> {
    clearTimeout(this.timer);
    try {
      this.queue = await must(api.GET("/api/v1/queue"));
    } catch (fault) {
      this.fault = shown(fault);
    }
    if (this.isConnected) this.timer = window.setTimeout(() => void this.list.load(), POLL_MS);
  }

  private async pause(paused: boolean): Promise<void> {
    await this.change(() => must(paused ? api.POST("/api/v1/queue/pause") : api.POST("/api/v1/queue/resume")));
  }

  private async retry(id: string): Promise<void> {
    await this.change(() => must(api.POST("/api/v1/jobs/{job_id}/retry", { params: { path: { job_id: id } } })));
  }

  private async cancel(id: string): Promise<void> {
    await this.change(() => must(api.POST("/api/v1/jobs/{job_id}/cancel", { params: { path: { job_id: id } } })));
  }

  private async change(call: () => Promise<unknown>): Promise<void> {
    this.fault = "";
    this.fault = await this.list.change(call);
  }
}
