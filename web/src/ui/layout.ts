import { css } from "lit";
import { loadingStyles } from "./loading";

/** Facts in a line, with a point between neighbours; none stands at the start or the end of a line that wraps. */
export const facts = css`
  .facts {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.1rem 1.1rem;
    overflow-x: clip;
    color: var(--quiet);
    font-size: 0.86rem;
  }
  .facts > * {
    position: relative;
  }
  .facts > *::before {
    content: "·" / "";
    position: absolute;
    left: -0.7rem;
  }
`;

/** A component that is a part of a view: below others, and as high as what it holds. It stands behind `view`. */
export const part = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
    height: auto;
    padding: 0;
    overflow: visible;
  }
`;

/** A question in front of everything else. */
export const modal = css`
  dialog {
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--raised);
    color: var(--ink);
    box-shadow: var(--shadow);
    padding: 1.2rem;
    width: min(26rem, calc(100vw - 2rem));
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 35%);
  }
  form {
    display: grid;
    gap: 0.9rem;
  }
`;

/** A view of rows under a heading: documents, adapters, trainings. */
export const view = css`
  ${facts}
  ${loadingStyles}
  :host {
    display: block;
    overflow-y: auto;
    height: 100%;
    padding: 1.4rem 1.4rem 3rem;
  }
  .column {
    max-width: 64rem;
    margin-inline: auto;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
  }
  .column > header {
    display: grid;
    gap: 0.5rem;
  }
  h1 {
    font: 500 1.7rem/1.2 var(--serif);
  }
  h2 {
    font: 600 1.05rem/1.3 var(--text);
    margin-top: 0.8rem;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    gap: 0.6rem;
    align-items: center;
  }
  .bar button:not(.icon),
  .bar select,
  .bar input:not([type="checkbox"], [type="file"]),
  .file {
    min-height: 2.6rem;
  }
  .file {
    display: inline-flex;
    align-items: center;
    gap: 0.4rem;
    cursor: pointer;
    border: 1px solid var(--edge);
    border-radius: 8px;
    padding: 0.4rem 0.7rem;
    background: var(--raised);
  }
  .file:focus-within {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  .rows {
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--raised);
  }
  .rows > * + * {
    border-top: 1px solid var(--line);
  }
  .row {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0.3rem 0.8rem;
    align-items: center;
    padding: 0.6rem 0.9rem;
    overflow-wrap: anywhere;
  }
  @media (max-width: 40rem) {
    .row {
      grid-template-columns: minmax(0, 1fr);
    }
    .bar.stacked > * {
      flex: 1 1 100%;
      justify-content: center;
    }
    .bar.stacked select {
      max-width: none;
    }
    .bar.stacked label:not(.file) {
      display: grid;
      gap: 0.25rem;
      justify-content: stretch;
    }
  }
  .wide {
    grid-column: 1 / -1;
  }
  .badge {
    border-radius: 999px;
    padding: 0.05rem 0.55rem;
    background: var(--accent);
    color: var(--accent-ink);
    font-size: 0.78rem;
  }
  .tools {
    display: flex;
    align-items: center;
  }
  .warning {
    color: var(--warn);
  }
  .failed {
    color: var(--bad);
  }
  .none {
    padding: 1.5rem;
    text-align: center;
  }
  summary {
    cursor: pointer;
  }
`;
