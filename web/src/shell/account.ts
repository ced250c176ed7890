import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { api, must, type Schemas } from "../api/client";
import { me } from "../api/me";
import { text } from "../i18n";
import { currentPerson, signOut } from "../session";
import { icon } from "../ui/icons";
import { base } from "../ui/styles";

/** Who is signed in, to which tenant, and the way out. */
@customElement("loracle-account")
export class Account extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 0.4rem;
        padding-inline: 0.35rem 0;
        min-width: 0;
      }
      p {
        flex: 1;
        min-width: 0;
        font-size: 0.86rem;
        line-height: 1.3;
      }
      button {
        font-size: 0.86rem;
        color: var(--quiet);
        white-space: nowrap;
      }
      p > span {
        display: block;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
    `,
  ];

  @state() private caller: Schemas["MeOut"] | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.learnWho();
  }

  override render(): TemplateResult {
    const { caller } = this;
    const person = currentPerson() ?? caller?.user ?? null;
    const who = person ?? (caller?.key?.label ? text.signIn.withKey(caller.key.label) : "");
    const tenant = caller?.tenant.name ?? "";
    return html`
      <p>
        ${who ? html`<span title=${who}>${who}</span>` : nothing}
        <span class="quiet" title=${text.signIn.of(tenant)}>${tenant}</span>
      </p>
      <button class="with-icon" @click=${() => void this.leave()}>${icon("out", 18)} ${text.signIn.out}</button>
    `;
  }

  private async learnWho(): Promise<void> {
    try {
      this.caller = await me();
    } catch {
      this.caller = null; // the view that is open says what is wrong
    }
  }

  /** A person's token ends with the session; a key goes on to work elsewhere. */
  private async leave(): Promise<void> {
    if (currentPerson() === null) return signOut();
    try {
      signOut((await must(api.POST("/auth/sign-out"))).logout_url);
    } catch {
      signOut(); // the token ends by itself
    }
  }
}
