import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { api, must, shown, type Schemas } from "../api/client";
import { locale } from "../i18n";
import { intervalBar, intervalStyles, points } from "../ui/interval";
import { part, view } from "../ui/layout";
import { loading } from "../ui/loading";
import { base } from "../ui/styles";
import { tableStyles } from "../ui/table";
import { intervalsOf, isHarmful } from "./figures";
import { words } from "./texts";

type Comparison = Schemas["ComparisonOut"];
const MOST = 100; // changed questions that are shown of each direction

/** Two evaluations of the same questions: what the second does otherwise. */
@customElement("loracle-comparison")
export class ComparisonView extends LitElement {
  static override styles = [
    base,
    view,
    part,
    tableStyles,
    intervalStyles,
    css`
      .changes li {
        padding: 0.5rem 0.9rem;
        overflow-wrap: anywhere;
      }
      .changes li + li {
        border-top: 1px solid var(--line);
      }
    `,
  ];

  @property() first = "";
  @property() second = "";
  @state() private comparison: Comparison | null = null;
  @state() private labels: [string, string] = ["", ""];
  @state() private fault = "";

  override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has("first") || changes.has("second")) void this.load();
  }

  override render(): TemplateResult {
    if (this.fault) return html`<p class="error" role="alert">${this.fault}</p>`;
    if (!this.comparison) return html`<h1>${words.comparison.title}</h1>${loading()}`;
    const { differences, changes } = this.comparison;
    const parts = Object.entries(differences as Record<string, Record<string, unknown>>);
    return html`
      <header>
        <h1>${words.comparison.title}</h1>
        <p class="quiet">${words.comparison.lead(...this.labels)}</p>
      </header>
      <p><a href="#/evaluations/${this.second}/${this.first}">${words.comparison.swap}</a></p>
      ${parts.length ? parts.map(([part, scores]) => this.table(part, scores)) : html`<p>${words.comparison.none}</p>`}
      ${parts.length && !changes.length ? html`<p class="quiet">${words.comparison.same}</p>` : nothing}
      ${this.changed(words.comparison.worse, changes.filter((one) => !one.better))}
      ${this.changed(words.comparison.better, changes.filter((one) => one.better))}
    `;
  }

  private table(part: string, scores: Record<string, unknown>): TemplateResult {
    const intervals = intervalsOf(scores);
    const reach = Math.max(0.05, ...intervals.flatMap(([, { low, high }]) => [Math.abs(low), Math.abs(high)]));
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${part}>
      <table>
        <thead>
          <tr><th scope="col">${words.comparison.score}</th><th scope="col" colspan="2">${words.comparison.difference}</th><th scope="col" class="number">${words.questions}</th></tr>
        </thead>
        <tbody>
          ${intervals.map(([score, one]) => {
            const worse = isHarmful(score) ? one.low > 0 : one.high < 0;
            return html`<tr>
              <th scope="row">${words.names[score] ?? score}</th>
              <td class="plot">${intervalBar(one, -reach, reach, worse)}</td>
              <td class="number">${points(one.mean)} (${points(one.low)} ${words.to} ${points(one.high)})</td>
              <td class="number">${one.n}</td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>`;
  }

  private changed(heading: string, changes: Comparison["changes"]): TemplateResult | typeof nothing {
    if (!changes.length) return nothing;
    return html`<section class="changes">
      <h2>${heading} (${changes.length})</h2>
      <ul class="rows">
        ${changes.slice(0, MOST).map((one) => html`<li>${one.question || one.case_id} <span class="quiet small">${one.kind ?? ""}</span></li>`)}
      </ul>
    </section>`;
  }

  private async load(): Promise<void> {
    const { first, second } = this;
    const named = async (id: string) => {
      const one = await must(api.GET("/api/v1/evaluations/{evaluation_id}", { params: { path: { evaluation_id: id } } }));
      const when = new Intl.DateTimeFormat(locale(), { dateStyle: "short", timeStyle: "short" }).format(new Date(one.created_at));
      return `${one.name} (${one.adapter ?? words.base}, ${when})`;
    };
    const params = { path: { evaluation_id: first, other_id: second } };
    this.fault = "";
    try {
      const [comparison, ...labels] = await Promise.all([
        must(api.GET("/api/v1/evaluations/{evaluation_id}/comparison/{other_id}", { params })),
        named(first),
        named(second),
      ]);
      this.comparison = comparison;
      this.labels = labels;
    } catch (fault) {
      this.fault = shown(fault);
    }
  }
}
