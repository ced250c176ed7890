import { html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { api, must, type Schemas } from "../api/client";
import { confirmed, filledIn } from "../ui/dialog";
import { locale } from "../i18n";
import { day, moment } from "../ui/format";
import { view } from "../ui/layout";
import { PagedList } from "../ui/paged_list";
import { base } from "../ui/styles";
import { panel, told, tool } from "./panel";
import { showOnce } from "./secret";
import { words } from "./texts";

type Key = Schemas["KeyOut"];
type Scope = Schemas["Scope"];
const USUAL_OVERLAP_S = 86_400;
const SCOPES: Record<keyof typeof words.keys.choices, Scope[]> = {
  read: ["read"],
  write: ["read", "write"],
  keys: ["read", "write", "keys"],
  admin: ["read", "write", "admin"],
};

/** The keys of one tenant: made and shown once, replaced with an overlap, revoked. */
@customElement("loracle-keys")
export class Keys extends LitElement {
  static override styles = [base, view, panel];

  /** The tenant, for an operator; empty: the caller's own keys. */
  @property() tenantId = "";
  /** Id of the key in use, which is not revoked from here. */
  @property() own = "";
  /** What the caller's key may do, and so give. */
  @property({ attribute: false }) granted: readonly string[] = [];
  @state() private fault = "";
  private readonly list = new PagedList<Key>(this, (query) => this.listed(query), { size: 20 });

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
    const ends = key.expires_at ? Date.parse(key.expires_at) : Infinity;
    const works = !key.revoked_at && ends > Date.now();
    return html`<section class="row" aria-label=${label}>
      <div>
        <strong>${label}</strong> ${own ? html`<span class="badge">${words.keys.own}</span>` : nothing}
        <div class="facts">
          <span class="mono">${key.prefix}…</span><span>${key.scopes.join(", ")}</span><span>${day(key.created_at)}</span>
          ${own ? nothing : html`<span>${key.last_used_at ? words.keys.used(moment(key.last_used_at)) : words.keys.unused}</span>`}
          ${key.revoked_at || !works ? html`<span class="failed">${key.revoked_at ? words.keys.revoked : words.keys.ended}</span>` : nothing}
          ${works && key.expires_at ? html`<span class="warning">${words.keys.ends(until(key.expires_at))}</span>` : nothing}
        </div>
      </div>
      <div class="tools">
        ${works && !key.expires_at ? tool("again", words.keys.rotate(label), () => this.rotate(key, label)) : nothing}
        ${works && !own ? tool("trash", words.keys.revoke(label), () => this.revoke(key, label)) : nothing}
      </div>
    </section>`;
  }

  private async create(): Promise<void> {
    const choices = Object.entries(words.keys.choices)
      .filter(([value]) => !this.granted.length || SCOPES[value as keyof typeof SCOPES].every((scope) => this.granted.includes(scope)))
      .map(([value, label]) => ({ value, label }));
    const values = await filledIn(words.keys.create, [
      { name: "label", label: words.keys.label, value: "", optional: true },
      { name: "scopes", label: words.keys.scopes, value: "write", choices },
    ]);
    if (!values) return;
    await this.change(() => this.make(values.label!.trim(), SCOPES[values.scopes as keyof typeof SCOPES]));
  }

  private async make(label: string, scopes: Scope[]): Promise<void> {
    const { tenantId } = this;
    const made = await must(
      tenantId ? api.POST("/api/v1/keys", { body: { tenant_id: tenantId, label, scopes } }) : api.POST("/api/v1/me/keys", { body: { label, scopes } }),
    );
    await showOnce(words.keys.once, made.key);
  }

  private async rotate(key: Key, label: string): Promise<void> {
    const choices = Object.entries(words.keys.overlaps)
      .filter(([seconds]) => seconds !== "0" || key.id !== this.own) // the page itself would be shut out
      .map(([value, label]) => ({ value, label }));
    const question = words.keys.confirmRotate(label);
    const values = await filledIn(question, [{ name: "overlap", label: words.keys.overlap, value: `${USUAL_OVERLAP_S}`, choices }], words.keys.replace);
    if (!values) return;
    const call = { params: { path: { key_id: key.id } }, body: { overlap_s: Number(values.overlap) } };
    await this.change(async () => {
      const made = await must(this.tenantId ? api.POST("/api/v1/keys/{key_id}/rotate", call) : api.POST("/api/v1/me/keys/{key_id}/rotate", call));
      await showOnce(words.keys.once, made.key);
    });
  }

  private async revoke(key: Key, label: string): Promise<void> {
    if (await confirmed(words.keys.confirmRevoke(label))) await this.change(() => this.end(key));
  }

  private listed(query: object): Promise<Schemas["Listing_KeyOut_"]> {
    const { tenantId } = this;
    if (tenantId) return must(api.GET("/api/v1/keys", { params: { query: { ...query, tenant_id: tenantId } } }));
    return must(api.GET("/api/v1/me/keys", { params: { query } }));
  }

  private end({ id }: Key): Promise<unknown> {
    const call = { params: { path: { key_id: id } } };
    return must(this.tenantId ? api.DELETE("/api/v1/keys/{key_id}", call) : api.DELETE("/api/v1/me/keys/{key_id}", call));
  }

  private async change(call: () => Promise<unknown>): Promise<void> {
    this.fault = "";
    this.fault = await this.list.change(call);
  }
}

/** The moment at which a key ends, in short. */
function until(iso: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "short", timeStyle: "short" }).format(new Date(iso));
}
