import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { me } from "../api/me";
import { shown, type Schemas } from "../api/client";
import { view } from "../ui/layout";
import { loading } from "../ui/loading";
import { base } from "../ui/styles";
import { words } from "./texts";
import "./audit";
import "./jobs";
import "./keys";
import "./service";
import "./tenant";
import "./tenants";
import "./tokens";
import "./usage";

type Tab = keyof typeof words.tabs;
const OF_EVERYBODY: Tab[] = ["usage", "tokens"];
const OF_THE_OPERATOR: Tab[] = ["tenants", "jobs", "usage", "tokens", "audit", "service"];

/** What is administered: usage and tokens of a tenant; with an operator's key tenants, jobs and the service too. */
@customElement("loracle-admin-view")
export class AdminView extends LitElement {
  static override styles = [
    base,
    view,
    css`
      nav {
        display: flex;
        gap: 0.2rem;
        overflow-x: auto;
        border-bottom: 1px solid var(--line);
        mask-image: linear-gradient(to right, transparent, #000 var(--before), #000 calc(100% - var(--after)), transparent);
        --before: 0px;
        --after: 0px;
      }
      nav.more-before {
        --before: 2.5rem;
      }
      nav.more-after {
        --after: 2.5rem;
      }
      nav a {
        padding: 0.5rem 0.8rem;
        color: var(--quiet);
        text-decoration: none;
        white-space: nowrap;
        border-bottom: 2px solid transparent;
      }
      nav a[aria-current="page"] {
        color: var(--ink);
        border-color: var(--accent);
        font-weight: 600;
      }
    `,
  ];

  /** The tab, and what is open in it. */
  @property({ attribute: false }) path: string[] = [];
  @state() private caller: Schemas["MeOut"] | null = null;
  @state() private fault = "";
  @query("nav") private nav!: HTMLElement | null;
  private readonly sizes = new ResizeObserver(() => this.fade());

  override connectedCallback(): void {
    super.connectedCallback();
    this.sizes.observe(this);
    void this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
  }

  /** On a phone not all tabs are seen at once: the one that is open is. */
  override updated(changes: PropertyValues): void {
    if (!changes.has("path") && !changes.has("caller")) return;
    this.nav?.querySelector("[aria-current=page]")?.scrollIntoView({ block: "nearest", inline: "center" });
    this.fade();
  }

  /** The tabs fade out where further ones are. */
  private fade(): void {
    const { nav } = this;
    if (!nav) return;
    const hidden = nav.scrollWidth - nav.clientWidth;
    nav.classList.toggle("more-before", nav.scrollLeft > 1);
    nav.classList.toggle("more-after", nav.scrollLeft < hidden - 1);
  }

  override render(): TemplateResult {
    const { caller } = this;
    return html`<div class="column">
      <h1>${words.title}</h1>
      ${this.fault ? html`<p class="error" role="alert">${this.fault}</p>` : nothing} ${caller ? this.tabs(caller) : this.fault ? nothing : loading()}
    </div>`;
  }

  private tabs(caller: Schemas["MeOut"]): TemplateResult {
    const tabs = tabsOf(caller);
    const open = tabs.find((tab) => tab === this.path[0]) ?? tabs[0]!;
    return html`
      <nav aria-label=${words.title} @scroll=${this.fade}>
        ${tabs.map((tab) => html`<a href="#/admin/${tab}" aria-current=${tab === open ? "page" : "false"}>${words.tabs[tab]}</a>`)}
      </nav>
      ${this.panel(open, caller)}
    `;
  }

  private panel(tab: Tab, caller: Schemas["MeOut"]): TemplateResult {
    switch (tab) {
      case "tenants":
        return this.path[1]
          ? html`<loracle-tenant .tenantId=${this.path[1]} .caller=${caller}></loracle-tenant>`
          : html`<loracle-tenants .own=${caller.tenant.id}></loracle-tenants>`;
      case "jobs":
        return html`<loracle-jobs></loracle-jobs>`;
      case "usage":
        return html`<loracle-usage></loracle-usage>`;
      case "tokens":
        return html`<loracle-tokens></loracle-tokens>`;
      case "keys":
        return html`<p class="quiet">${words.keys.lead}</p>
          <loracle-keys .own=${caller.key?.id ?? ""} .granted=${caller.scopes}></loracle-keys>`;
      case "audit":
        return html`<loracle-audit .ofAll=${caller.scopes.includes("admin")}></loracle-audit>`;
      case "service":
        return html`<loracle-service></loracle-service>`;
    }
  }

  private async load(): Promise<void> {
    try {
      this.caller = await me();
    } catch (fault) {
      this.fault = shown(fault);
    }
  }
}

/** The audit log is for keys that write, the keys for those that make keys; a person who signed in has a token. */
function tabsOf({ scopes, token_id }: Schemas["MeOut"]): Tab[] {
  if (scopes.includes("admin")) return OF_THE_OPERATOR;
  if (token_id !== null) return OF_EVERYBODY;
  return [...OF_EVERYBODY, ...(scopes.includes("keys") ? (["keys"] as const) : []), ...(scopes.includes("write") ? (["audit"] as const) : [])];
}
