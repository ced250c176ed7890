import { css } from "lit";

/** What all components share: boxes, buttons, fields, and a visible focus. */
export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :host([hidden]) {
    display: none;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  button,
  input,
  textarea,
  select {
    font: inherit;
    color: inherit;
  }
  button {
    cursor: pointer;
    border: 1px solid transparent;
    border-radius: 8px;
    background: none;
    padding: 0.4rem 0.7rem;
    line-height: 1.25;
  }
  button:hover:not(:disabled) {
    background: var(--sunken);
  }
  button:disabled {
    cursor: default;
    opacity: 0.5;
  }
  button.primary {
    background: var(--accent);
    color: var(--accent-ink);
    font-weight: 600;
  }
  button.primary:hover:not(:disabled) {
    background: color-mix(in srgb, var(--accent) 88%, var(--ink));
  }
  button.plain-border {
    border-color: var(--edge);
    background: var(--raised);
  }
  button.danger {
    color: var(--bad);
  }
  button.icon {
    display: inline-grid;
    place-items: center;
    min-width: 2.1rem;
    min-height: 2.1rem;
    padding: 0.3rem;
    color: var(--quiet);
  }
  button.icon:hover:not(:disabled),
  button.icon[aria-pressed="true"] {
    color: var(--ink);
  }
  button.with-icon {
    display: inline-flex;
    align-items: center;
    gap: 0.4rem;
  }
  @media (pointer: coarse) {
    button.icon {
      min-width: 2.75rem; /* 44 pixels, for a finger */
      min-height: 2.75rem;
    }
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
    border-radius: 6px;
  }
  input,
  textarea,
  select {
    border: 1px solid var(--line-strong);
    border-radius: 8px;
    background: var(--raised);
    padding: 0.45rem 0.65rem;
  }
  input::placeholder,
  textarea::placeholder {
    color: var(--quiet);
    opacity: 1;
  }
  a {
    color: var(--accent);
  }
  svg {
    display: block;
  }
  .quiet {
    color: var(--quiet);
  }
  .small {
    font-size: 0.85rem;
  }
  .error {
    color: var(--bad);
    background: var(--bad-soft);
    border-radius: 8px;
    padding: 0.6rem 0.8rem;
  }
  .hidden-text {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }
`;
