import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { address, send, shown } from "../api/client";
import { text } from "../i18n";
import { keepKey } from "../session";
import { base } from "../ui/styles";

/** Asks for an API key and checks it with the service before it keeps it. */
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
        display: grid;
        gap: 0.3rem;
        font-weight: 600;
      }
      label.stay {
        display: flex;
        align-items: center;
        gap: 0.5rem;
        font-weight: 400;
      }
      input[type="checkbox"] {
        accent-color: var(--accent);
      }
      button {
        padding: 0.65rem;
      }
    `,
  ];

  @property() notice = "";
  @state() private fault = "";
  @state() private busy = false;

  override render(): TemplateResult {
    return html`<main>
      <form @submit=${this.onSubmit}>
        <img src="favicon.svg" alt="" />
        <h1>${text.signIn.title}</h1>
        <p class="quiet">${text.signIn.lead}</p>
        <input class="hidden-text" name="username" autocomplete="username" value="loracle" tabindex="-1" aria-hidden="true" readonly />
        <label>
          ${text.signIn.key}
          <input name="key" type="password" autocomplete="current-password" spellcheck="false" autofocus aria-describedby="hint" />
        </label>
        <p class="quiet small" id="hint">${text.signIn.keyHint}</p>
        <label class="stay"><input name="stay" type="checkbox" /> ${text.signIn.stay}</label>
        ${this.fault || this.notice ? html`<p class="error" role="alert">${this.fault || this.notice}</p>` : nothing}
        <button class="primary" ?disabled=${this.busy}>${this.busy ? text.signIn.busy : text.signIn.button}</button>
      </form>
    </main>`;
  }

  private onSubmit(event: SubmitEvent): void {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    void this.signIn(String(form.get("key")).trim(), form.has("stay"));
  }

  private async signIn(key: string, stay: boolean): Promise<void> {
    this.fault = key ? (/^[\x21-\x7e]+$/.test(key) ? "" : text.signIn.wrong) : text.signIn.empty;
    if (this.fault) return; // other characters cannot stand in a header
    this.busy = true;
    try {
      const headers = { Authorization: `Bearer ${key}` };
      const response = await send(new Request(address("api/v1/collections"), { headers }));
      if (response.status === 401) this.fault = text.signIn.wrong;
      else if (!response.ok) this.fault = (await response.json()).error?.message ?? text.unknownError;
      else {
        keepKey(key, stay);
        this.dispatchEvent(new Event("signed-in"));
      }
    } catch (fault) {
      this.fault = shown(fault);
    } finally {
      this.busy = false;
    }
  }
}
