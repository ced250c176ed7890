import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Schemas } from "../api/client";
import { learning } from "./learning_texts";
import { day } from "../ui/format";
import { percent } from "../ui/interval";
import { base } from "../ui/styles";
import { tableStyles } from "../ui/table";
import { adapterName } from "./names";
import { words } from "./texts";

/** What answers now, and while a version is tried, how each does. Asks the view to change it by events. */
@customElement("loracle-deployment")
export class DeploymentView extends LitElement {
  static override styles = [
    base,
    tableStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.8rem;
        padding: 0.8rem 1rem;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--accent-soft);
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.6rem;
        overflow-wrap: anywhere;
      }
      .line span {
        flex: 1 1 14rem;
      }
    `,
  ];

  @property({ attribute: false }) deployment!: Schemas["DeploymentOut"];

  /** Something else answered before, or could have. */
  @property({ type: Boolean }) reversible = false;

  override render(): TemplateResult {
    const { active, canary, answers } = this.deployment;
    return html`
      <div class="line" role="status">
        <span>${active ? learning.use.answers(adapterName(active)) : learning.use.baseAnswers}</span>
        ${active && !canary && this.reversible ? this.button(learning.use.rollBack, "roll-back") : nothing}
      </div>
      ${canary
        ? html`<div class="line">
            <span>${words.deployment.canary(adapterName(canary.adapter), percent(canary.share))}</span>
            ${this.button(words.deployment.changeShare, "share")} ${this.button(words.deployment.promote, "promote")}
            ${this.button(words.deployment.end, "end-canary")}
          </div>`
        : nothing}
      ${canary || answers.length ? this.figures() : nothing}
    `;
  }

  private button(label: string, event: string): TemplateResult {
    return html`<button class="plain-border" @click=${() => this.dispatchEvent(new Event(event))}>${label}</button>`;
  }

  private figures(): TemplateResult {
    const { answers, since } = this.deployment;
    const { deployment } = words;
    if (!answers.length) return html`<p class="quiet small">${deployment.none}</p>`;
    return html`<details ?open=${this.deployment.canary !== null}>
      <summary class="small">${deployment.figures}</summary>
      <div class="scroll" tabindex="0" role="region" aria-label=${deployment.figures}>
        <table>
          <thead>
            <tr>
              <th scope="col">${deployment.version}</th>
              ${[deployment.answers, deployment.refused, deployment.up, deployment.down, deployment.seconds].map(
                (heading) => html`<th scope="col" class="number">${heading}</th>`,
              )}
            </tr>
          </thead>
          ${answers.map(
            (one) => html`<tbody>
              <tr>
                <th scope="row">${one.adapter ?? words.base}</th>
                <td class="number">${one.answers}</td>
                <td class="number">${percent(one.refused / one.answers)}</td>
                <td class="number">${one.up}</td>
                <td class="number">${one.down}</td>
                <td class="number">${one.seconds?.toFixed(1) ?? "–"}</td>
              </tr>
            </tbody>`,
          )}
        </table>
      </div>
      <p class="quiet small">${deployment.since(day(since))}</p>
    </details>`;
  }
}
