import { css, html, LitElement, svg, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Schemas } from "../api/client";
import { learning } from "./learning_texts";
import { base } from "../ui/styles";

type Point = Schemas["PointOut"];
const WIDTH = 640;
const HEIGHT = 180;
const EDGE = { left: 42, right: 10, top: 10, bottom: 26 };

/** Losses by step: of the rows that are trained on, and of those held out. */
@customElement("loracle-loss-curve")
export class LossCurve extends LitElement {
  static override styles = [
    base,
    css`
      svg {
        width: 100%;
        max-width: 40rem;
        height: auto;
        font: 11px var(--text);
        fill: var(--quiet);
      }
      @media (max-width: 40rem) {
        svg {
          font-size: 17px;
        }
      }
      path {
        fill: none;
        stroke-width: 2;
      }
      .train {
        stroke: var(--accent);
      }
      .valid {
        stroke: var(--mark-line);
        stroke-dasharray: 5 3;
      }
      .axis {
        stroke: var(--line-strong);
        stroke-width: 1;
      }
    `,
  ];

  @property({ attribute: false }) points: Point[] = [];

  override render(): TemplateResult {
    const lines = (["train_loss", "valid_loss"] as const).map((name) => series(this.points, name));
    const all = lines.flat();
    if (all.length < 2) return html``;
    const last = Math.max(...all.map(([step]) => step));
    const top = Math.max(...all.map(([, loss]) => loss));
    const x = (step: number) => EDGE.left + ((WIDTH - EDGE.left - EDGE.right) * step) / last;
    const y = (loss: number) => EDGE.top + (HEIGHT - EDGE.top - EDGE.bottom) * (1 - loss / top);
    const path = (line: [number, number][]) => line.map(([step, loss], at) => `${at ? "L" : "M"}${x(step).toFixed(1)} ${y(loss).toFixed(1)}`).join("");
    return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${learning.train.curve(lines[0]!.at(-1)?.[1], lines[1]!.at(-1)?.[1])}>
      ${svg`
        <path class="axis" d="M${EDGE.left} ${EDGE.top}V${HEIGHT - EDGE.bottom}H${WIDTH - EDGE.right}" />
        <text x="4" y=${y(top) + 10}>${top.toFixed(2)}</text>
        <text x="4" y=${y(0)}>0</text>
        <text x=${WIDTH - EDGE.right} y=${HEIGHT - 8} text-anchor="end">${learning.train.step(last, last)}</text>
        <path class="train" d=${path(lines[0]!)} />
        <path class="valid" d=${path(lines[1]!)} />
        <text x=${EDGE.left + 12} y=${HEIGHT - 8}>${learning.train.legend}</text>`}
    </svg>`;
  }
}

function series(points: readonly Point[], name: string): [number, number][] {
  return points.flatMap(({ step, figures }) => {
    const value = figures[name];
    return value === undefined || !Number.isFinite(value) ? [] : [[step, value] as [number, number]];
  });
}
