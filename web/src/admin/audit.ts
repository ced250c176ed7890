import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { api, must, shown, type Schemas } from "../api/client";
import { locale } from "../i18n";
import "../ui/filters";
import { view } from "../ui/layout";
import { PagedList } from "../ui/paged_list";
import { save } from "../ui/save";
import { base } from "../ui/styles";
import { words } from "./audit_texts";
import { JobNames } from "./job_names";
import { panel, told } from "./panel";

type Entry = Schemas["AuditEntryOut"];
type Action = Schemas["AuditAction"];
type Kind = Schemas["ActorKind"];
/** What narrows the list, as the API names it. */
interface Wanted {
  action?: Action;
  actor?: Kind;
  key_id?: string;
  user?: string;
  since?: string | undefined;
  until?: string | undefined;
}

/** The audit log: what concerns the tenant of the key in use; all of it with an operator's key. */
@customElement("loracle-audit")
export class Audit extends LitElement {
  static override styles = [
    base,
    view,
    panel,
    css`
      .filters label {
        display: grid;
        gap: 0.2rem;
      }
      .filters select,
      .filters input {
        box-sizing: border-box;
        width: 12rem;
        max-width: 100%;
      }
      .filters input[type="date"] {
        width: 9.5rem;
      }
      @media (max-width: 40rem) {
        .filters label {
          flex: 1 1 100%;
        }
        .filters select,
        .filters input,
        .filters input[type="date"] {
          width: 100%;
        }
      }
    `,
  ];

  /** Entries of all tenants are shown, each with its tenant. */
  @property({ type: Boolean }) ofAll = false;
  @state() private wanted: Wanted = {};
  @state() private named = "";
  @state() private fault = "";
  private typing = 0;
  private readonly names = new JobNames(this);
  private readonly time = new Intl.DateTimeFormat(locale(), { dateStyle: "short", timeStyle: "medium" });
  private readonly list = new PagedList<Entry>(this, (query) =>
    must(api.GET("/api/v1/audit", { params: { query: { ...query, ...this.wanted, ...whoseId(this.named) } } })),
  );

  override render(): TemplateResult {
    const set = Object.values(this.wanted).filter(Boolean).length + Number(this.named !== "");
    return html`
      <p class="quiet">${words.lead}</p>
      ${told(this.fault || this.list.fault)}
      <div class="bar filters">
        <loracle-filters .active=${set}>
          ${choice(words.what, words.any, words.actions, (value) => this.narrow({ action: value as Action }))}
          ${choice(words.who, words.anybody, words.actors, (value) => this.narrow({ actor: value as Kind }))}
          <label>
            <span class="quiet small">${words.named}</span>
            <input type="search" placeholder=${words.namedHint} @input=${this.onNamed} />
          </label>
          ${date(words.since, (day) => this.narrow({ since: startOf(day, 0) }))} ${date(words.until, (day) => this.narrow({ until: startOf(day, 1) }))}
        </loracle-filters>
      </div>
      <div class="bar">
        <button class="plain-border" @click=${() => void this.export("csv")}>${words.table}</button>
        <button class="plain-border" @click=${() => void this.export("jsonl")}>${words.lines}</button>
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

  private narrow(wanted: Wanted): void {
    this.wanted = Object.fromEntries(Object.entries({ ...this.wanted, ...wanted }).filter(([, value]) => value));
    void this.list.restart();
  }

  private onNamed(event: Event): void {
    this.named = (event.target as HTMLInputElement).value.trim();
    clearTimeout(this.typing);
    this.typing = window.setTimeout(() => void this.list.restart(), 200);
  }

  /** Save what is listed, all of it, as a file. */
  private async export(format: "csv" | "jsonl"): Promise<void> {
    this.fault = "";
    try {
      const asked = new URLSearchParams({ ...this.wanted, ...whoseId(this.named), format } as Record<string, string>);
      await save(`api/v1/audit/export?${asked}`, `audit.${format}`);
    } catch (fault) {
      this.fault = shown(fault);
    }
  }
}

function choice(label: string, any: string, names: Record<string, string>, chosen: (value: string) => void): TemplateResult {
  return html`<label>
    <span class="quiet small">${label}</span>
    <select @change=${(event: Event) => chosen((event.target as HTMLSelectElement).value)}>
      <option value="">${any}</option>
      ${Object.entries(names).map(([value, name]) => html`<option value=${value}>${name}</option>`)}
    </select>
  </label>`;
}

function date(label: string, chosen: (day: string) => void): TemplateResult {
  return html`<label>
    <span class="quiet small">${label}</span>
    <input type="date" @change=${(event: Event) => chosen((event.target as HTMLInputElement).value)} />
  </label>`;
}

/** The moment at which a day of the reader begins, or one some days later; none for no day. */
function startOf(day: string, later: number): string | undefined {
  const [year, month, date] = day.split("-").map(Number);
  return day ? new Date(year!, month! - 1, date! + later).toISOString() : undefined;
}

/** A key by its id, or else an end user by name. */
function whoseId(named: string): Wanted {
  if (!named) return {};
  return named.startsWith("key_") ? { key_id: named } : { user: named };
}

/** What people call the thing, if the entry says so. */
function nameOf({ details, target_kind, target_id }: Entry): string {
  const named = ["filename", "name", "label", "user", "host"].map((field) => details[field]).find((value) => typeof value === "string" && value !== "");
  if (named) return String(named);
  return target_kind === "adapter" || target_kind === "collection" ? target_id : "";
}
