import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Schemas } from "../api/client";
import { locale } from "../i18n";
import { bytes } from "../ui/format";
import { base } from "../ui/styles";
import { words } from "./texts";

export type Quota = keyof Schemas["QuotasOut"];

/** What a tenant has, in the order in which it is shown. */
export const QUOTAS: readonly Quota[] = [
  "stored_bytes",
  "documents",
  "chunks",
  "adapters",
  "datasets",
  "queued_documents",
  "queued_trainings",
  "queued_evaluations",
];

/** An amount of what a quota counts, as people read it. */
export function amountOf(quota: Quota, amount: number): string {
  return quota === "stored_bytes" ? bytes(amount) : new Intl.NumberFormat(locale()).format(amount);
}

/** What the tenant of the key in use has, and how much it may have. */
@customElement("loracle-quotas")
export class QuotaList extends LitElement {
  static override styles = [
    base,
    css`
      dl {
        margin: 0;
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr));
        gap: 0.8rem 2rem;
      }
      dt {
        color: var(--quiet);
        font-size: 0.85rem;
      }
      dd {
        margin: 0;
        font-variant-numeric: tabular-nums;
      }
      .bar {
        height: 0.3rem;
        margin-top: 0.25rem;
        border-radius: 0.15rem;
        background: var(--line);
        overflow: hidden;
      }
      .bar > span {
        display: block;
        height: 100%;
        background: var(--accent);
      }
      .full > span {
        background: var(--bad);
      }
    `,
  ];

  @property({ attribute: false }) states!: NonNullable<Schemas["MeOut"]["quotas"]>;

  override render(): TemplateResult {
    return html`<dl>${QUOTAS.map((quota) => this.state(quota))}</dl>`;
  }

  private state(quota: Quota): TemplateResult | typeof nothing {
    const state = this.states[quota];
    if (!state) return nothing;
    const { limit, used } = state;
    const share = limit === null ? 0 : Math.min(1, used / limit);
    return html`<div>
      <dt>${words.limits.quotas[quota]}</dt>
      <dd>
        ${limit === null ? amountOf(quota, used) : words.usage.ofLimit(amountOf(quota, used), amountOf(quota, limit))}
        ${limit === null ? nothing : html`<div class="bar ${share === 1 ? "full" : ""}"><span .style=${`width: ${share * 100}%`}></span></div>`}
      </dd>
    </div>`;
  }
}
