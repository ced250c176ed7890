import { css, html, LitElement, svg, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Schemas } from "../api/client";
import { base } from "../ui/styles";
import { words } from "./texts";

const WIDTH = 640;
const HEIGHT = 220;
const EDGE = { left: 52, right: 66, top: 12, bottom: 26 };
const LEAST = 1e-3; // smaller values lie on the floor of the plot

/** The singular values of every layer, the energy that each rank keeps, and a mark at the rank that is chosen. */
@customElement("loracle-spectrum")
export class SpectrumPlot extends LitElement {
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
      path,
      line {
        fill: none;
      }
      .layer {
        stroke: var(--accent);
        stroke-width: 1;
        opacity: 0.28;
      }
      .energy {
        stroke: var(--mark-line);
        stroke-width: 2.5;
        stroke-dasharray: 5 3;
      }
      .axis {
        stroke: var(--line-strong);
      }
      .grid {
        stroke: var(--line);
      }
      .lost {
        fill: var(--bad);
        opacity: 0.09;
      }
      .chosen {
        stroke: var(--bad);
        stroke-width: 1.5;
      }
      @media (max-width: 40rem) {
        svg {
          font-size: 19px;
        }
      }
      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: 0.2rem 1.2rem;
        color: var(--quiet);
        font-size: 0.82rem;
      }
      .legend span::before {
        content: "";
        display: inline-block;
        width: 1.4rem;
        margin-right: 0.4rem;
        vertical-align: middle;
        border-top: 2px solid var(--accent);
      }
      .legend .share::before {
        border-top: 2.5px dashed var(--mark-line);
      }
    `,
  ];

  @property({ attribute: false }) spectrum!: Schemas["SpectrumOut"];
  @property({ type: Number }) rank = 1;

  override render(): TemplateResult {
    const { rank: all, layers, energy_by_rank: energy } = this.spectrum;
    const right = WIDTH - EDGE.right;
    const floor = HEIGHT - EDGE.bottom;
    const x = (rank: number) => EDGE.left + ((right - EDGE.left) * (rank - 0.5)) / all;
    const log = (value: number) => 1 - Math.log10(Math.max(value, LEAST)) / Math.log10(LEAST); // 0 at LEAST, 1 at 1
    const y = (share: number) => floor - (floor - EDGE.top) * share;
    const line = (values: readonly number[]) =>
      values.map((value, at) => `${at ? "L" : "M"}${x(at + 1).toFixed(1)} ${y(value).toFixed(1)}`).join("");
    const relative = layers.map(({ singular_values: values }) => values.map((value) => (values[0] ? log(value / values[0]) : 0)));
    const cut = (x(this.rank) + x(this.rank + 1)) / 2;
    const kept = shareOf(energy[this.rank - 1]);
    return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${words.compression.plot(this.rank, kept)}>
      ${svg`
        ${[1, 0.1, 0.01].map((value) => svg`<line class="grid" x1=${EDGE.left} x2=${right} y1=${y(log(value))} y2=${y(log(value))} />
          <text x=${EDGE.left - 6} y=${y(log(value)) + 4} text-anchor="end">${value}</text>`)}
        <path class="axis" d="M${EDGE.left} ${EDGE.top}V${floor}H${right}" />
        ${this.rank < all ? svg`<rect class="lost" x=${cut} y=${EDGE.top} width=${Math.max(0, right - cut)} height=${floor - EDGE.top} />` : ""}
        ${relative.map((values) => svg`<path class="layer" d=${line(values)} />`)}
        <path class="energy" d=${line(energy)} />
        ${this.rank < all ? svg`<line class="chosen" x1=${cut} x2=${cut} y1=${EDGE.top} y2=${floor} />` : ""}
        ${[1, Math.ceil(all / 2), all].map((rank) => svg`<text x=${x(rank)} y=${floor + 18} text-anchor="middle">${rank}</text>`)}
        <text x=${right + 6} y=${y(1) + 4}>100 %</text>
        <text x=${right + 6} y=${y(0)}>0 %</text>`}
      </svg>
      <p class="legend"><span>${words.compression.value}</span><span class="share">${words.compression.energy}</span></p>`;
  }
}

/** A share that is near one, as people compare it: "99.87 %". */
export function shareOf(share: number | undefined): string {
  return `${((share ?? 0) * 100).toFixed(share !== undefined && share > 0.99 ? 2 : 1)} %`;
}
