import { css, html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { api, must, shown, type Schemas } from "../api/client";
import { text } from "../i18n";
import { base } from "../ui/styles";
import { tableStyles } from "../ui/table";
import { told } from "./panel";
import { amountOf, QUOTAS, type Quota } from "./quotas";
import { words } from "./texts";

const WHOSE = ["tenant", "key", "token"] as const;
const WHAT = ["requests", "tokens", "uploads", "requests_per_day", "tokens_per_day"] as const;
const MOST_A_MINUTE = 1e9;
const MOST_A_DAY = 1e12;

/** The limits and quotas of one tenant, with what it has; what is left empty is the service's default. */
@customElement("loracle-limits")
export class Limits extends LitElement {
  static override styles = [
    base,
    tableStyles,
    css`
      :host,
      form {
        display: grid;
        gap: 0.7rem;
        justify-items: start;
      }
      input {
        width: 8rem;
      }
      h3 {
        margin: 0.4rem 0 0;
        font-size: 0.95rem;
      }
      thead th {
        white-space: normal;
      }
      .scroll {
        max-width: 100%;
      }
    `,
  ];

  @property() tenantId = "";
  @state() private limits: Schemas["SetLimitsOut"] | null = null;
  @state() private fault = "";
  @state() private saved = false;

  override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has("tenantId")) void this.load();
  }

  override render(): TemplateResult {
    const { limits } = this;
    if (!limits) return html`${told(this.fault)}`;
    return html`<form @submit=${this.save} @input=${() => (this.saved = false)}>
      <p class="quiet small">${words.limits.lead}</p>
      <h3>${words.limits.aMinute}</h3>
      <div class="scroll">
        <table>
          <thead>
            <tr><td></td>${WHAT.map((what) => html`<th scope="col">${words.limits.what[what]}</th>`)}</tr>
          </thead>
          <tbody>
            ${WHOSE.map(
              (whose) => html`<tr>
                <th scope="row">${words.limits.whose[whose]}</th>
                ${WHAT.map(
                  (what) => html`<td>
                    <input
                      type="number"
                      min="1"
                      max=${what.endsWith("_per_day") ? MOST_A_DAY : MOST_A_MINUTE}
                      name="${whose}.${what}"
                      aria-label="${words.limits.whose[whose]}: ${words.limits.what[what]}"
                      .value=${String(limits.own[whose][what] ?? "")}
                      placeholder=${limits.in_force[whose][what] ?? words.limits.none}
                    />
                  </td>`,
                )}
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <h3>${words.limits.atOneTime}</h3>
      <div class="scroll">
        <table>
          <thead>
            <tr><td></td><th scope="col" class="number">${words.limits.used}</th><th scope="col">${words.limits.most}</th></tr>
          </thead>
          <tbody>
            ${QUOTAS.map((quota) => this.quota(limits, quota))}
          </tbody>
        </table>
      </div>
      ${told(this.fault)}
      <div>
        <button class="plain-border">${text.save}</button> <span class="quiet small" role="status">${this.saved ? words.limits.saved : ""}</span>
      </div>
    </form>`;
  }

  private quota(limits: Schemas["SetLimitsOut"], quota: Quota): TemplateResult {
    const name = quota === "stored_bytes" ? `${words.limits.quotas[quota]}, ${words.limits.bytes}` : words.limits.quotas[quota];
    return html`<tr>
      <th scope="row">${words.limits.quotas[quota]}</th>
      <td class="number">${amountOf(quota, limits.used[quota] ?? 0)}</td>
      <td>
        <input
          type="number"
          min="1"
          max=${Number.MAX_SAFE_INTEGER}
          name="quotas.${quota}"
          aria-label="${words.limits.most}: ${name}"
          title=${name}
          .value=${String(limits.own.quotas[quota] ?? "")}
          placeholder=${limits.in_force.quotas[quota] ?? words.limits.none}
        />
      </td>
    </tr>`;
  }

  private async load(): Promise<void> {
    await this.call(() => must(api.GET("/api/v1/tenants/{tenant_id}/limits", { params: { path: { tenant_id: this.tenantId } } })));
  }

  private async save(event: Event): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const limit = (name: string) => Number(form.get(name)) || null;
    const of = (whose: string, names: readonly string[]) => Object.fromEntries(names.map((name) => [name, limit(`${whose}.${name}`)]));
    const body = { tenant: of("tenant", WHAT), key: of("key", WHAT), token: of("token", WHAT), quotas: of("quotas", QUOTAS) };
    const params = { path: { tenant_id: this.tenantId } };
    this.saved = await this.call(() => must(api.PUT("/api/v1/tenants/{tenant_id}/limits", { params, body })));
  }

  private async call(call: () => Promise<Schemas["SetLimitsOut"]>): Promise<boolean> {
    try {
      this.limits = await call();
      this.fault = "";
      return true;
    } catch (fault) {
      this.fault = shown(fault);
      return false;
    }
  }
}
