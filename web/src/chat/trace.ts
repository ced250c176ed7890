import { css, html, LitElement, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Schemas } from "../api/client";
import { text } from "../i18n";
import { base } from "../ui/styles";
import { placeOf } from "./citation";

/** How an answer was made: in words, and each step with what it decided and how long it took. */
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
      ul {
        display: grid;
        gap: 0.25rem;
        overflow-wrap: anywhere;
      }
      summary {
        cursor: pointer;
        margin-top: 0.7rem;
        color: var(--quiet);
      }
      details p {
        margin-block: 0.5rem;
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
        width: 10rem;
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
    `,
  ];

  @property({ attribute: false }) answer!: Schemas["ChatOut"];

  override render(): TemplateResult {
    const { adapter, trace } = this.answer;
    return html`
      <ul>
        ${this.story().map((line) => html`<li>${line}</li>`)}
      </ul>
      <details>
        <summary>${text.answer.technical}</summary>
        <p class="quiet">${adapter ? text.answer.adapter(adapter.name, adapter.version) : text.answer.base}.</p>
        <table>
          ${(trace ?? []).map((step) => this.step(step))}
        </table>
      </details>
    `;
  }

  /** What was searched for, what was found, where the answer comes from and how long it took. */
  private story(): string[] {
    const { question, citations, timings, trace, refused } = this.answer;
    const { found, from, refusedNone, took, searchedFor } = text.answer.story;
    const passages = (name: string) => {
      const listed = trace?.find((step) => step.name === name)?.detail.passages;
      return Array.isArray(listed) ? listed.length : null;
    };
    const [all, fit] = [passages("retrieve"), passages("judge")];
    const places = [...new Set((citations ?? []).map((one) => one.filename + placeOf(one)))];
    const lines: string[] = [];
    if (all !== null) lines.push(searchedFor(question), found(all, fit));
    if (places.length) lines.push(from(places));
    else if (refused) lines.push(refusedNone);
    if (timings.total_s !== undefined) lines.push(took(timings.total_s, timings.ttft_s ?? null));
    return lines;
  }

  private step(step: Schemas["StepTraceOut"]): TemplateResult {
    return html`<tr>
      <th scope="row">
        ${text.answer.steps[step.name] ?? step.name}<br />
        <span class="quiet">${step.name}, ${step.version === "model" ? text.answer.byModel : text.answer.byRule}</span>
      </th>
      <td class="detail">${detail(step.detail)}</td>
      <td>${text.answer.seconds(step.seconds)}</td>
    </tr>`;
  }
}

function detail(values: Record<string, unknown>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== null && value !== "" && !(Array.isArray(value) && !value.length))
    .map(([name, value]) => `${name}: ${typeof value === "object" ? JSON.stringify(value) : String(value)}`)
    .join("; ");
}
