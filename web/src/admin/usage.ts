import { css, html, LitElement, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Schemas } from "../api/client";
import { language } from "../i18n";
import { view } from "../ui/layout";
import { base } from "../ui/styles";
import { panel } from "./panel";
import { words } from "./texts";
import "./usage_report";

const RESOURCES = ["requests", "tokens", "uploads"] as const;

/** What the tenant of the key in use has used, and what is left of its limits. */
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
    const number = new Intl.NumberFormat(language());
    return html`
      <p class="quiet">${words.usage.lead}</p>
      <loracle-usage-report></loracle-usage-report>
      <h2>${words.usage.left}</h2>
      <dl>
        ${RESOURCES.map((resource) => {
          const state = this.caller.limits[resource];
          return html`<div>
            <dt>${words.limits.what[resource]}</dt>
            <dd>${state ? words.usage.ofLimit(number.format(state.remaining), number.format(state.limit)) : words.usage.unlimited}</dd>
          </div>`;
        })}
      </dl>
    `;
  }
}
