import { css, html, nothing, svg, type TemplateResult } from "lit";

export interface Interval {
  mean: number;
  low: number;
  high: number;
}

const WIDTH = 180;
const HEIGHT = 16;
const MIDDLE = HEIGHT / 2;

/** The colours of `intervalBar`, for the component that shows it. */
export const intervalStyles = css`
  .interval {
    width: 11rem;
    max-width: 100%;
    height: 1rem;
  }
  .interval .track {
    stroke: var(--line);
    stroke-width: 6;
    stroke-linecap: round;
  }
  .interval .zero {
    stroke: var(--line-strong);
  }
  .interval .whisker {
    stroke: var(--accent);
    stroke-width: 2;
  }
  .interval circle {
    fill: var(--accent);
  }
  .interval.worse .whisker {
    stroke: var(--bad);
  }
  .interval.worse circle {
    fill: var(--bad);
  }
`;

/** A mean with its interval on a line from `from` to `to`; with a mark at zero if that is between. Screen readers skip it. */
export function intervalBar({ mean, low, high }: Interval, from: number, to: number, worse = false): TemplateResult {
  const x = (value: number) => 6 + ((WIDTH - 12) * (Math.min(to, Math.max(from, value)) - from)) / (to - from || 1);
  return html`<svg class="interval ${worse ? "worse" : ""}" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">
    ${svg`<line class="track" x1=${x(from)} x2=${x(to)} y1=${MIDDLE} y2=${MIDDLE} />
      ${from < 0 && to > 0 ? svg`<line class="zero" x1=${x(0)} x2=${x(0)} y1="0" y2=${HEIGHT} />` : nothing}
      <line class="whisker" x1=${x(low)} x2=${x(high)} y1=${MIDDLE} y2=${MIDDLE} />
      <circle cx=${x(mean)} cy=${MIDDLE} r="4" />`}
  </svg>`;
}

/** "82 % (71 to 90 %)" */
export function percentWithInterval({ mean, low, high }: Interval, to: string): string {
  return `${percent(mean)} (${Math.round(low * 100)} ${to} ${percent(high)})`;
}

/** "82 %" */
export function percent(share: number): string {
  return `${Math.round(share * 100)}\u00a0%`; // on one line
}

/** "+3.1" points of a hundred. */
export function points(difference: number): string {
  const shown = (difference * 100).toFixed(1);
  return difference > 0 ? `+${shown}` : shown.replace("-", "−");
}
