import { css } from "lit";

/** A table of figures, which scrolls sideways within itself on a narrow screen. */
export const tableStyles = css`
  .scroll {
    overflow-x: auto;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--raised);
  }
  table {
    border-collapse: collapse;
    width: 100%;
    font-size: 0.88rem;
  }
  th,
  td {
    padding: 0.35rem 0.8rem;
    text-align: left;
    vertical-align: middle;
    font-weight: 400;
  }
  thead th {
    color: var(--quiet);
    font-size: 0.8rem;
    white-space: nowrap;
  }
  tbody tr:first-child > * {
    border-top: 1px solid var(--line);
  }
  tbody th {
    min-width: 8rem;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .number {
    text-align: right;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  @media (max-width: 40rem) {
    th,
    td {
      padding-inline: 0.5rem;
    }
    tbody th {
      min-width: 5.5rem;
    }
    .number {
      white-space: normal;
    }
    .plot {
      display: none;
    }
  }
`;
