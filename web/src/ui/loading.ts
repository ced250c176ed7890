import { css, html, type TemplateResult } from "lit";
import { text } from "../i18n";

/** The turning ring before the words of `loading`. */
export const loadingStyles = css`
  .loading {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.6rem;
    padding: 1.5rem;
    color: var(--quiet);
  }
  .loading::before {
    content: "";
    flex: none;
    width: 1rem;
    height: 1rem;
    border: 2px solid var(--line-strong);
    border-top-color: var(--accent);
    border-radius: 50%;
    animation: turn 0.9s linear infinite;
  }
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
`;

/** A sign in the place of what is on its way. */
export function loading(words = text.loading): TemplateResult {
  return html`<p class="loading" role="progressbar" aria-label=${words}>${words}</p>`;
}
