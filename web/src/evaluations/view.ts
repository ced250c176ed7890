import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { adapterName } from "../adapters/names";
import { api, must, shown, type Schemas } from "../api/client";
import { confirmed } from "../ui/dialog";
import { day } from "../ui/format";
import { icon } from "../ui/icons";
import { intervalBar, intervalStyles } from "../ui/interval";
import { view } from "../ui/layout";
import { PagedList, type Page, type PageQuery } from "../ui/paged_list";
import { base } from "../ui/styles";
import { intervalsOf, withInterval, type RunScores } from "./figures";
import { words } from "./texts";
import "./comparison";
import "./questions";
import "./run";

type Evaluation = Schemas["EvaluationOut"];
const UNFINISHED = new Set(["queued", "running"]);
const POLL_MS = 2000;

/** Evaluations of answers: begun with questions of one's own, listed, opened and compared. */
@customElement("loracle-evaluations-view")
export class EvaluationsView extends LitElement {
  static override styles = [
    base,
    view,
    intervalStyles,
    css`
      .row {
        grid-template-columns: auto minmax(0, 1fr) auto;
      }
      .row a {
        font-weight: 600;
        color: var(--ink);
      }
      .row input[type="checkbox"] {
        width: 1.1rem;
        height: 1.1rem;
        accent-color: var(--accent);
      }
      .bar input[type="search"] {
        flex: 1 1 12rem;
        min-width: 0;
      }
      .bar label {
        display: flex;
        align-items: center;
        gap: 0.4rem;
        min-width: 0;
      }
      select {
        max-width: 16rem;
        min-width: 0;
      }
      progress {
        width: 8rem;
        accent-color: var(--accent);
      }
    `,
  ];

  /** Where in the view: an evaluation's id, or two to compare, or "new". */
  @property({ attribute: false }) path: string[] = [];
  @state() private adapters: Schemas["AdapterOut"][] = [];
  @state() private answering = ""; // "": the current version
  @state() private ticked: Evaluation[] = []; // oldest first
  @state() private wanted = "";
  @state() private fault = "";
  @state() private busy = false;
  private some = false; // there are evaluations, or were
  private timer = 0;
  private typing = 0;
  private readonly list = new PagedList<Evaluation>(this, (query) => this.fetchPage(query));

