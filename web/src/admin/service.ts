import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { address, api, must, send, shown, type Schemas } from "../api/client";
import { language } from "../i18n";
import { icon } from "../ui/icons";
import { view } from "../ui/layout";
import { base } from "../ui/styles";
import { tableStyles } from "../ui/table";
import { panel, told } from "./panel";
import { words } from "./texts";

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
        align-items: center;
        padding: 0.5rem 0.9rem;
        overflow-wrap: anywhere;
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
    const number = new Intl.NumberFormat(language(), { maximumFractionDigits: 2 });
    return html`
      <p class="quiet">${words.service.lead}</p>
      ${told(this.fault)} ${readiness ? this.health(readiness) : nothing} ${this.doctor()}
      ${models.length
        ? html`<h2>${words.service.models}</h2>
            <p class="quiet small">${words.service.modelsLead}</p>
            <div class="rows">
              ${models.map((model) => html`<div class="row"><strong>${model.id}</strong><span class="quiet small">${model.adapter ?? model.owned_by}</span></div>`)}
            </div>`
        : nothing}
      ${figures.length
        ? html`<h2>${words.service.figures}</h2>
            <p class="quiet small">${words.service.figuresLead}</p>
            <div class="scroll">
              <table>
                ${figures.map(([name, value]) => html`<tbody><tr><th scope="row">${name}</th><td class="number">${number.format(value)}</td></tr></tbody>`)}
              </table>
            </div>`
        : nothing}
    `;
  }

  private health({ ready, checks, warnings }: Schemas["Readiness"]): TemplateResult {
    return html`
      <p role="status" class=${ready ? "good" : "failed"}><strong>${ready ? words.service.ready : words.service.notReady}</strong></p>
      <div class="rows">
        ${Object.entries(checks).map(([name, outcome]) =>
          check(words.service.checks[name] ?? name, outcome === OK, outcome === OK ? words.service.ok : outcome),
        )}
      </div>
      ${warnings.length ? html`<h2>${words.service.warnings}</h2>${warnings.map((one) => html`<p class="warning">${one}</p>`)}` : nothing}
    `;
  }

  /** What "loracle doctor" finds; looked for when it is asked for, since it reads the files of the models. */
  private doctor(): TemplateResult {
    const { diagnosis, checking } = this;
    return html`
      <h2>${words.service.doctor}</h2>
      <p class="quiet small">${words.service.doctorLead}</p>
      <div class="bar">
        <button class="plain-border" ?disabled=${checking} @click=${() => void this.check()}>${words.service.check}</button>
        <span role="status" class=${diagnosis?.ok === false ? "failed" : "quiet"}>${this.outcome()}</span>
      </div>
      ${diagnosis ? html`<div class="rows">${diagnosis.data.map((one) => check(one.name, one.ok, one.text))}</div>` : nothing}
    `;
  }

  private outcome(): string {
    if (this.checking) return words.service.checking;
    if (!this.diagnosis) return "";
    const wrong = this.diagnosis.data.filter((one) => !one.ok).length;
    return wrong ? words.service.wrong(wrong) : words.service.allWell;
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

/** A line that says whether something is in order. */
function check(name: string, ok: boolean, words: string): TemplateResult {
  return html`<div class="check">
    <span class=${ok ? "good" : "failed"}>${icon(ok ? "check" : "warning", 18)}</span>
    <strong>${name}</strong>
    <span class=${ok ? "quiet" : "failed"}>${words}</span>
  </div>`;
}
