import { css, html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { api, must, shown, type Schemas } from "../api/client";
import { text } from "../i18n";
import { base } from "../ui/styles";
import { tableStyles } from "../ui/table";
import { told } from "./panel";
import { words } from "./texts";

const WHOSE = ["tenant", "key", "token"] as const;
const WHAT = ["requests", "tokens", "uploads"] as const;

/** The limits of one tenant, of its keys and of its tokens; what is left empty is the service's default. */
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
                      max="1000000000"
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
      ${told(this.fault)}
      <div>
        <button class="plain-border">${text.save}</button> <span class="quiet small" role="status">${this.saved ? words.limits.saved : ""}</span>
      </div>
    </form>`;
  }

  private async load(): Promise<void> {
    await this.call(() => must(api.GET("/api/v1/tenants/{tenant_id}/limits", { params: { path: { tenant_id: this.tenantId } } })));
  }

  private async save(event: Event): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const limit = (name: string) => Number(form.get(name)) || null;
    const of = (whose: string) => ({
      requests: limit(`${whose}.requests`),
      tokens: limit(`${whose}.tokens`),
      uploads: limit(`${whose}.uploads`),
    });
    const body = { tenant: of("tenant"), key: of("key"), token: of("token") };
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
