import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { intervalBar, intervalStyles } from "../ui/interval";
import { base } from "../ui/styles";
import { tableStyles } from "../ui/table";
import { intervalsOf, isHarmful, withInterval, type PartScores } from "./figures";
import { words } from "./texts";

/** The figures of one part of an evaluation with their intervals, of all its questions and of each kind. */
@customElement("loracle-scores")
export class Scores extends LitElement {
  static override styles = [
    base,
    tableStyles,
    intervalStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.5rem;
      }
      h2 {
        font: 600 1.05rem/1.3 var(--text);
      }
      .group,
      td[rowspan] {
        vertical-align: top;
      }
      .failed {
        color: var(--bad);
      }
    `,
  ];

  @property() heading = "";
  @property() subject = "";
  @property({ attribute: false }) scores!: PartScores;

  override render(): TemplateResult {
    const { n, failed = 0, kinds = {}, total_s } = this.scores;
    const several = Object.keys(kinds).length > 1 ? Object.entries(kinds) : [];
    return html`
      <h2>${this.heading} <span class="quiet small">${this.subject}</span></h2>
      <div class="scroll" tabindex="0" role="region" aria-label=${this.heading}>
        <table>
          <thead>
            <tr><th scope="col">${words.kind}</th><th scope="col" class="number">${words.questions}</th><th scope="col" colspan="3">${words.scores}</th></tr>
          </thead>
          ${this.kind(words.allKinds, n, this.scores)} ${several.map(([kind, scores]) => this.kind(kind, scores.n, scores))}
        </table>
      </div>
      <p class="quiet small">
        ${words.interval} ${total_s ? words.seconds(total_s.p50.toFixed(1), total_s.p95.toFixed(1)) : nothing}
        ${failed ? html`<span class="failed">${words.failed(failed)}</span>` : nothing}
      </p>
    `;
  }

  private kind(name: string, n: number, scores: PartScores): TemplateResult {
    const intervals = intervalsOf(scores);
    return html`<tbody>
      ${intervals.map(
        ([score, interval], at) => html`<tr>
          ${at ? nothing : html`<th scope="rowgroup" class="group" rowspan=${intervals.length}>${name}</th><td class="number" rowspan=${intervals.length}>${n}</td>`}
          <td>${words.names[score] ?? score}</td>
          <td class="plot">${intervalBar(interval, 0, 1, isHarmful(score))}</td>
          <td class="number">${withInterval(interval)}</td>
        </tr>`,
      )}
    </tbody>`;
  }
}
