import { css, unsafeCSS } from "lit";
import theme from "../ui/theme.css?inline";

/** The widget's box. Nothing of the site around comes in but the custom properties that theme.css reads. */
export const frame = css`
  ${unsafeCSS(theme)}
  :host {
    display: block;
  }
  .frame {
    all: initial;
    display: block;
    color-scheme: light dark;
    color: var(--ink);
    font: 1rem/1.55 var(--text);
  }
  .frame.light {
    color-scheme: light;
  }
  .frame.dark {
    color-scheme: dark;
  }
  .floating {
    position: fixed;
    inset: auto 1.25rem 1.25rem auto;
    z-index: var(--loracle-layer, 2147483000);
  }
  .inline {
    height: var(--loracle-height, 40rem);
  }
  .launcher {
    display: grid;
    place-items: center;
    width: 3.5rem;
    height: 3.5rem;
    border-radius: 50%;
    padding: 0;
    background: var(--accent);
    color: var(--accent-ink);
    box-shadow: var(--shadow);
  }
  .launcher[hidden] {
    display: none;
  }
  .launcher:hover:not(:disabled) {
    background: color-mix(in srgb, var(--accent) 88%, var(--ink));
  }
  .panel {
    container-type: inline-size;
    display: flex;
    flex-direction: column;
    overflow: hidden;
    background: var(--paper);
    border: 1px solid var(--line);
    border-radius: var(--radius);
  }
  .panel[hidden] {
    display: none;
  }
  .inline .panel {
    height: 100%;
  }
  .floating .panel {
    position: absolute;
    right: 0;
    bottom: 0;
    width: min(var(--loracle-width, 26rem), calc(100vw - 2.5rem));
    height: min(var(--loracle-height, 42rem), calc(100dvh - 2.5rem));
    box-shadow: var(--shadow);
  }
  header {
    display: flex;
    align-items: center;
    gap: 0.3rem;
    padding: 0.5rem 0.6rem 0.5rem 1rem;
    border-bottom: 1px solid var(--line);
    background: var(--raised);
  }
  h2 {
    flex: 1;
    min-width: 0;
    font: 600 1rem/1.35 var(--text);
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  header button {
    color: var(--quiet);
  }
  .parts {
    flex: 1;
    position: relative;
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    min-height: 0;
  }
  loracle-source {
    position: absolute;
    inset: 0;
    --source-back: flex;
    --source-close: none;
  }
  @container (max-width: 49.99rem) {
    header:has(+ .with-source) {
      display: none; /* the source has a bar of its own */
    }
  }
  @container (min-width: 50rem) {
    .with-source {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    }
    loracle-source {
      position: static;
      --source-back: none;
      --source-close: inline-grid;
      border-left: 1px solid var(--line);
    }
  }
  @media (max-width: 30rem) {
    .floating .panel {
      position: fixed;
      inset: 0;
      width: auto;
      height: auto;
      border: 0;
      border-radius: 0;
    }
  }
`;
