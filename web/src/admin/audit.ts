import { html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { api, must, type Schemas } from "../api/client";
import { locale } from "../i18n";
import "../ui/filters";
import { view } from "../ui/layout";
import { PagedList } from "../ui/paged_list";
import { base } from "../ui/styles";
import { words } from "./audit_texts";
import { JobNames } from "./job_names";
import { panel, told } from "./panel";

type Entry = Schemas["AuditEntryOut"];
type Action = Schemas["AuditAction"];

/** The audit log: what concerns the tenant of the key in use; all of it with an operator's key. */
@customElement("loracle-audit")
export class Audit extends LitElement {
  static override styles = [base, view, panel];

  /** Entries of all tenants are shown, each with its tenant. */
  @property({ type: Boolean }) ofAll = false;
  @state() private action: Action | "" = "";
  private readonly names = new JobNames(this);
  private readonly time = new Intl.DateTimeFormat(locale(), { dateStyle: "short", timeStyle: "medium" });
  private readonly list = new PagedList<Entry>(this, (query) =>
    must(api.GET("/api/v1/audit", { params: { query: { ...query, ...(this.action ? { action: this.action } : {}) } } })),
  );

  override render(): TemplateResult {
    return html`
      <p class="quiet">${words.lead}</p>
      ${told(this.list.fault)}
      <div class="bar">
        <loracle-filters .active=${Number(this.action !== "")}>
          <label>
            <span class="quiet small">${words.what}</span>
            <select @change=${this.onChoice}>
              <option value="">${words.any}</option>
              ${Object.entries(words.actions).map(([value, name]) => html`<option value=${value}>${name}</option>`)}
            </select>
          </label>
        </loracle-filters>
      </div>
      <div class="rows">${this.list.items.map((entry) => this.row(entry))} ${this.list.placeholder(words.empty)}</div>
      ${this.list.pager()}
    `;
  }

  private row(entry: Entry): TemplateResult {
    const { actor, count, target_id, tenant_id, created_at } = entry;
    const what = words.actions[entry.action] ?? entry.action;
    const name = nameOf(entry);
    const who = actor.user || words.actors[actor.kind] || actor.kind;
    return html`<section class="row" aria-label=${name ? `${what}: ${name}` : what}>
      <div>
        <strong>${what}</strong> ${name}
        <div class="facts">
          <span>${this.time.format(new Date(created_at))}</span><span>${words.by(who)}</span>
          ${this.ofAll && tenant_id ? html`<a href="#/admin/tenants/${tenant_id}">${words.in(this.names.tenant(tenant_id) ?? tenant_id)}</a>` : nothing}
          ${actor.address ? html`<span>${words.from(actor.address)}</span>` : nothing}
          ${count > 1 ? html`<span class="warning">${words.times(count)}</span>` : nothing}
        </div>
        <details class="quiet small">
          <summary>${words.details}</summary>
          <p class="mono">${[entry.action, target_id, tenant_id, actor.key_id, actor.token_id, actor.request_id].filter(Boolean).join(" · ")}</p>
          ${Object.keys(entry.details).length ? html`<p class="mono">${JSON.stringify(entry.details)}</p>` : nothing}
        </details>
      </div>
    </section>`;
  }

  private onChoice(event: Event): void {
    this.action = (event.target as HTMLSelectElement).value as Action | "";
    void this.list.restart();
  }
}

/** What people call the thing, if the entry says so. */
function nameOf({ details, target_kind, target_id }: Entry): string {
  const named = ["filename", "name", "label", "user", "host"].map((field) => details[field]).find((value) => typeof value === "string" && value !== "");
  if (named) return String(named);
  return target_kind === "adapter" || target_kind === "collection" ? target_id : "";
}