  override connectedCallback(): void {
    super.connectedCallback();
    void this.loadAdapters();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  override updated(): void {
    clearTimeout(this.timer);
    if (this.path.length || !this.list.items.some((one) => UNFINISHED.has(one.status))) return;
    this.timer = window.setTimeout(() => void this.list.load(), POLL_MS);
  }

  override render(): TemplateResult {
    const [first, second] = this.path;
    if (first === "new") return this.within(html`<loracle-questions @written=${this.onWritten}></loracle-questions>`);
    if (first && second) return this.within(html`<loracle-comparison .first=${first} .second=${second}></loracle-comparison>`);
    if (first) return this.within(html`<loracle-evaluation .evaluationId=${first}></loracle-evaluation>`);
    return html`<div class="column">
      <header>
        <h1>${words.title}</h1>
        <p class="quiet">${words.lead}</p>
      </header>
      ${this.beginning()} ${this.fault || this.list.fault ? html`<p class="error" role="alert">${this.fault || this.list.fault}</p>` : nothing}
      ${this.some ? this.finding() : nothing}
      <div class="rows">
        ${repeat(
          this.list.items,
          (one) => one.id,
          (one) => this.row(one),
        )}
        ${this.list.placeholder(this.wanted ? words.noneFound : words.empty)}
      </div>
      ${this.list.pager()}
    </div>`;
  }

  private within(content: TemplateResult): TemplateResult {
    return html`<div class="column">
      <p><a href="#/evaluations">${words.all}</a></p>
      ${this.fault ? html`<p class="error" role="alert">${this.fault}</p>` : nothing} ${content}
    </div>`;
  }

  private beginning(): TemplateResult {
    return html`<div class="bar stacked">
      <button class="primary" @click=${() => (location.hash = "#/evaluations/new")}>${words.write}</button>
      <label class="file">
        ${icon("upload", 18)} ${words.upload}
        <input class="hidden-text" type="file" accept=".jsonl,.json" ?disabled=${this.busy} @change=${this.onFile} />
      </label>
      <button class="plain-border" ?disabled=${this.busy} @click=${() => void this.fromFeedback()}>${words.fromFeedback}</button>
      <label>
        <span class="quiet small">${words.answeredBy}</span>
        <select @change=${(event: Event) => (this.answering = (event.target as HTMLSelectElement).value)}>
          <option value="">${words.inForce}</option>
          <option value="base">${words.base}</option>
          ${this.adapters.map((one) => html`<option value=${one.id}>${adapterName(one)}</option>`)}
        </select>
      </label>
    </div>`;
  }

  private finding(): TemplateResult {
    const [first, second] = this.ticked;
    return html`<div class="bar">
      <input type="search" aria-label=${words.search} placeholder=${words.search} @input=${this.onSearch} />
      ${first && second
        ? html`<button class="primary" @click=${() => (location.hash = `#/evaluations/${first.id}/${second.id}`)}>${words.compare}</button>`
        : this.list.total > 1
          ? html`<span class="quiet small">${words.compareHint}</span>`
          : nothing}
    </div>`;
  }

  private row(one: Evaluation): TemplateResult {
    const { status, progress, error } = one;
    const useful = intervalsOf(((one.scores as RunScores).overall ?? {}) as Record<string, unknown>)[0] ?? firstOfParts(one.scores as RunScores);
    return html`<section class="row" aria-label=${one.name}>
      <input
        type="checkbox"
        aria-label=${words.select(one.name)}
        .checked=${this.ticked.some((other) => other.id === one.id)}
        ?disabled=${status !== "succeeded"}
        @change=${() => this.tick(one)}
      />
      <div>
        <a href="#/evaluations/${one.id}">${one.name}</a>
        <div class="facts">
          <span class=${status === "failed" ? "failed" : ""}>${words.states[status] ?? status}</span>
          ${UNFINISHED.has(status) ? html`<progress max="1" value=${progress} aria-label=${one.name}></progress>` : nothing}
          ${useful ? html`<span>${words.names[useful[0]]}: ${withInterval(useful[1])}</span>${intervalBar(useful[1], 0, 1)}` : nothing}
          <span>${one.adapter ?? words.base}</span><span>${day(one.created_at)}</span>
        </div>
        ${error ? html`<p class="failed small">${error.message}</p>` : nothing}
      </div>
      <button class="icon" aria-label=${words.remove(one.name)} title=${words.remove(one.name)} @click=${() => void this.delete(one)}>
        ${icon("trash", 18)}
      </button>
    </section>`;
  }

  private tick(one: Evaluation): void {
    const others = this.ticked.filter((other) => other.id !== one.id);
    const both = others.length === this.ticked.length ? [...others, one].slice(-2) : others;
    this.ticked = both.sort((a, b) => a.created_at.localeCompare(b.created_at));
  }

  private async fetchPage(query: PageQuery): Promise<Page<Evaluation>> {
    const asked = { ...query, ...(this.wanted ? { q: this.wanted } : {}) };
    const page = await must(api.GET("/api/v1/evaluations", { params: { query: asked } }));
    this.some ||= page.data.length > 0;
    return page;
  }

  private onSearch(event: Event): void {
    this.wanted = (event.target as HTMLInputElement).value.trim();
    clearTimeout(this.typing);
    this.typing = window.setTimeout(() => void this.list.restart(), 200);
  }

  private async loadAdapters(): Promise<void> {
    try {
      const { data } = await must(api.GET("/api/v1/adapters", { params: { query: { limit: 100 } } }));
      this.adapters = data.filter((one) => !one.not_served);
    } catch {
      this.adapters = []; // the list of evaluations says what is wrong
    }
  }

  private onFile(event: Event): void {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    input.value = "";
    if (file) void this.begin((form) => form.append("cases", file));
  }

  private onWritten(event: CustomEvent<File>): void {
    void this.begin((form) => form.append("cases", event.detail));
  }

  private async fromFeedback(): Promise<void> {
    if (await confirmed(words.fromFeedbackHint)) await this.begin((form) => form.append("source", "feedback"));
  }

  /** Begin an evaluation and open it. */
  private async begin(fill: (form: FormData) => void): Promise<void> {
    const form = new FormData();
    fill(form);
    if (this.answering) form.append("adapter", this.answering);
    this.busy = true;
    this.fault = "";
    try {
      const made = await must(api.POST("/api/v1/evaluations", { body: form as never, bodySerializer: () => form }));
      location.hash = `#/evaluations/${made.id}`;
      void this.list.restart();
    } catch (fault) {
      this.fault = shown(fault);
    }
    this.busy = false;
  }

  private async delete(one: Evaluation): Promise<void> {
    if (!(await confirmed(words.confirmRemove(one.name)))) return;
    try {
      await must(api.DELETE("/api/v1/evaluations/{evaluation_id}", { params: { path: { evaluation_id: one.id } } }));
      this.ticked = this.ticked.filter((other) => other.id !== one.id);
      await this.list.load();
    } catch (fault) {
      this.fault = shown(fault);
    }
  }
}

/** The most telling figure of the first part that has one. */
function firstOfParts({ parts }: RunScores): ReturnType<typeof intervalsOf>[number] | undefined {
  return Object.values(parts ?? {}).flatMap((part) => intervalsOf(part))[0];
}
