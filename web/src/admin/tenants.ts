import { html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { api, must, type Schemas } from "../api/client";
import { confirmed, filledIn } from "../ui/dialog";
import { day } from "../ui/format";
import { view } from "../ui/layout";
import { PagedList } from "../ui/paged_list";
import { base } from "../ui/styles";
import { panel, told, tool } from "./panel";
import { showOnce } from "./secret";
import { words } from "./texts";

type Tenant = Schemas["TenantOut"];

/** All tenants: created, suspended, resumed, deleted by their name. */
@customElement("loracle-tenants")
export class Tenants extends LitElement {
  static override styles = [base, view, panel];

  /** Id of the tenant of the key in use, which cannot lock itself out. */
  @property() own = "";
  @state() private wanted = "";
  @state() private fault = "";
  @query("#name") private name!: HTMLInputElement;
  private typing = 0;
  private readonly list = new PagedList<Tenant>(this, (query) =>
    must(api.GET("/api/v1/tenants", { params: { query: { ...query, ...(this.wanted ? { q: this.wanted } : {}) } } })),
  );

  override render(): TemplateResult {
    return html`
      <p class="quiet">${words.tenants.lead}</p>
      <form class="bar" @submit=${this.create}>
        <input id="name" aria-label=${words.tenants.name} placeholder=${words.tenants.name} required maxlength="200" autocomplete="off" />
        <button class="primary">${words.tenants.create}</button>
      </form>
      ${told(this.fault || this.list.fault)}
      <div class="bar"><input type="search" aria-label=${words.tenants.search} placeholder=${words.tenants.search} @input=${this.onSearch} /></div>
      <div class="rows">
        ${this.list.items.map((tenant) => this.row(tenant))}
        ${this.list.placeholder(this.wanted ? words.tenants.noneFound : words.tenants.empty)}
      </div>
      ${this.list.pager()}
    `;
  }

  private row(tenant: Tenant): TemplateResult {
    const { id, name, status, created_at } = tenant;
    const own = id === this.own;
    const suspended = status === "suspended";
    return html`<section class="row" aria-label=${name}>
      <div>
        <a href="#/admin/tenants/${id}">${name}</a> ${own ? html`<span class="badge">${words.tenants.own}</span>` : nothing}
        <div class="facts">
          <span class=${suspended ? "failed" : ""}>${words.tenants[status]}</span><span class="mono">${id}</span><span>${day(created_at)}</span>
        </div>
      </div>
      <div class="tools">
        ${own
          ? nothing
          : html`${suspended
              ? tool("again", words.tenants.resume(name), () => this.setStatus(tenant, "active"))
              : tool("stop", words.tenants.suspend(name), () => this.suspend(tenant))}
            ${tool("trash", words.tenants.remove(name), () => this.delete(tenant))}`}
      </div>
    </section>`;
  }

  private onSearch(event: Event): void {
    this.wanted = (event.target as HTMLInputElement).value.trim();
    clearTimeout(this.typing);
    this.typing = window.setTimeout(() => void this.list.restart(), 200);
  }

  private async create(event: Event): Promise<void> {
    event.preventDefault();
    const name = this.name.value.trim();
    await this.change(async () => {
      const made = await must(api.POST("/api/v1/tenants", { body: { name } }));
      this.name.value = "";
      await showOnce(words.tenants.once(name), made.key);
    });
  }

  private async suspend(tenant: Tenant): Promise<void> {
    if (await confirmed(words.tenants.confirmSuspend(tenant.name))) await this.setStatus(tenant, "suspended");
  }

  private async setStatus({ id }: Tenant, status: Tenant["status"]): Promise<void> {
    const params = { path: { tenant_id: id } };
    await this.change(() => must(api.PATCH("/api/v1/tenants/{tenant_id}", { params, body: { status } })));
  }

  private async delete({ id, name }: Tenant): Promise<void> {
    const field = { name: "typed", label: words.tenants.typeName, value: "", mustBe: name };
    if (!(await filledIn(words.tenants.confirmRemove(name), [field], words.tenants.removeForGood))) return;
    await this.change(() => must(api.DELETE("/api/v1/tenants/{tenant_id}", { params: { path: { tenant_id: id } } })));
  }

  private async change(call: () => Promise<unknown>): Promise<void> {
    this.fault = "";
    this.fault = await this.list.change(call);
  }
}
