import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { api, must, shown, type Schemas } from "../api/client";
import { locale } from "../i18n";
import { view } from "../ui/layout";
import { base } from "../ui/styles";
import { panel, told } from "./panel";
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

  @state() private caller: Schemas["MeOut"] | null = null;
  @state() private fault = "";

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  override render(): TemplateResult {
    return html`
      <p class="quiet">${words.usage.lead}</p>
      <loracle-usage-report></loracle-usage-report>
      ${told(this.fault)} ${this.caller ? this.has(this.caller) : nothing}
    `;
  }

  private has({ limits, quotas }: Schemas["MeOut"]): TemplateResult {
    const daily = A_DAY.filter((resource) => limits[resource]);
    return html`
      ${quotas ? html`<h2>${words.usage.has}</h2> <loracle-quotas .states=${quotas}></loracle-quotas>` : nothing}
      <h2>${words.usage.left}</h2>
      ${this.left(limits, A_MINUTE)}
      ${daily.length ? html`<h2>${words.usage.leftToday}</h2> ${this.left(limits, daily)}` : nothing}
    `;
  }

  /** As it is now: what the shell knows of the caller is of when it signed in. */
  private async load(): Promise<void> {
    try {
      this.caller = await must(api.GET("/api/v1/me"));
    } catch (fault) {
      this.fault = shown(fault);
    }
  }

  private left(limits: Schemas["MeOut"]["limits"], resources: readonly Resource[]): TemplateResult {
    const number = new Intl.NumberFormat(locale());
    return html`<dl>
      ${resources.map((resource) => {
        const state = limits[resource];
        return html`<div>
          <dt>${words.limits.what[resource]}</dt>
          <dd>${state ? words.usage.ofLimit(number.format(state.remaining), number.format(state.limit)) : words.usage.unlimited}</dd>
        </div>`;
      })}
    </dl>`;
  }
}
