import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { api, must, shown, type Schemas } from "../api/client";
import { day } from "../ui/format";
import { view } from "../ui/layout";
import { loading } from "../ui/loading";
import { base } from "../ui/styles";
import { panel, told } from "./panel";
import { words } from "./texts";
import "./keys";
import "./limits";
import "./usage_report";

/** One tenant: its keys, its limits, its usage. */
@customElement("loracle-tenant")
export class TenantView extends LitElement {
  static override styles = [base, view, panel];

  @property() tenantId = "";
  @property({ attribute: false }) caller!: Schemas["MeOut"];
  @state() private tenant: Schemas["TenantOut"] | null = null;
  @state() private fault = "";

  override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has("tenantId")) void this.load();
  }

  override render(): TemplateResult {
    const { tenant, tenantId } = this;
    return html`
      <p><a href="#/admin/tenants">${words.tenants.all}</a></p>
      ${told(this.fault)}
      ${tenant
        ? html`<header>
              <h2>${tenant.name}</h2>
              <div class="facts">
                <span class=${tenant.status === "suspended" ? "failed" : ""}>${words.tenants[tenant.status]}</span
                ><span class="mono">${tenant.id}</span><span>${day(tenant.created_at)}</span>
              </div>
            </header>
            <h2>${words.keys.title}</h2>
            <loracle-keys .tenantId=${tenantId} .own=${this.caller.key?.id ?? ""}></loracle-keys>
            <h2>${words.limits.title}</h2>
            <loracle-limits .tenantId=${tenantId}></loracle-limits>
            <h2>${words.tabs.usage}</h2>
            <loracle-usage-report .tenantId=${tenantId}></loracle-usage-report>`
        : this.fault
          ? nothing
          : loading()}
    `;
  }

  private async load(): Promise<void> {
    try {
      this.tenant = await must(api.GET("/api/v1/tenants/{tenant_id}", { params: { path: { tenant_id: this.tenantId } } }));
      this.fault = "";
    } catch (fault) {
      this.fault = shown(fault);
    }
  }
}
