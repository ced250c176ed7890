import { css } from "lit";

/** A conversation: its thread, what it says where nothing is asked yet, and what may be asked next. */
export const thread = css`
  :host {
    display: grid;
    grid-template-rows: 1fr auto;
    min-height: 0;
    height: 100%;
  }
  .thread {
    overflow-y: auto;
    overscroll-behavior: contain;
    padding: 1.2rem 1.2rem 0;
  }
  .column {
    max-width: 46rem;
    min-height: 100%;
    margin-inline: auto;
  }
  .welcome {
    min-height: calc(100dvh - 11rem);
    display: grid;
    align-content: center;
    gap: 0.7rem;
  }
  .welcome h1 {
    font: 500 2rem/1.2 var(--serif);
    letter-spacing: -0.01em;
  }
  .suggestions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    margin-top: 0.8rem;
  }
  .suggestions button:not(.primary) {
    border-color: var(--edge);
    background: var(--raised);
    border-radius: 999px;
    padding: 0.45rem 0.9rem;
    overflow-wrap: anywhere;
    text-align: left;
  }
  .suggestions button:hover {
    border-color: var(--accent);
  }
  .earlier {
    display: block;
    margin: 0 auto 0.6rem;
  }
  .follow-ups {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem;
    margin-top: -0.6rem;
    padding-bottom: 1.4rem;
  }
  .follow-ups h3 {
    width: 100%;
    font: 600 0.8rem/1.4 var(--text);
    color: var(--quiet);
  }
  .follow-ups button {
    border-color: var(--edge);
    background: var(--raised);
    border-radius: 999px;
    padding: 0.35rem 0.8rem;
    font-size: 0.92rem;
    overflow-wrap: anywhere;
    text-align: left;
  }
  .follow-ups button:hover:not(:disabled) {
    border-color: var(--accent);
  }
`;
