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
        grid-template-columns: auto 8rem minmax(0, 1fr);
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
  @state() private fault = "";

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  override render(): TemplateResult {
    const { readiness, models, figures } = this;
    const number = new Intl.NumberFormat(language(), { maximumFractionDigits: 2 });
    return html`
      <p class="quiet">${words.service.lead} ${words.service.doctor}</p>
      ${told(this.fault)} ${readiness ? this.health(readiness) : nothing}
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
        ${Object.entries(checks).map(
          ([name, outcome]) => html`<div class="check">
            <span class=${outcome === OK ? "good" : "failed"}>${icon(outcome === OK ? "check" : "warning", 18)}</span>
            <strong>${words.service.checks[name] ?? name}</strong>
            <span class=${outcome === OK ? "quiet" : "failed"}>${outcome === OK ? words.service.ok : outcome}</span>
          </div>`,
        )}
      </div>
      ${warnings.length ? html`<h2>${words.service.warnings}</h2>${warnings.map((one) => html`<p class="warning">${one}</p>`)}` : nothing}
    `;
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
