import { html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { api, must, type Schemas } from "../api/client";
import { locale } from "../i18n";
import { confirmed, filledIn } from "../ui/dialog";
import { view } from "../ui/layout";
import { PagedList } from "../ui/paged_list";
import { base } from "../ui/styles";
import { panel, told, tool } from "./panel";
import { showOnce } from "./secret";
import { words } from "./texts";

type Token = Schemas["AccessTokenOut"];
const LONGEST_MINUTES = 24 * 60;
const MOST_REQUESTS = 1_000_000;

/** The browser tokens of the tenant: made and shown once, followed, revoked. */
@customElement("loracle-tokens")
export class Tokens extends LitElement {
  static override styles = [base, view, panel];

  @state() private wanted = "";
  @state() private fault = "";
  private typing = 0;
  private readonly list = new PagedList<Token>(this, (query) =>
    must(api.GET("/api/v1/tokens", { params: { query: { ...query, ...(this.wanted ? { q: this.wanted } : {}) } } })),
  );

  override render(): TemplateResult {
    return html`
      <p class="quiet">${words.tokens.lead}</p>
      <div class="bar">
        <button class="primary" @click=${() => void this.create()}>${words.tokens.create}</button>
        <input type="search" aria-label=${words.tokens.search} placeholder=${words.tokens.search} @input=${this.onSearch} />
      </div>
      ${told(this.fault || this.list.fault)}
      <div class="rows">
        ${this.list.items.map((token) => this.row(token))}
        ${this.list.placeholder(this.wanted ? words.tokens.noneFound : words.tokens.empty)}
      </div>
      ${this.list.pager()}
    `;
  }

  private row(token: Token): TemplateResult {
    const { user, prefix, scopes, requests, max_requests, origins } = token;
    const ended = token.revoked_at !== null || Date.parse(token.expires_at) < Date.now();
    return html`<section class="row" aria-label=${user}>
      <div>
        <strong>${user}</strong>
        <div class="facts">
          <span class="mono">${prefix}…</span><span>${scopes.join(", ")}</span><span>${words.tokens.used(requests, max_requests)}</span>
          <span class=${ended ? "failed" : ""}>${this.end(token)}</span>
          ${origins.map((origin) => html`<span>${origin}</span>`)}
        </div>
      </div>
      <div class="tools">${ended ? nothing : tool("trash", words.tokens.revoke(prefix), () => this.revoke(token))}</div>
    </section>`;
  }

  private end({ revoked_at, expires_at }: Token): string {
    if (revoked_at) return words.tokens.revoked;
    if (Date.parse(expires_at) < Date.now()) return words.tokens.ended;
    return words.tokens.ends(new Intl.DateTimeFormat(locale(), { dateStyle: "short", timeStyle: "short" }).format(new Date(expires_at)));
  }

  private onSearch(event: Event): void {
    this.wanted = (event.target as HTMLInputElement).value.trim();
    clearTimeout(this.typing);
    this.typing = window.setTimeout(() => void this.list.restart(), 200);
  }

  private async create(): Promise<void> {
    const { tokens } = words;
    const values = await filledIn(tokens.createHint, [
      { name: "user", label: tokens.user, value: "" },
      { name: "minutes", label: tokens.minutes, value: "60", number: { min: 1, max: LONGEST_MINUTES } },
      { name: "requests", label: tokens.requests, value: "1000", number: { min: 1, max: MOST_REQUESTS } },
      {
        name: "may",
        label: tokens.may,
        value: "read",
        choices: [
          { value: "read", label: tokens.read },
          { value: "write", label: tokens.write },
        ],
      },
      { name: "groups", label: tokens.groups, value: "", optional: true },
      { name: "origins", label: tokens.origins, value: "", optional: true },
    ]);
    if (!values) return;
    const body = {
      user: values.user!,
      ttl_s: Number(values.minutes) * 60,
      max_requests: Number(values.requests),
      scopes: values.may === "write" ? ["read", "write"] : ["read"],
      groups: listed(values.groups!),
      origins: listed(values.origins!),
    } as Schemas["AccessTokenIn"];
    await this.change(async () => {
      const made = await must(api.POST("/api/v1/tokens", { body }));
      await showOnce(tokens.once, made.token);
    });
  }

  private async revoke({ id, user }: Token): Promise<void> {
    if (!(await confirmed(words.tokens.confirmRevoke(user)))) return;
    await this.change(() => must(api.DELETE("/api/v1/tokens/{token_id}", { params: { path: { token_id: id } } })));
  }

  private async change(call: () => Promise<unknown>): Promise<void> {
    this.fault = "";
    this.fault = await this.list.change(call);
  }
}

/** What is divided by commas. */
function listed(typed: string): string[] {
  return typed
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);
}
