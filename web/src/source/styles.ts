import { css } from "lit";

/** The box of a source: its bar, the quote in words, and below them its pages. */
export const frame = css`
  :host {
    display: grid;
    grid-template: auto auto minmax(0, 1fr) / minmax(0, 1fr);
    min-height: 0;
    height: 100%;
    background: var(--raised);
    container-type: inline-size;
  }
  .unmarked {
    padding: 0.6rem 0.8rem;
    border-bottom: 1px solid var(--line);
  }
  blockquote {
    margin: 0.4rem 0 0;
    padding: 0.4rem 0.9rem;
    border-left: 3px solid var(--mark-line);
    font-family: var(--serif);
    max-height: 8rem;
    overflow: auto;
  }
  .quote {
    display: none;
    padding: 0.6rem 0.8rem;
    border-bottom: 1px solid var(--line);
  }
  .quote blockquote {
    display: -webkit-box;
    -webkit-line-clamp: 4;
    -webkit-box-orient: vertical;
    overflow: hidden;
    padding-block: 0;
  }
  @container (max-width: 30rem) {
    .quote {
      display: block;
    }
  }
  .body {
    grid-row: 3;
    min-height: 0;
    overflow: auto;
    overscroll-behavior: contain;
    overflow-anchor: none;
    background: var(--sunken);
    padding: 0.8rem;
  }
`;
