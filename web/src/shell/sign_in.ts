import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { address, api, must, send, shown, type Schemas } from "../api/client";
import { text } from "../i18n";
import { keepKey, leaveToSignIn, returned } from "../session";
import { base } from "../ui/styles";

type Issuer = NonNullable<Schemas["SignInOut"]["oidc"]>;

/** Signs a person in: with the issuer that the service names, or with an access key, which the service checks first. */
@customElement("loracle-sign-in")
export class SignIn extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        place-content: center;
        grid-template-columns: minmax(0, 25rem);
        min-height: 100dvh;
        padding: 1.5rem;
      }
      main,
      form {
        display: grid;
        gap: 0.9rem;
        position: relative;
      }
      img {
        width: 44px;
        height: 44px;
      }
      h1 {
        font: 500 1.8rem/1.2 var(--serif);
      }
      label {
        font-weight: 600;
      }
      label.stay {
        display: flex;
        align-items: center;
        gap: 0.5rem;
        font-weight: 400;
      }
      .key {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 0.3rem 0.5rem;
      }
      .key label {
        grid-column: 1 / -1;
      }
      input[type="checkbox"] {
        accent-color: var(--accent);
      }
      button {
        padding: 0.65rem;
        overflow-wrap: anywhere;
      }
      details {
        border-top: 1px solid var(--line);
        padding-top: 0.8rem;
      }
      summary {
        cursor: pointer;
        color: var(--quiet);
        padding-block: 0.2rem;
      }
      details form {
        padding-top: 0.9rem;
      }
    `,
  ];

  @property() notice = "";
  @state() private issuer: Issuer | null = null;
  @state() private asked = false; // whether there is an issuer is known
  @state() private stay = false;
  @state() private shownKey = false; // in letters, not in dots
  @state() private fault = "";
  @state() private busy = false;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.begin();
  }

  override render(): TemplateResult {
    const { issuer } = this;
    return html`<main>
      <img src="favicon.svg" alt="" />
      <h1>${text.signIn.title}</h1>
      <p class="quiet">${text.signIn.lead}</p>
      ${this.fault || this.notice ? html`<p class="error" role="alert">${this.fault || this.notice}</p>` : nothing}
      ${issuer ? this.withIssuer(issuer) : this.asked ? this.withKey(this.stayBox()) : nothing}
    </main>`;
  }

  private withIssuer(issuer: Issuer): TemplateResult {
    return html`
      <button class="primary" ?disabled=${this.busy} @click=${() => this.leave(issuer)}>
        ${this.busy ? text.signIn.busy : text.signIn.with(issuer.name)}
      </button>
      ${this.stayBox()}
      <details>
        <summary>${text.signIn.useKey}</summary>
        ${this.withKey(nothing)}
      </details>
    `;
  }

  private withKey(stayBox: TemplateResult | typeof nothing): TemplateResult {
    return html`<form @submit=${this.onSubmit}>
      <input class="hidden-text" name="username" autocomplete="username" value="loracle" tabindex="-1" aria-hidden="true" readonly />
      <div class="key">
        <label for="key">${text.signIn.key}</label>
        <input
          id="key"
          name="key"
          type=${this.shownKey ? "text" : "password"}
          placeholder="lk_…"
          autocomplete="current-password"
          autocapitalize="off"
          spellcheck="false"
          ?autofocus=${!this.issuer}
          aria-describedby="hint"
        />
        <button
          type="button"
          class="plain-border"
          aria-label=${this.shownKey ? text.signIn.hideKey : text.signIn.showKey}
          @click=${() => (this.shownKey = !this.shownKey)}
        >
          ${this.shownKey ? text.signIn.hide : text.signIn.show}
        </button>
      </div>
      <p class="quiet small" id="hint">${text.signIn.keyHint}</p>
      ${stayBox}
      <button class=${this.issuer ? "plain-border" : "primary"} ?disabled=${this.busy}>
        ${this.busy ? text.signIn.busy : text.signIn.button}
      </button>
    </form>`;
  }

  private stayBox(): TemplateResult {
    return html`<label class="stay">
      <input
        name="stay"
        type="checkbox"
        .checked=${this.stay}
        @change=${(event: Event) => (this.stay = (event.target as HTMLInputElement).checked)}
      />
      ${text.signIn.stay}
    </label>`;
  }

  /** Go on where the issuer sent the browser back, or ask how one signs in here. */
  private async begin(): Promise<void> {
    const back = returned();
    if (back?.signedIn) {
      await this.finish(back.stay);
    } else if (back) {
      const reasons: Record<string, string> = text.signIn.refused;
      this.fault = reasons[back.reason] ?? text.unknownError;
    }
    try {
      this.issuer = (await must(api.GET("/auth"))).oidc;
    } catch (fault) {
      this.fault ||= shown(fault);
    } finally {
      this.asked = true;
    }
  }

  private leave(issuer: Issuer): void {
    this.busy = true;
    leaveToSignIn(address(issuer.start), this.stay);
  }

  /** Get the token that the service has for this browser. */
  private async finish(stay: boolean): Promise<void> {
    this.busy = true;
    try {
      const { token, name } = await must(api.POST("/auth/oidc/token"));
      this.signedIn(token, stay, name);
    } catch (fault) {
      this.fault = shown(fault);
    } finally {
      this.busy = false;
    }
  }

  private onSubmit(event: SubmitEvent): void {
    event.preventDefault();
    void this.signIn(String(new FormData(event.target as HTMLFormElement).get("key")).trim());
  }

  private async signIn(key: string): Promise<void> {
    this.fault = key ? (/^[\x21-\x7e]+$/.test(key) ? "" : text.signIn.wrong) : text.signIn.empty;
    if (this.fault) return; // other characters cannot stand in a header
    this.busy = true;
    try {
      const headers = { Authorization: `Bearer ${key}` };
      const response = await send(new Request(address("api/v1/me"), { headers }));
      if (response.status === 401) this.fault = text.signIn.wrong;
      else if (!response.ok) this.fault = (await response.json()).error?.message ?? text.unknownError;
      else this.signedIn(key, this.stay, null);
    } catch (fault) {
      this.fault = shown(fault);
    } finally {
      this.busy = false;
    }
  }

  private signedIn(key: string, stay: boolean, person: string | null): void {
    keepKey(key, stay, person);
    this.dispatchEvent(new Event("signed-in"));
  }
}
