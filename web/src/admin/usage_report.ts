import { css, html, LitElement, nothing, svg, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { api, must, shown, type Schemas } from "../api/client";
import { locale } from "../i18n";
import { day } from "../ui/format";
import "../ui/filters";
import { view } from "../ui/layout";
import { loading } from "../ui/loading";
import { base } from "../ui/styles";
import { tableStyles } from "../ui/table";
import { panel, told } from "./panel";
import { words } from "./texts";

type Report = Schemas["UsageReportOut"];
type Amount = keyof typeof words.usage.amounts;
const AMOUNTS = Object.keys(words.usage.amounts) as Amount[];
const RANGES = [7, 30, 90];
const HEIGHT = 100; // of the tallest bar; the chart is stretched to its box
const DAY_MS = 86_400_000;

/** What was used on each day: bars, a total, and the same as a table. */
@customElement("loracle-usage-report")
export class UsageReport extends LitElement {
  static override styles = [
    base,
    view,
    panel,
    tableStyles,
    css`
      .chart {
        font-size: 0.82rem;
        color: var(--quiet);
      }
      .chart svg {
        width: 100%;
        height: 8rem;
        border-bottom: 1px solid var(--line-strong);
      }
      .most {
        position: relative;
        width: max-content;
      }
      .ends {
        display: flex;
        justify-content: space-between;
        margin-top: 0.3rem;
      }
      rect {
        fill: var(--accent);
      }
    `,
  ];

  /** Whose; left out: the tenant's of the key in use. */
  @property() tenantId = "";
  @state() private report: Report | null = null;
  @state() private amount: Amount = "requests";
  @state() private days = 30;
  @state() private fault = "";

  override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has("tenantId") || !this.hasUpdated) void this.load();
  }

  override render(): TemplateResult {
    const { report } = this;
    return html`
      <div class="bar">
        <loracle-filters>
          <select aria-label=${words.usage.of} @change=${(event: Event) => (this.amount = (event.target as HTMLSelectElement).value as Amount)}>
            ${AMOUNTS.map((amount) => html`<option value=${amount}>${words.usage.amounts[amount]}</option>`)}
          </select>
          <select aria-label=${words.usage.range} @change=${this.onRange}>
            ${RANGES.map((days) => html`<option value=${days} ?selected=${days === this.days}>${words.usage.days(days)}</option>`)}
          </select>
        </loracle-filters>
        ${report ? html`<span>${words.usage.total(words.usage.amounts[this.amount], number(report.total[this.amount]))}</span>` : nothing}
      </div>
      <p class="quiet small">${words.usage.meaning}</p>
      ${told(this.fault)} ${report ? this.figures(report) : this.fault ? nothing : loading()}
    `;
  }

  private figures(report: Report): TemplateResult {
    return report.data.length ? html`${this.chart(report)} ${this.table(report)}` : html`<p class="quiet">${words.usage.none}</p>`;
  }

  private chart(report: Report): TemplateResult {
    const days = dates(report.start, report.end);
    const used = new Map(report.data.map((one) => [one.date, one.amounts[this.amount]]));
    const most = Math.max(1, ...used.values());
    const bar = (date: string, at: number) => {
      const height = (HEIGHT * (used.get(date) ?? 0)) / most;
      return svg`<rect x=${at + 0.12} y=${(HEIGHT - height).toFixed(1)} width="0.76" height=${height.toFixed(1)}><title>${day(date)}: ${number(used.get(date) ?? 0)}</title></rect>`;
    };
    const label = words.usage.chart(words.usage.amounts[this.amount], number(report.total[this.amount]));
    return html`<div class="chart" role="img" aria-label=${label}>
      ${tallest(days.map((date) => used.get(date) ?? 0))}
      <svg viewBox="0 0 ${days.length} ${HEIGHT}" preserveAspectRatio="none">${days.map(bar)}</svg>
      <div class="ends"><span>${day(report.start)}</span><span>${day(report.end)}</span></div>
    </div>`;
  }

  private table(report: Report): TemplateResult {
    return html`<details>
      <summary class="small">${words.usage.table}</summary>
      <div class="scroll" tabindex="0" role="region" aria-label=${words.usage.table}>
        <table>
          <thead>
            <tr><th scope="col">${words.usage.day}</th>${AMOUNTS.map((amount) => html`<th scope="col" class="number">${words.usage.amounts[amount]}</th>`)}</tr>
          </thead>
          ${[...report.data].reverse().map(
            (one) => html`<tbody>
              <tr><th scope="row">${day(one.date)}</th>${AMOUNTS.map((amount) => html`<td class="number">${number(one.amounts[amount])}</td>`)}</tr>
            </tbody>`,
          )}
        </table>
      </div>
    </details>`;
  }

  private onRange(event: Event): void {
    this.days = Number((event.target as HTMLSelectElement).value);
    void this.load();
  }

  private async load(): Promise<void> {
    const end = new Date().toISOString().slice(0, 10);
    const start = new Date(Date.parse(end) - (this.days - 1) * DAY_MS).toISOString().slice(0, 10);
    const query = { start, end };
    try {
      this.report = this.tenantId
        ? await must(api.GET("/api/v1/tenants/{tenant_id}/usage", { params: { path: { tenant_id: this.tenantId }, query } }))
        : await must(api.GET("/api/v1/usage", { params: { query } }));
      this.fault = "";
    } catch (fault) {
      this.fault = shown(fault);
    }
  }
}

/** The amount of the tallest bar, above it; the label stays within the chart at both ends. */
function tallest(amounts: number[]): TemplateResult {
  const most = Math.max(...amounts);
  const place = (100 * (amounts.indexOf(most) + 0.5)) / amounts.length;
  return html`<div class="most" .style=${`left: ${place}%; transform: translateX(-${place}%)`}>${number(most)}</div>`;
}

/** Every day from the first to the last. */
function dates(start: string, end: string): string[] {
  const count = Math.round((Date.parse(end) - Date.parse(start)) / DAY_MS) + 1;
  return Array.from({ length: count }, (_, at) => new Date(Date.parse(start) + at * DAY_MS).toISOString().slice(0, 10));
}

function number(value: number): string {
  return new Intl.NumberFormat(locale()).format(value);
}
