import { html, LitElement, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { view } from "../ui/layout";
import { loading } from "../ui/loading";
import { base } from "../ui/styles";

/** A view whose code is on its way: its title and a sign, or why it did not come. */
@customElement("loracle-waiting-view")
export class WaitingView extends LitElement {
  static override styles = [base, view];

  @property() heading = "";
  @property() fault = "";

  override render(): TemplateResult {
    return html`<div class="column">
      <h1>${this.heading}</h1>
      ${this.fault ? html`<p class="error" role="alert">${this.fault}</p>` : loading()}
    </div>`;
  }
}
