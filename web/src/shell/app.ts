import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { me } from "../api/me";
import { text } from "../i18n";
import { currentKey, currentPerson, forgetKey } from "../session";
import type { SourcePlace } from "../source/pane";
import { focusedElement } from "../ui/focus";
import { icon } from "../ui/icons";
import { loading, loadingStyles } from "../ui/loading";
import { base } from "../ui/styles";
import { currentRoute, type Route } from "./route";
import "../source/pane";
import "./sidebar";
import "./sign_in";
import { Views } from "./views";

/** The whole page: navigation, the view of the route, and the source beside it. */
@customElement("loracle-app")
export class App extends LitElement {
  static override styles = [
    base,
    loadingStyles,
    css`
      :host {
        display: block;
        height: 100dvh;
      }
      .shell {
        display: grid;
        grid-template-columns: 16.5rem minmax(0, 1fr);
        height: 100%;
      }
      .shell.with-source {
        grid-template-columns: 16.5rem minmax(0, 1fr) minmax(22rem, 42%);
      }
      loracle-sidebar {
        border-right: 1px solid var(--line);
      }
      main {
        min-height: 0;
        min-width: 0;
        height: 100dvh;
        display: grid;
        grid-template-rows: minmax(0, 1fr);
      }
      .top {
        display: none;
        align-items: center;
        gap: 0.5rem;
        padding: 0.4rem 0.6rem;
        border-bottom: 1px solid var(--line);
      }
      .top button {
        color: var(--quiet);
      }
      .top strong {
        flex: 1;
      }
      aside {
        min-height: 0;
        height: 100dvh;
        border-left: 1px solid var(--line);
      }
      .skip {
        position: absolute;
        left: -100vw;
        z-index: 9;
        background: var(--raised);
        padding: 0.6rem 1rem;
      }
      .skip:focus {
        left: 0.5rem;
        top: 0.5rem;
      }
      .veil {
        display: none;
      }
      @media (max-width: 64rem) {
        .shell,
        .shell.with-source {
          grid-template-columns: minmax(0, 1fr);
        }
        main {
          grid-template-rows: auto minmax(0, 1fr);
        }
        .top {
          display: flex;
        }
        loracle-sidebar {
          position: fixed;
          inset: 0 auto 0 0;
          width: min(18rem, 86vw);
          z-index: 6;
          visibility: hidden;
          transform: translateX(-100%);
          transition:
            transform 0.18s,
            visibility 0.18s;
          box-shadow: var(--shadow);
        }
        .menu-open loracle-sidebar {
          transform: none;
          visibility: visible;
        }
        .menu-open .veil {
          display: block;
          position: fixed;
          inset: 0;
          z-index: 5;
          background: rgb(0 0 0 / 35%);
          border-radius: 0;
        }
        aside {
          position: fixed;
          inset: 0;
          z-index: 7;
          border: 0;
          --source-back: flex;
          --source-close: none;
        }
      }
    `,
  ];

  @state() private signedIn = currentKey() !== null;
  @state() private known = false; // who is signed in, as far as the service says
  @state() private notice = "";
  @state() private route: Route = currentRoute();
  @state() private source: SourcePlace | null = null;
  @state() private menuOpen = false;
  @state() private listRevision = 0;
  private opener: HTMLElement | null = null;
  private readonly views = new Views(this);

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("hashchange", this.onHash);
    window.addEventListener("loracle-signed-out", this.onSignedOut);
    window.addEventListener("keydown", this.onKey);
    if (this.signedIn) void this.learnWho();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("hashchange", this.onHash);
    window.removeEventListener("loracle-signed-out", this.onSignedOut);
    window.removeEventListener("keydown", this.onKey);
  }

  override render(): TemplateResult {
    if (!this.signedIn) {
      return html`<loracle-sign-in .notice=${this.notice} @signed-in=${this.onSignedIn}></loracle-sign-in>`;
    }
    if (!this.known) return loading();
    return html`
      <a class="skip" href="#main" @click=${this.skip}>${text.skip}</a>
      <div class="shell ${this.source ? "with-source" : ""} ${this.menuOpen ? "menu-open" : ""}">
        <loracle-sidebar .route=${this.route} .revision=${this.listRevision} @navigated=${() => (this.menuOpen = false)}></loracle-sidebar>
        <button class="veil" aria-label=${text.close} @click=${() => (this.menuOpen = false)}></button>
        <main
          id="main"
          tabindex="-1"
          @open-source=${this.onSource}
          @conversations-changed=${() => (this.listRevision += 1)}
          @conversation-begun=${(event: CustomEvent<string>) => location.replace(`#/ask/${event.detail}`)}
          @add-documents=${() => (location.hash = "#/documents")}
        >
          <div class="top">
            <button class="icon" aria-label=${text.menu} aria-expanded=${this.menuOpen} @click=${() => (this.menuOpen = true)}>
              ${icon("menu")}
            </button>
            <strong>${text.appName}</strong>
            <button class="with-icon" @click=${() => (location.hash = "#/ask")}>${icon("plus", 18)} ${text.nav.newQuestion}</button>
          </div>
          ${this.views.show(this.route, this.source)}
        </main>
        ${this.source
          ? html`<aside>
              <loracle-source
                .place=${this.source}
                .wayBack=${this.route.view === "ask" ? text.source.toAnswer : text.source.back}
                @close-source=${this.closeSource}
              ></loracle-source>
            </aside>`
          : nothing}
      </div>
    `;
  }

  private readonly onHash = (): void => {
    if (currentKey() !== null && !this.signedIn) this.onSignedIn(); // a link that signs in
    const before = this.route.view;
    this.route = currentRoute();
    this.menuOpen = false;
    if (this.route.view !== before) this.source = null;
  };

  private readonly onSignedIn = (): void => {
    this.route = currentRoute(); // where the person was before
    this.signedIn = true;
    void this.learnWho();
  };

  private readonly onSignedOut = (): void => {
    if (!this.signedIn) return;
    this.notice = currentPerson() === null ? text.signedOut : text.sessionEnded;
    this.signedIn = this.known = false;
    forgetKey();
  };

  /** Views show what the key may do, so they wait for it. */
  private async learnWho(): Promise<void> {
    await me().catch(() => null); // the view says what is wrong
    this.known = this.signedIn;
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    if (this.menuOpen) this.menuOpen = false;
    else if (this.source) this.closeSource();
  };

  private onSource(event: CustomEvent): void {
    this.opener = focusedElement();
    const { document_id, filename, version, page_start, char_start, char_end, quote, text: passage } = event.detail;
    this.source = { ...event.detail, document_id, filename, version, page_start, char_start, char_end, quote: quote ?? passage };
  }

  private closeSource(): void {
    this.source = null;
    this.opener?.focus();
  }

  private skip(event: Event): void {
    event.preventDefault();
    this.renderRoot.querySelector<HTMLElement>("#main")?.focus();
  }
}
