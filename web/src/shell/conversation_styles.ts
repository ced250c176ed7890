import { css } from "lit";

/** The list of conversations, and what each row of it says. */
export const rows = css`
  :host {
    display: block;
    min-height: 0;
  }
  .list {
    overflow-y: auto;
    height: 100%;
  }
  .list > p {
    padding-inline: 0.5rem;
  }
  h2 {
    font: 600 0.78rem/1.4 var(--text);
    color: var(--quiet);
    padding: 0.3rem 0.5rem;
  }
  .row {
    position: relative;
    border-radius: 8px;
  }
  .row:hover,
  .row:focus-within {
    background: color-mix(in srgb, var(--line) 60%, transparent);
  }
  .row.current {
    background: var(--raised);
    box-shadow: inset 0 0 0 1px var(--line); /* the list clips what is outside */
  }
  .row a {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    padding: 0.45rem 2.2rem 0.45rem 0.5rem; /* at the right is the menu */
    border-radius: 8px;
    color: var(--ink);
    text-decoration: none;
    line-height: 1.4;
    font-size: 0.9rem;
  }
  .row .title {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    overflow-wrap: anywhere;
  }
  .row .more {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    color: var(--quiet);
    font-size: 0.82rem;
  }
  .row .more svg {
    display: inline;
    vertical-align: -0.1em;
  }
  .row loracle-action-menu {
    position: absolute;
    right: 0.2rem;
    top: calc(50% - 1.05rem);
    opacity: 0;
  }
  .row:hover loracle-action-menu,
  .row:focus-within loracle-action-menu {
    opacity: 1;
  }
  @media (pointer: coarse) {
    .row a {
      padding-right: 3rem;
    }
    .row loracle-action-menu {
      top: calc(50% - 1.375rem);
      opacity: 1;
    }
  }
  input[type="search"] {
    width: 100%;
    margin-bottom: 0.3rem;
    font-size: 0.88rem;
    padding: 0.3rem 0.5rem;
  }
`;
