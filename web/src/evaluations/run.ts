import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { address, api, loracle, must, send, shown, type Schemas } from "../api/client";
import { day } from "../ui/format";
import { icon } from "../ui/icons";
import { part, view } from "../ui/layout";
import { loading } from "../ui/loading";
import { PagedList, type Page, type PageQuery } from "../ui/paged_list";
import { base } from "../ui/styles";
import type { RunScores } from "./figures";
import { words } from "./texts";
import "./result";
import "./scores";

type Result = Schemas["ResultOut"];
const AGAIN_MS = 3000; // until a stream that broke off is taken up again

/** One evaluation: its progress, its figures by kind, and every question with its answer. */
@customElement("loracle-evaluation")
export class EvaluationRun extends LitElement {
  static override styles = [
    base,
    view,
    part,
    css`
      h1 {
        overflow-wrap: anywhere;
      }
      progress {
        width: 10rem;
        accent-color: var(--accent);
      }
      .bar label {
        display: flex;
        align-items: center;
        gap: 0.4rem;
      }
      .bar input[type="checkbox"] {
        width: 1.1rem;
        height: 1.1rem;
        accent-color: var(--accent);
      }
    `,
  ];

  @property() evaluationId = "";
  @state() private evaluation: Schemas["EvaluationOut"] | null = null;
  @state() private kind = "";
  @state() private onlyWrong = false;
  @state() private fault = "";
  private timer = 0;
  private following?: AbortController;
  private readonly results = new PagedList<Result>(this, (query) => this.fetchPage(query), { size: 20 });

  override willUpdate(changes: PropertyValues<this>): void {
    if (!changes.has("evaluationId")) return;
    if (this.hasUpdated) {
      this.evaluation = null;
      void this.results.restart();
    }
    clearTimeout(this.timer);
    void this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
    this.following?.abort();
  }

  override render(): TemplateResult {
    const { evaluation } = this;
    if (!evaluation) return this.fault ? html`<p class="error" role="alert">${this.fault}</p>` : html`<h1>${words.title}</h1>${loading()}`;
    const { status, progress, adapter, error } = evaluation;
    const scores = evaluation.scores as RunScores;
    const running = isRunning(evaluation);
    return html`
      <header>
        <h1>${evaluation.name}</h1>
        <div class="facts" role="status">
          <span class=${status === "failed" ? "failed" : ""}>${words.states[status] ?? status}</span>
          ${running ? html`<progress max="1" value=${progress} aria-label=${evaluation.name}></progress>` : nothing}
          <span>${adapter ?? words.base}</span><span>${day(evaluation.created_at)}</span>
        </div>
      </header>
      ${this.fault ? html`<p class="error" role="alert">${this.fault}</p>` : nothing}
      ${error ? html`<p class="error">${error.message}</p>` : nothing}
      ${Object.entries(scores.parts ?? {}).map(
        ([part, found]) => html`<loracle-scores .heading=${words.scores} .subject=${part} .scores=${found}></loracle-scores>`,
      )}
      ${status === "succeeded"
        ? html`<div class="bar">
            <button class="plain-border with-icon" @click=${() => void this.download()}>${icon("download", 16)} ${words.report}</button>
          </div>`
        : nothing}
      <h2>${words.results}</h2>
      ${this.filters(scores)}
      ${this.results.fault ? html`<p class="error" role="alert">${this.results.fault}</p>` : nothing}
      <div class="rows">
        ${this.results.items.map((one) => html`<loracle-evaluation-result .result=${one}></loracle-evaluation-result>`)}
        ${this.results.placeholder(words.noResults)}
      </div>
      ${this.results.pager()}
    `;
  }

  private filters({ parts }: RunScores): TemplateResult {
    const kinds = [...new Set(Object.values(parts ?? {}).flatMap((part) => Object.keys(part.kinds ?? {})))];
    return html`<div class="bar">
      <label>
        <input
          type="checkbox"
          .checked=${this.onlyWrong}
          @change=${(event: Event) => this.filter({ onlyWrong: (event.target as HTMLInputElement).checked })}
        />
        ${words.onlyWrong}
      </label>
      ${kinds.length > 1
        ? html`<select aria-label=${words.kind} @change=${(event: Event) => this.filter({ kind: (event.target as HTMLSelectElement).value })}>
            <option value="">${words.everyKind}</option>
            ${kinds.map((kind) => html`<option value=${kind}>${kind}</option>`)}
          </select>`
        : nothing}
    </div>`;
  }

  private filter({ kind = this.kind, onlyWrong = this.onlyWrong }: { kind?: string; onlyWrong?: boolean }): void {
    this.kind = kind;
    this.onlyWrong = onlyWrong;
    void this.results.restart();
  }

  private async fetchPage(query: PageQuery): Promise<Page<Result>> {
    const params = {
      path: { evaluation_id: this.evaluationId },
      query: { ...query, wrong: this.onlyWrong, ...(this.kind ? { kind: this.kind } : {}) },
    };
    return must(api.GET("/api/v1/evaluations/{evaluation_id}/results", { params }));
  }

  private async load(): Promise<void> {
    this.following?.abort();
    const params = { path: { evaluation_id: this.evaluationId } };
    try {
      this.evaluation = await must(api.GET("/api/v1/evaluations/{evaluation_id}", { params }));
      this.fault = "";
    } catch (fault) {
      this.fault = shown(fault);
      return;
    }
    if (this.isConnected && isRunning(this.evaluation)) void this.follow(this.evaluation);
  }

  /** Show each change until it has ended. A stream that breaks off, as when the service restarts, is taken up again. */
  private async follow({ id }: Schemas["EvaluationOut"]): Promise<void> {
    const { signal } = (this.following = new AbortController());
    try {
      for await (const state of loracle().followEvaluation(id, signal)) {
        if (signal.aborted) return;
        const before = this.evaluation?.progress;
        this.evaluation = state;
        if (before !== state.progress) await this.results.load();
        if (!isRunning(state)) return;
      }
    } catch (fault) {
      if (signal.aborted) return;
      this.fault = shown(fault);
    }
    if (!signal.aborted) this.timer = window.setTimeout(() => void this.load(), AGAIN_MS);
  }

  /** The report as a file: it is a page of its own, which this one does not show within itself. */
  private async download(): Promise<void> {
    try {
      const response = await send(new Request(address(`api/v1/evaluations/${this.evaluationId}/report`)));
      const file = URL.createObjectURL(await response.blob());
      Object.assign(document.createElement("a"), { href: file, download: `${this.evaluation?.name ?? "report"}.html` }).click();
      setTimeout(() => URL.revokeObjectURL(file), 60_000);
    } catch (fault) {
      this.fault = shown(fault);
    }
  }
}

function isRunning({ status }: Schemas["EvaluationOut"]): boolean {
  return status === "queued" || status === "running";
}
