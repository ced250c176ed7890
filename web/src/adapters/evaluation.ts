import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Schemas } from "../api/client";
import { learning } from "./learning_texts";
import { intervalBar, intervalStyles, percent, points, type Interval } from "../ui/interval";
import { base } from "../ui/styles";
import { tableStyles } from "../ui/table";
import { words } from "./texts";

/** What a report holds, which the API gives as free JSON. Reports of older versions have no examples. */
interface Report {
  reasons?: string[];
  questions?: number;
  groups?: number;
  incumbent_f1?: number;
  candidate_f1?: number;
  difference?: Interval | null;
  checks?: { name: string; incumbent: number; candidate: number; limit: number; vetoed: boolean; n: number }[];
  examples?: Example[];
}

interface Example {
  id: string;
  question: string;
  answerable: boolean;
  expected: string[];
  gain: number; // above 0: the candidate is better
  incumbent: { answer: string };
  candidate: { answer: string };
}

/** What the evaluation of an adapter says: its verdict, the checks that led to it, and answers of both sides. */
@customElement("loracle-gate-report")
export class GateReport extends LitElement {
  static override styles = [
    base,
    tableStyles,
    intervalStyles,
    css`
      :host {
        display: block;
        font-size: 0.88rem;
      }
      progress {
        width: 8rem;
        accent-color: var(--accent);
      }
      summary {
        cursor: pointer;
      }
      .passed {
        color: var(--accent);
      }
      .failed,
      .veto {
        color: var(--bad);
      }
      .inside {
        display: grid;
        gap: 0.6rem;
        padding: 0.5rem 0;
      }
      .difference {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.2rem 0.8rem;
      }
      .example {
        border-top: 1px solid var(--line);
        padding: 0.6rem 0;
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr));
        gap: 0.3rem 1rem;
        overflow-wrap: anywhere;
      }
      .example header {
        grid-column: 1 / -1;
      }
      .example h4 {
        margin: 0;
        font-size: 0.8rem;
        color: var(--quiet);
        font-weight: 600;
      }
      .example .said {
        white-space: pre-wrap;
      }
    `,
  ];

  @property({ attribute: false }) evaluation!: Schemas["AdapterEvaluationOut"];

  override render(): TemplateResult {
    const { status, progress, verdict, against, error } = this.evaluation;
    if (status === "queued" || status === "running")
      return html`<p role="status">
        ${learning.use.comparing(against)} <progress max="1" value=${progress} aria-label=${learning.use.compare}></progress>
        <button class="small" @click=${() => this.dispatchEvent(new Event("cancel-evaluation"))}>${words.gate.cancel}</button>
      </p>`;
    if (error) return html`<p class="failed">${error.message}</p>`;
    return html`<details>
      <summary class=${verdict === "worse" ? "failed" : verdict === "inconclusive" ? "" : "passed"}>
        ${learning.use.verdict(verdict ?? status, against)}
      </summary>
      ${this.inside(this.evaluation.report as Report)}
    </details>`;
  }

  private inside(report: Report): TemplateResult {
    const { reasons = [], questions, groups, incumbent_f1, candidate_f1, difference, checks = [], examples = [] } = report;
    return html`<div class="inside">
      ${reasons.map((reason) => html`<p>${reason}</p>`)}
      ${questions === undefined || groups === undefined ? nothing : html`<p class="quiet">${words.gate.asked(questions, groups)}</p>`}
      ${incumbent_f1 === undefined || candidate_f1 === undefined
        ? nothing
        : html`<p>${words.gate.f1((incumbent_f1 * 100).toFixed(1), (candidate_f1 * 100).toFixed(1))}</p>`}
      ${difference ? this.difference(difference) : nothing} ${checks.length ? this.checks(checks) : nothing}
      ${examples.length
        ? html`<details>
            <summary>${words.gate.examples(examples.length)}</summary>
            ${examples.map((one) => this.example(one))}
          </details>`
        : nothing}
    </div>`;
  }

  private difference(difference: Interval): TemplateResult {
    const reach = Math.max(0.05, Math.abs(difference.low), Math.abs(difference.high));
    return html`<p class="difference">
      <span>${words.gate.difference}</span> ${intervalBar(difference, -reach, reach, difference.high < 0)}
      <span>${points(difference.mean)} (${points(difference.low)} ${words.to} ${points(difference.high)})</span>
    </p>`;
  }

  private checks(checks: NonNullable<Report["checks"]>): TemplateResult {
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${words.gate.check}>
      <table>
        <thead>
          <tr>
            <th scope="col">${words.gate.check}</th>
            ${[words.gate.before, words.gate.now, words.gate.limit].map((heading) => html`<th scope="col" class="number">${heading}</th>`)}
          </tr>
        </thead>
        ${checks.map(
          (one) => html`<tbody>
            <tr>
              <th scope="row" class=${one.vetoed ? "veto" : ""}>
                ${words.gate.checks[one.name] ?? one.name}${one.vetoed ? html` (${words.gate.veto})` : nothing}
              </th>
              <td class="number">${percent(one.incumbent)}</td>
              <td class="number">${percent(one.candidate)}</td>
              <td class="number">${percent(one.limit)}</td>
            </tr>
          </tbody>`,
        )}
      </table>
    </div>`;
  }

  private example(one: Example): TemplateResult {
    const change = one.gain < 0 ? words.gate.worse : one.gain > 0 ? words.gate.better : words.gate.same;
    return html`<article class="example">
      <header>
        <strong>${one.question}</strong> <span class=${one.gain < 0 ? "failed" : "passed"}>${change}</span>
        <p class="quiet">${words.gate.expected}: ${one.answerable ? one.expected.join(" / ") : words.gate.refusal}</p>
      </header>
      <div>
        <h4>${words.gate.before}: ${this.evaluation.against === "base" ? words.base : this.evaluation.against}</h4>
        <p class="said">${one.incumbent.answer}</p>
      </div>
      <div>
        <h4>${words.gate.now}: ${this.evaluation.adapter}</h4>
        <p class="said">${one.candidate.answer}</p>
      </div>
    </article>`;
  }
}
