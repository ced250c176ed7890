import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Schemas } from "../api/client";
import { text } from "../i18n";
import { base } from "../ui/styles";

/** What the evaluation of an adapter says: its verdict, and the checks that led to it. */
@customElement("loracle-gate-report")
export class GateReport extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        font-size: 0.88rem;
      }
      progress {
        width: 8rem;
        accent-color: var(--accent);
      }
      .passed {
        color: var(--accent);
      }
      .failed {
        color: var(--bad);
      }
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 0.1rem 0.8rem;
        margin: 0.3rem 0 0;
        color: var(--quiet);
      }
      dd {
        margin: 0;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) evaluation!: Schemas["AdapterEvaluationOut"];

  override render(): TemplateResult {
    const { status, progress, verdict, against, error, report } = this.evaluation;
    if (status === "queued" || status === "running")
      return html`<p role="status">
        ${text.adapters.evaluating(against)} <progress max="1" value=${progress} aria-label=${text.adapters.evaluate}></progress>
      </p>`;
    if (error) return html`<p class="failed">${error.message}</p>`;
    return html`<details>
      <summary class=${verdict === "worse" ? "failed" : verdict === "inconclusive" ? "" : "passed"}>
        ${text.adapters.verdict(verdict ?? status, against)}
      </summary>
      <dl>
        ${Object.entries(report).map(([name, value]) =>
          value === null || value === "" ? nothing : html`<dt>${name}</dt><dd>${typeof value === "object" ? JSON.stringify(value) : value}</dd>`,
        )}
      </dl>
    </details>`;
  }
}
