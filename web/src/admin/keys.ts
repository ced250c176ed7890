import { html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { api, must, type Schemas } from "../api/client";
import { confirmed, filledIn } from "../ui/dialog";
import { day } from "../ui/format";
import { view } from "../ui/layout";
import { PagedList } from "../ui/paged_list";
import { base } from "../ui/styles";
import { panel, told, tool } from "./panel";
import { showOnce } from "./secret";
import { words } from "./texts";

type Key = Schemas["KeyOut"];
type Scope = Schemas["Scope"];
const SCOPES: Record<keyof typeof words.keys.choices, Scope[]> = {
  read: ["read"],
  write: ["read", "write"],
  admin: ["read", "write", "admin"],
};

/** The keys of one tenant: made and shown once, replaced, revoked. */
@customElement("loracle-keys")
export class Keys extends LitElement {
  static override styles = [base, view, panel];

  @property() tenantId = "";
  /** Id of the key in use, which is not revoked from here. */
  @property() own = "";
  @state() private fault = "";
  private readonly list = new PagedList<Key>(
    this,
    (query) => must(api.GET("/api/v1/keys", { params: { query: { ...query, tenant_id: this.tenantId } } })),
    { size: 20 },
  );

  override render(): TemplateResult {
    return html`
      <div class="bar"><button class="plain-border" @click=${() => void this.create()}>${words.keys.create}</button></div>
      ${told(this.fault || this.list.fault)}
      <div class="rows">
        ${this.list.items.map((key) => this.row(key))}
        ${this.list.placeholder(words.keys.empty)}
      </div>
      ${this.list.pager()}
    `;
  }

  private row(key: Key): TemplateResult {
    const label = key.label || words.keys.noLabel;
    const own = key.id === this.own;
    const open = !key.revoked_at && !own;
    return html`<section class="row" aria-label=${label}>
      <div>
        <strong>${label}</strong> ${own ? html`<span class="badge">${words.keys.own}</span>` : nothing}
        <div class="facts">
          <span class="mono">${key.prefix}…</span><span>${key.scopes.join(", ")}</span><span>${day(key.created_at)}</span>
          ${key.revoked_at ? html`<span class="failed">${words.keys.revoked}</span>` : nothing}
        </div>
      </div>
      <div class="tools">
        ${open
          ? html`${tool("again", words.keys.rotate(label), () => this.rotate(key, label))}
            ${tool("trash", words.keys.revoke(label), () => this.revoke(key, label))}`
          : nothing}
      </div>
    </section>`;
  }

  private async create(): Promise<void> {
    const choices = Object.entries(words.keys.choices).map(([value, label]) => ({ value, label }));
    const values = await filledIn(words.keys.create, [
      { name: "label", label: words.keys.label, value: "", optional: true },
      { name: "scopes", label: words.keys.scopes, value: "write", choices },
    ]);
    if (!values) return;
    await this.change(() => this.make(values.label!.trim(), SCOPES[values.scopes as keyof typeof SCOPES]));
  }

  private async make(label: string, scopes: Scope[]): Promise<void> {
    const made = await must(api.POST("/api/v1/keys", { body: { tenant_id: this.tenantId, label, scopes } }));
    await showOnce(words.keys.once, made.key);
  }

  private async rotate(key: Key, label: string): Promise<void> {
    if (!(await confirmed(words.keys.confirmRotate(label)))) return;
    await this.change(async () => {
      await this.make(key.label, key.scopes as Scope[]);
      await this.end(key);
    });
  }

  private async revoke(key: Key, label: string): Promise<void> {
    if (await confirmed(words.keys.confirmRevoke(label))) await this.change(() => this.end(key));
  }

  private end({ id }: Key): Promise<unknown> {
    return must(api.DELETE("/api/v1/keys/{key_id}", { params: { path: { key_id: id } } }));
  }

  private async change(call: () => Promise<unknown>): Promise<void> {
    this.fault = "";
    this.fault = await this.list.change(call);
  }
}
