import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { LoracleError } from "loracle-client";
import { api, must, shown, type Schemas } from "../api/client";
import { confirmed, filledIn } from "../ui/dialog";
import { bytes, day } from "../ui/format";
import type { Action } from "../ui/action_menu";
import { view } from "../ui/layout";
import { PagedList } from "../ui/paged_list";
import { base } from "../ui/styles";
import "../ui/action_menu";
import { adapterName } from "./names";
import { learning } from "./learning_texts";
import { words } from "./texts";
import "./compression";
import "./datasets";
import "./deployment";
import "./evaluation";
import "./rows";
import "./trainings";

type Adapter = Schemas["AdapterOut"];

/** The adapters of a tenant: which one answers, what else there is, and the training of new ones. */
@customElement("loracle-adapters-view")
export class AdaptersView extends LitElement {
  static override styles = [
    base,
    view,
    css`
      .row {
        grid-template-columns: minmax(0, 1fr) auto;
      }
    `,
  ];

  /** Where in the view: ["rows", the id of a dataset], or nothing. */
  @property({ attribute: false }) path: string[] = [];
  @state() private deployment: Schemas["DeploymentOut"] | null = null;
  @state() private compressed: string | null = null; // name@version of the one whose singular values are shown
  @state() private evaluations: Record<string, Schemas["AdapterEvaluationOut"]> = {}; // the newest by adapter@version
  @state() private fault = "";
  @query("#cases") private cases!: HTMLInputElement;
  private judged: Adapter | null = null;
  private timer = 0;
  private readonly list = new PagedList<Adapter>(this, (query) => must(api.GET("/api/v1/adapters", { params: { query } })), {
    size: 20,
    onLoad: () => void this.loadFigures(),
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  override render(): TemplateResult {
    const [place, datasetId] = this.path;
    if (place === "rows" && datasetId)
      return html`<div class="column"><loracle-dataset-rows .datasetId=${datasetId}></loracle-dataset-rows></div>`;
    return html`<div class="column">
      <header>
        <h1>${learning.title}</h1>
        <p>${learning.lead}</p>
      </header>
      ${this.fault || this.list.fault ? html`<p class="error" role="alert">${this.fault || this.list.fault}</p>` : nothing}
      ${this.deployment ? this.now(this.deployment) : nothing}
      <loracle-datasets @started=${() => void this.renderRoot.querySelector("loracle-trainings")?.restart()}></loracle-datasets>
      <loracle-trainings @trained=${() => void this.load()}></loracle-trainings>
      <h2>${learning.use.title}</h2>
      <p class="quiet">${learning.use.lead}</p>
      <div class="rows">
        ${repeat(
          this.list.items,
          (adapter) => adapter.id,
          (adapter) => this.row(adapter),
        )}
        ${this.list.placeholder(learning.use.none)}
      </div>
      ${this.list.pager()}
      <input id="cases" type="file" accept=".jsonl,.json" hidden @change=${this.onCases} />
      <details class="small quiet">
        <summary>${learning.technical}</summary>
        <p>${learning.what}</p>
      </details>
    </div>`;
  }

  private now(deployment: Schemas["DeploymentOut"]): TemplateResult {
    const { active, canary } = deployment;
    return html`<loracle-deployment
      .deployment=${deployment}
      .reversible=${!active?.builtin || this.list.total > 1}
      @roll-back=${() => active && void this.roll(active)}
      @share=${() => canary && void this.try(canary.adapter, canary.share)}
      @promote=${() => canary && void this.activate(canary.adapter)}
      @end-canary=${() => canary && void this.setShare(canary.adapter, 0)}
    ></loracle-deployment>`;
  }

  private row(adapter: Adapter): TemplateResult {
    const evaluation = this.evaluations[adapter.id];
    const facts = [
      adapter.builtin ? "" : (learning.use.origins[adapter.lineage.origin] ?? ""),
      day(adapter.created_at),
    ].filter(Boolean);
    const details = [adapter.id, learning.use.rank(adapter.rank), bytes(adapter.bytes)];
    const actions = this.actions(adapter);
    return html`<section class="row" aria-label=${adapter.id}>
      <div>
        <strong>${adapterName(adapter)}</strong> ${adapter.active ? html`<span class="badge">${learning.use.active}</span>` : nothing}
        <div class="facts">${facts.map((fact) => html`<span>${fact}</span>`)}</div>
        <details class="small quiet">
          <summary>${words.details}</summary>
          <div class="facts">${details.map((fact) => html`<span>${fact}</span>`)}</div>
        </details>
        ${adapter.not_served ? html`<p class="warning small">${adapter.not_served}</p>` : nothing}
        ${adapter.warning ? html`<p class="warning small">${adapter.warning}</p>` : nothing}
        ${adapter.stale ? html`<p class="warning small">${learning.use.stale}</p>` : nothing}
      </div>
      <div class="tools">
        ${actions.length
          ? html`<loracle-action-menu .label=${words.more(adapterName(adapter))} .actions=${actions}></loracle-action-menu>`
          : nothing}
      </div>
      ${this.compressed === adapter.id
        ? html`<loracle-compression class="wide" .adapter=${adapter} @compressed=${() => void this.load()}></loracle-compression>`
        : nothing}
      ${evaluation
        ? html`<loracle-gate-report
            class="wide"
            .evaluation=${evaluation}
            @cancel-evaluation=${() => void this.cancel(adapter, evaluation.id)}
          ></loracle-gate-report>`
        : nothing}
    </section>`;
  }

  private actions(adapter: Adapter): Action[] {
    const { active, builtin } = adapter;
    const actions: Action[] = [];
    if (!active && !adapter.not_served)
      actions.push(
        { icon: "check", label: learning.use.compare, run: () => this.evaluate(adapter) },
        { icon: "share", label: words.deployment.try, run: () => this.try(adapter, 0.1) },
        { icon: "power", label: learning.use.activate, run: () => this.activate(adapter) },
      );
    if (!builtin) actions.push({ icon: "steps", label: learning.use.compress, run: () => this.toggleCompression(adapter) });
    if (!builtin && !active) actions.push({ icon: "trash", label: words.removeShort, run: () => this.delete(adapter), danger: true });
    return actions;
  }

  private async load(): Promise<void> {
    clearTimeout(this.timer);
    this.fault = "";
    await this.list.load();
  }

  private async loadFigures(): Promise<void> {
    try {
      this.deployment = await must(api.GET("/api/v1/deployment"));
      await this.loadEvaluations();
    } catch (fault) {
      this.fault = shown(fault);
    }
  }

  private async loadEvaluations(): Promise<void> {
    const names = new Set(this.list.items.filter((one) => !one.builtin).map((one) => one.name));
    const newest: Record<string, Schemas["AdapterEvaluationOut"]> = {};
    for (const name of names) {
      const params = { path: { name }, query: { limit: 20 } };
      const found = await must(api.GET("/api/v1/adapters/{name}/evaluations", { params }));
      for (const one of found.data) newest[one.adapter] ??= one;
    }
    this.evaluations = newest;
    const running = Object.values(newest).some((one) => one.status === "queued" || one.status === "running");
    if (running && this.isConnected) this.timer = window.setTimeout(() => void this.load(), 3000);
  }

  /** Asks for the file of questions, which `onCases` sends. */
  private async evaluate(adapter: Adapter): Promise<void> {
    this.judged = adapter;
    this.cases.click();
  }

  private onCases(): void {
    const file = this.cases.files?.[0];
    if (!file || !this.judged) return;
    const { name, version } = this.judged;
    const form = new FormData();
    form.append("cases", file);
    form.append("version", version);
    this.cases.value = "";
    const call = { params: { path: { name } }, body: form as never, bodySerializer: () => form };
    void this.change(() => must(api.POST("/api/v1/adapters/{name}/evaluations", call)));
  }

  private async cancel({ name }: Adapter, evaluationId: string): Promise<void> {
    const params = { path: { name, evaluation_id: evaluationId } };
    await this.change(() => must(api.POST("/api/v1/adapters/{name}/evaluations/{evaluation_id}/cancel", { params })));
  }

  private async activate({ name, version }: Adapter): Promise<void> {
    const params = { path: { name } };
    await this.past((override) => must(api.POST("/api/v1/adapters/{name}/activate", { params, body: { version, ...override } })));
  }

  /** Ask for the share of the conversations that a version is tried with. */
  private async try(adapter: Adapter, share: number): Promise<void> {
    const field = { name: "share", label: words.deployment.share, value: String(Math.round(share * 100)), number: { min: 1, max: 100 } };
    const values = await filledIn(words.deployment.tryHint, [field]);
    if (values) await this.setShare(adapter, Number(values.share) / 100);
  }

  private async setShare({ name, version }: Adapter, share: number): Promise<void> {
    const params = { path: { name } };
    await this.past((override) => must(api.POST("/api/v1/adapters/{name}/canary", { params, body: { version, share, ...override } })));
  }

  /** Make a call that the gate may refuse; then ask for the reason to go on in spite of it. */
  private async past(call: (override: { override?: string }) => Promise<unknown>): Promise<void> {
    try {
      await call({});
      await this.load();
    } catch (fault) {
      if (!(fault instanceof LoracleError) || fault.code !== "gate_closed") {
        this.fault = shown(fault);
        return;
      }
      const field = { name: "override", label: words.deployment.reason, value: "" };
      const values = await filledIn(fault.message, [field], words.deployment.override);
      if (values) await this.change(() => call({ override: values.override }));
    }
  }

  private async roll({ name }: Adapter): Promise<void> {
    if (!(await confirmed(learning.use.confirmRollBack))) return;
    await this.change(() => must(api.POST("/api/v1/adapters/{name}/rollback", { params: { path: { name } } })));
  }

  private async toggleCompression({ id }: Adapter): Promise<void> {
    this.compressed = this.compressed === id ? null : id;
  }

  private async delete({ id, name, version }: Adapter): Promise<void> {
    if (!(await confirmed(learning.confirmRemove(id)))) return;
    const params = { path: { name }, query: { version } };
    await this.change(() => must(api.DELETE("/api/v1/adapters/{name}", { params })));
  }

  private async change(call: () => Promise<unknown>): Promise<void> {
    try {
      await call();
      await this.load();
    } catch (fault) {
      this.fault = shown(fault);
    }
  }
}
