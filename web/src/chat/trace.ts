import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Schemas } from "../api/client";
import { text } from "../i18n";
import { base } from "../ui/styles";

/** How an answer was made: each step with what it decided and how long it took. */
@customElement("loracle-trace")
export class TraceView extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        margin-top: 0.6rem;
        padding: 0.8rem 1rem;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--raised);
        font-size: 0.88rem;
      }
      table {
        width: 100%;
        border-collapse: collapse;
      }
      th,
      td {
        text-align: left;
        vertical-align: top;
        padding: 0.25rem 0.6rem 0.25rem 0;
        border-top: 1px solid var(--line);
        font-weight: 400;
      }
      th {
        width: 7.5rem;
      }
      td:last-child {
        text-align: right;
        white-space: nowrap;
        padding-right: 0;
        font-variant-numeric: tabular-nums;
      }
      .detail {
        color: var(--quiet);
        font: 0.8rem/1.45 var(--mono);
        overflow-wrap: anywhere;
      }
      p {
        margin-bottom: 0.4rem;
      }
    `,
  ];

  @property({ attribute: false }) answer!: Schemas["ChatOut"];

  override render(): TemplateResult {
    const { adapter, question, timings, trace } = this.answer;
    return html`
      <p>
        ${text.answer.searchedFor}: “${question}”.
        ${adapter ? text.answer.adapter(adapter.name, adapter.version) : text.answer.base}.
        ${timings.ttft_s !== undefined
          ? html`${text.answer.firstToken(timings.ttft_s)} ${text.answer.seconds(timings.total_s ?? 0)}.`
          : nothing}
      </p>
      <table>
        ${(trace ?? []).map(
          (step) => html`<tr>
            <th scope="row">
              ${text.answer.steps[step.name] ?? step.name}<br />
              <span class="quiet">${step.name}, ${step.version === "model" ? text.answer.byModel : text.answer.byRule}</span>
            </th>
            <td class="detail">${detail(step.detail)}</td>
            <td>${text.answer.seconds(step.seconds)}</td>
          </tr>`,
        )}
      </table>
    `;
  }
}

function detail(values: Record<string, unknown>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== null && value !== "" && !(Array.isArray(value) && !value.length))
    .map(([name, value]) => `${name}: ${typeof value === "object" ? JSON.stringify(value) : String(value)}`)
    .join("; ");
}
