import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { api, must, shown, type Schemas } from "../api/client";
import { text } from "../i18n";
import { confirmed, filledIn } from "../ui/dialog";
import { bytes, day } from "../ui/format";
import { icon, type IconName } from "../ui/icons";
import { view } from "../ui/layout";
import { base } from "../ui/styles";
import "./evaluation";
import "./training";

type Adapter = Schemas["AdapterOut"];

/** The adapters of a tenant: which one answers, what else there is, and the training of new ones. */
@customElement("loracle-adapters-view")
export class AdaptersView extends LitElement {
  static override styles = [
    base,
    view,
    css`
      .now {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.6rem;
        padding: 0.8rem 1rem;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--accent-soft);
      }
      .now span {
        flex: 1 1 14rem;
      }
    `,
  ];

  @state() private adapters: Adapter[] = [];
  @state() private evaluations: Record<string, Schemas["AdapterEvaluationOut"]> = {}; // the newest by adapter@version
  @state() private fault = "";
  @state() private loaded = false;
  @query("#cases") private cases!: HTMLInputElement;
  private judged: Adapter | null = null;
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
    return html`<div class="column">
      <header>
        <h1>${text.adapters.title}</h1>
        <p class="quiet">${text.adapters.lead}</p>
      </header>
      ${this.fault ? html`<p class="error" role="alert">${this.fault}</p>` : nothing} ${this.loaded ? this.now() : nothing}
      <h2>${text.adapters.versions}</h2>
      <div class="rows">
        ${this.adapters.map((adapter) => this.row(adapter))}
        ${this.loaded && !this.adapters.length ? html`<p class="none quiet">${text.adapters.none}</p>` : nothing}
      </div>
      <input id="cases" type="file" accept=".jsonl,.json" hidden @change=${this.onCases} />
      <loracle-training @trained=${() => void this.load()}></loracle-training>
    </div>`;
  }

  private now(): TemplateResult {
    const active = this.adapters.find((one) => one.active);
    return html`<div class="now" role="status">
      <span>${active ? text.adapters.answers(active.id) : text.adapters.baseAnswers}</span>
      ${active
        ? html`<button class="plain-border" @click=${() => void this.roll(active)}>${text.adapters.rollBack}</button>`
        : nothing}
    </div>`;
  }

  private row(adapter: Adapter): TemplateResult {
    const evaluation = this.evaluations[adapter.id];
    const facts = [
      adapter.builtin ? text.adapters.builtin : text.adapters.origins[adapter.lineage.origin],
      text.adapters.rank(adapter.rank),
      bytes(adapter.bytes),
      day(adapter.created_at),
    ];
    return html`<section class="row" aria-label=${adapter.id}>
      <div>
        <strong>${adapter.id}</strong> ${adapter.active ? html`<span class="badge">${text.adapters.active}</span>` : nothing}
        <div class="facts">${facts.map((fact) => html`<span>${fact}</span>`)}</div>
        ${adapter.not_served ? html`<p class="warning small">${adapter.not_served}</p>` : nothing}
        ${adapter.warning ? html`<p class="warning small">${adapter.warning}</p>` : nothing}
        ${adapter.stale ? html`<p class="warning small">${text.adapters.stale}</p>` : nothing}
      </div>
      <div class="tools">
        ${adapter.active || adapter.not_served ? nothing : this.tool("check", text.adapters.evaluate, () => this.evaluate(adapter))}
        ${adapter.active || adapter.not_served ? nothing : this.tool("up", text.adapters.activate, () => this.activate(adapter))}
        ${adapter.builtin ? nothing : this.tool("steps", text.adapters.compress, () => this.compress(adapter))}
        ${adapter.builtin || adapter.active ? nothing : this.tool("trash", text.adapters.remove(adapter.id), () => this.delete(adapter))}
      </div>
      ${evaluation ? html`<loracle-gate-report class="wide" .evaluation=${evaluation}></loracle-gate-report>` : nothing}
    </section>`;
  }

  private tool(name: IconName, label: string, action: () => Promise<void>): TemplateResult {
    return html`<button class="icon" aria-label=${label} title=${label} @click=${() => void action()}>${icon(name, 18)}</button>`;
  }

  private async load(): Promise<void> {
    clearTimeout(this.timer);
    try {
      this.adapters = (await must(api.GET("/api/v1/adapters", { params: { query: { limit: 100 } } }))).data;
      await this.loadEvaluations();
      this.fault = "";
    } catch (fault) {
      this.fault = shown(fault);
    }
    this.loaded = true;
  }

  private async loadEvaluations(): Promise<void> {
    const names = new Set(this.adapters.filter((one) => !one.builtin).map((one) => one.name));
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

  private async activate({ name, version }: Adapter): Promise<void> {
    const params = { path: { name } };
    await this.change(() => must(api.POST("/api/v1/adapters/{name}/activate", { params, body: { version } })));
  }

  private async roll({ name }: Adapter): Promise<void> {
    if (!(await confirmed(text.adapters.confirmRollBack))) return;
    await this.change(() => must(api.POST("/api/v1/adapters/{name}/rollback", { params: { path: { name } } })));
  }

  private async compress({ name, version, rank }: Adapter): Promise<void> {
    const field = { name: "rank", label: text.adapters.newRank, value: String(Math.max(1, Math.floor(rank / 2))) };
    const values = await filledIn(text.adapters.compressHint, [field]);
    if (!values) return;
    const body = { version, rank: Number(values.rank) };
    await this.change(() => must(api.POST("/api/v1/adapters/{name}/compress", { params: { path: { name } }, body })));
  }

  private async delete({ id, name, version }: Adapter): Promise<void> {
    if (!(await confirmed(text.adapters.confirmRemove(id)))) return;
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
