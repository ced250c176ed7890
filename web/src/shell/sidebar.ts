import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { address } from "../api/client";
import { me } from "../api/me";
import { chooseLanguage, language, text } from "../i18n";
import { icon } from "../ui/icons";
import { base } from "../ui/styles";
import { isDark, toggleTheme } from "../ui/theme";
import "./account";
import "./conversations";
import type { Route } from "./route";

const IMPROVING = ["evaluations", "adapters"] as const;

/** The way to every view, and the conversations so far. */
@customElement("loracle-sidebar")
export class Sidebar extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        grid-template: auto auto minmax(0, 1fr) auto auto / minmax(0, 1fr);
        gap: 0.6rem;
        background: var(--sunken);
        padding: 0.9rem 0.7rem;
        min-height: 0;
        height: 100dvh;
      }
      .brand {
        display: flex;
        align-items: center;
        gap: 0.55rem;
        padding-inline: 0.35rem;
        font-weight: 650;
        font-size: 1.05rem;
      }
      .brand img {
        width: 26px;
        height: 26px;
      }
      nav {
        display: grid;
        gap: 0.1rem;
      }
      nav a,
      summary {
        display: flex;
        align-items: center;
        gap: 0.6rem;
        padding: 0.45rem 0.5rem;
        border-radius: 8px;
        color: var(--ink);
        text-decoration: none;
      }
      summary {
        cursor: pointer;
      }
      summary::after {
        content: "";
        margin: -0.2rem 0.3rem 0 auto;
        width: 0.4rem;
        height: 0.4rem;
        border: solid var(--quiet);
        border-width: 0 1.5px 1.5px 0;
        transform: rotate(45deg);
      }
      details[open] summary::after {
        transform: translateY(0.2rem) rotate(225deg);
      }
      details a {
        padding-left: 2.35rem;
        font-size: 0.94rem;
      }
      nav a:hover,
      summary:hover {
        background: color-mix(in srgb, var(--line) 60%, transparent);
      }
      nav a[aria-current="page"] {
        background: var(--raised);
        box-shadow: inset 0 0 0 1px var(--line);
      }
      nav svg {
        color: var(--accent);
      }
      .foot {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        align-items: center;
        gap: 0.2rem;
        border-top: 1px solid var(--line);
        padding-top: 0.5rem;
        font-size: 0.86rem;
        color: var(--quiet);
      }
      .foot a {
        grid-column: 1 / -1;
        padding: 0.3rem 0.35rem;
        color: inherit;
      }
      .foot select {
        min-width: 0;
        border-color: transparent;
        background: none;
        padding-inline: 0.2rem 0;
      }
    `,
  ];

  @property({ attribute: false }) route!: Route;
  /** Changes when a conversation was spoken in. */
  @property({ type: Number }) revision = 0;
  @state() private managing = false;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.learnWho();
  }

  override render(): TemplateResult {
    const conversation = this.route.view === "ask" ? this.route.conversation : null;
    return html`
      <div class="brand"><img src="favicon.svg" alt="" /> ${text.appName}</div>
      <nav aria-label=${text.menu} @click=${this.onClick}>
        <a href="#/ask" aria-current=${this.route.view === "ask" && !conversation ? "page" : "false"}>${icon("plus")} ${text.nav.newQuestion}</a>
        <a href="#/documents" aria-current=${this.at("documents")}>${icon("documents")} ${text.nav.documents}</a>
        ${this.managing ? this.management() : nothing}
      </nav>
      <loracle-conversations .current=${conversation} .revision=${this.revision} @navigated=${this.navigated}></loracle-conversations>
      <loracle-account></loracle-account>
      ${this.foot()}
    `;
  }

  /** What a key sees, and a token does not. */
  private management(): TemplateResult {
    const improving = IMPROVING.some((view) => view === this.route.view);
    return html`
      <details ?open=${improving}>
        <summary>${icon("improve")} ${text.nav.improve}</summary>
        ${IMPROVING.map((view) => html`<a href="#/${view}" aria-current=${this.at(view)}>${text.nav[view]}</a>`)}
      </details>
      <a href="#/admin" aria-current=${this.at("admin")}>${icon("sliders")} ${text.nav.admin}</a>
    `;
  }

  private foot(): TemplateResult {
    const toLight = isDark();
    return html`<div class="foot">
      <select aria-label=${text.language} @change=${(event: Event) => chooseLanguage((event.target as HTMLSelectElement).value as "en" | "pt")}>
        <option value="en" ?selected=${language() === "en"}>English</option>
        <option value="pt" ?selected=${language() === "pt"}>Português</option>
      </select>
      <button class="with-icon" title=${text.theme.change} @click=${this.changeTheme}>
        ${icon("theme", 16)} ${toLight ? text.theme.light : text.theme.dark}
      </button>
      <a href=${address("docs")} title=${text.nav.api} target="_blank" rel="noopener">${text.nav.developers}</a>
    </div>`;
  }

  private changeTheme(): void {
    toggleTheme();
    this.requestUpdate();
  }

  private at(view: string): "page" | "false" {
    return this.route.view === view ? "page" : "false";
  }

  /** Whether a key is signed in, which sees what a token does not. */
  private async learnWho(): Promise<void> {
    try {
      this.managing = (await me()).token_id === null;
    } catch {
      this.managing = false; // the list of conversations says what is wrong
    }
  }

  private onClick(event: Event): void {
    if ((event.target as Element).closest("a")) this.navigated();
  }

  private navigated(): void {
    this.dispatchEvent(new Event("navigated"));
  }
}
