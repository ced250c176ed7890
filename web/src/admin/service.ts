import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { address, api, must, send, shown, type Schemas } from "../api/client";
import { locale } from "../i18n";
import { icon } from "../ui/icons";
import { view } from "../ui/layout";
import { loading } from "../ui/loading";
import { base } from "../ui/styles";
import { tableStyles } from "../ui/table";
import { panel, told } from "./panel";
import { words } from "./service_texts";

const OK = "ok";
/** What is shown of the metrics: single figures of the generator and of the answers. */
const FIGURES = /^loracle_(?:generator\{figure="([^"]+)"\}|(answers_total\{[^}]*\}|generated_tokens_total)) (\S+)$/gm;

/** Whether the service is ready, its warnings, its models and what it counts. */
@customElement("loracle-service")
export class Service extends LitElement {
  static override styles = [
    base,
    view,
    panel,
    tableStyles,
    css`
      .check {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) minmax(0, 2fr);
        gap: 0.6rem;
        align-items: start;
        padding: 0.5rem 0.9rem;
        overflow-wrap: anywhere;
      }
      @media (max-width: 40rem) {
        .check {
          grid-template-columns: auto minmax(0, 1fr);
          row-gap: 0.1rem;
        }
        .check > :last-child {
          grid-column: 2;
        }
      }
      .good {
        color: var(--accent);
      }
    `,
  ];

  @state() private readiness: Schemas["Readiness"] | null = null;
  @state() private models: Schemas["ModelOut"][] = [];
  @state() private figures: [string, number][] = [];
  @state() private diagnosis: Schemas["DiagnosisOut"] | null = null;
  @state() private checking = false;
  @state() private fault = "";

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  override render(): TemplateResult {
    const { readiness, models, figures } = this;
    const number = new Intl.NumberFormat(locale(), { maximumFractionDigits: 2 });
    return html`
      <p class="quiet">${words.lead}</p>
      ${told(this.fault)} ${readiness ? this.health(readiness) : this.fault ? nothing : loading()} ${this.doctor()}
      ${models.length
        ? html`<h2>${words.models}</h2>
            <p class="quiet small">${words.modelsLead}</p>
            <div class="rows">
              ${models.map((model) => html`<div class="row"><strong>${model.id}</strong><span class="quiet small">${model.adapter ?? model.owned_by}</span></div>`)}
            </div>`
        : nothing}
      ${figures.length
        ? html`<h2>${words.figures}</h2>
            <p class="quiet small">${words.figuresLead}</p>
            <div class="scroll">
              <table>
                ${figures.map(([name, value]) => html`<tbody><tr><th scope="row">${name}</th><td class="number">${number.format(value)}</td></tr></tbody>`)}
              </table>
            </div>`
        : nothing}
    `;
  }

  private health({ ready, checks, warnings }: Schemas["Readiness"]): TemplateResult {
    const lines = Object.entries(checks)
      .filter(([name, outcome]) => name !== "draining" || outcome !== OK) // no check: it is or is not being stopped
      .map(([name, outcome]) => ({ name, title: words.checks[name] ?? name, ok: outcome === OK, outcome }))
      .sort(wrongFirst);
    return html`
      <p role="status" class=${ready ? "good" : "warning"}><strong>${ready ? words.ready : words.notReady(wrongOnes(lines))}</strong></p>
      ${ready ? nothing : html`<p>${words.notReadyMeaning}</p>`}
      <div class="rows">
        ${lines.map(({ name, title, ok, outcome }) => check(title, ok, ok ? words.ok : outcome, words.help[name]))}
      </div>
      ${warnings.length ? html`<h2>${words.warnings}</h2>${warnings.map((one) => html`<p class="warning">${one}</p>`)}` : nothing}
    `;
  }

  /** What "loracle doctor" finds; looked for when it is asked for, since it reads the files of the models. */
  private doctor(): TemplateResult {
    const { diagnosis, checking } = this;
    const found = (diagnosis?.data ?? []).map((one) => ({ title: one.name, ...one })).sort(wrongFirst);
    return html`
      <h2>${words.doctor}</h2>
      <p class="quiet small">${words.doctorLead}</p>
      <div class="bar">
        <button class="plain-border" ?disabled=${checking} @click=${() => void this.check()}>${words.check}</button>
        <span role="status" class=${diagnosis?.ok === false ? "failed" : "quiet"}>${this.outcome(found)}</span>
      </div>
      ${diagnosis?.ok === false && this.readiness?.ready ? html`<p>${words.readyAllTheSame}</p>` : nothing}
      ${found.length
        ? html`<div class="rows">${found.map(({ title, ok, warning, text }) => check(title, ok, text, words.findings[title.split(/[ :]/)[0]!], warning))}</div>`
        : nothing}
    `;
  }

  private outcome(found: readonly Line[]): string {
    if (this.checking) return words.checking;
    if (!this.diagnosis) return "";
    return this.diagnosis.ok ? words.allWell : words.wrong(wrongOnes(found));
  }

  private async check(): Promise<void> {
    this.checking = true;
    try {
      this.diagnosis = await must(api.GET("/api/v1/diagnosis"));
      this.fault = "";
    } catch (fault) {
      this.fault = shown(fault);
    }
    this.checking = false;
  }

  private async load(): Promise<void> {
    try {
      const response = await send(new Request(address("readyz"))); // 503 says why it is not ready
      this.readiness = (await response.json()) as Schemas["Readiness"];
      this.models = (await must(api.GET("/v1/models"))).data;
      const metrics = await (await send(new Request(address("metrics")))).text();
      this.figures = [...metrics.matchAll(FIGURES)].map(([, figure, counter, value]) => [(figure ?? counter)!, Number(value)]);
    } catch (fault) {
      this.fault = shown(fault);
    }
  }
}

interface Line {
  title: string;
  ok: boolean;
}

function wrongFirst(one: Line, other: Line): number {
  return Number(one.ok) - Number(other.ok);
}

/** The names of what is not in order. */
function wrongOnes(lines: readonly Line[]): string {
  return lines
    .filter((one) => !one.ok)
    .map((one) => one.title)
    .join(", ");
}

/** A line that says whether something is in order; if not, first what that means and who does what. */
function check(title: string, ok: boolean, outcome: string, help: string | undefined, warning = false): TemplateResult {
  const well = ok && !warning;
  return html`<div class="check">
    <span class=${well ? "good" : ok ? "warning" : "failed"}>${icon(well ? "check" : "warning", 18)}</span>
    <strong>${title}</strong>
    <div>
      ${ok || !help ? nothing : html`<p>${help}</p>`}
      <span class="quiet ${ok ? "" : "small"}">${outcome}</span>
    </div>
  </div>`;
}
