import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Schemas } from "../api/client";
import { language } from "../i18n";
import { view } from "../ui/layout";
import { base } from "../ui/styles";
import { panel } from "./panel";
import { words } from "./texts";
import "./quotas";
import "./usage_report";

const A_MINUTE = ["requests", "tokens", "uploads"] as const;
const A_DAY = ["requests_per_day", "tokens_per_day"] as const;
type Resource = (typeof A_MINUTE | typeof A_DAY)[number];

/** What the tenant of the key in use has used and has, and what is left of its limits. */
@customElement("loracle-usage")
export class Usage extends LitElement {
  static override styles = [
    base,
    view,
    panel,
    css`
      dl {
        margin: 0;
        display: flex;
        flex-wrap: wrap;
        gap: 0.6rem 2rem;
      }
      dt {
        color: var(--quiet);
        font-size: 0.85rem;
      }
      dd {
        margin: 0;
        font-size: 1.1rem;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  @property({ attribute: false }) caller!: Schemas["MeOut"];

  override render(): TemplateResult {
    const { limits, quotas } = this.caller;
    const daily = A_DAY.filter((resource) => limits[resource]);
    return html`
      <p class="quiet">${words.usage.lead}</p>
      <loracle-usage-report></loracle-usage-report>
      ${quotas ? html`<h2>${words.usage.has}</h2> <loracle-quotas .states=${quotas}></loracle-quotas>` : nothing}
      <h2>${words.usage.left}</h2>
      ${this.left(A_MINUTE)}
      ${daily.length ? html`<h2>${words.usage.leftToday}</h2> ${this.left(daily)}` : nothing}
    `;
  }

  private left(resources: readonly Resource[]): TemplateResult {
    const number = new Intl.NumberFormat(language());
    return html`<dl>
      ${resources.map((resource) => {
        const state = this.caller.limits[resource];
        return html`<div>
          <dt>${words.limits.what[resource]}</dt>
          <dd>${state ? words.usage.ofLimit(number.format(state.remaining), number.format(state.limit)) : words.usage.unlimited}</dd>
        </div>`;
      })}
    </dl>`;
  }
}
