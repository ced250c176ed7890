import { css, html, nothing, type TemplateResult } from "lit";
import { icon, type IconName } from "../ui/icons";
import { part } from "../ui/layout";

/** A panel within the administration: parts one below the other. */
export const panel = css`
  ${part}
  .bar input[type="search"] {
    flex: 1 1 14rem;
    min-width: 0;
  }
  .bar label {
    display: flex;
    align-items: center;
    gap: 0.4rem;
  }
  @media (max-width: 40rem) {
    .row {
      grid-template-columns: minmax(0, 1fr) auto; /* what is done with it stays beside the name */
      align-items: start;
    }
  }
  .mono {
    font: 0.85rem var(--mono);
  }
`;

/** A button that is a picture with a name. */
export function tool(name: IconName, label: string, action: () => unknown, disabled = false): TemplateResult {
  return html`<button class="icon" aria-label=${label} title=${label} ?disabled=${disabled} @click=${() => void action()}>${icon(name, 18)}</button>`;
}

/** What went wrong, if anything did. */
export function told(fault: string): TemplateResult | typeof nothing {
  return fault ? html`<p class="error" role="alert">${fault}</p>` : nothing;
}
