import { html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

const BEYOND_PX = 400; // drawn above and below what is seen
const GUESSED_PX = 60; // the height of a row, before any is measured
const NEAR_END_PX = 1200;

/**
 * A list of any length of which only the rows near what is seen are in the document.
 *
 * It scrolls with the box around it. Rows may differ in height and change it. They are drawn without a shadow root, so
 * the styles of the component around hold; handlers in `row` are arrow functions. `near-end` says that further items may
 * be loaded. The row that has the focus stays.
 */
@customElement("loracle-virtual-list")
export class VirtualList<Item = unknown> extends LitElement {
  @property({ attribute: false }) items: readonly Item[] = [];
  @property({ attribute: false }) keyOf: (item: Item) => string = String;
  @property({ attribute: false }) row!: (item: Item, index: number) => TemplateResult;
  /** How many there are, with those that are not loaded yet. */
  @property({ type: Number }) total: number | null = null;

  private readonly heights = new Map<string, number>();
  private tops: number[] | null = null; // of each row, and the end of the last one; null: to be reckoned
  private scroller: HTMLElement | null = null;
  private readonly observed = new Set<Element>();
  private toldNearEnd = false; // of these items
  private readonly observer = new ResizeObserver((entries) => this.measure(entries));

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    Object.assign(this.style, { display: "block", position: "relative" });
    this.role = "list";
    this.scroller = scrollerAround(this);
    this.scroller.addEventListener("scroll", this.onMove, { passive: true });
    this.observer.observe(this.scroller);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.scroller?.removeEventListener("scroll", this.onMove);
    this.observer.disconnect();
    this.observed.clear();
  }

  override willUpdate(changes: PropertyValues<this>): void {
    if (!changes.has("items")) return;
    this.tops = null;
    this.toldNearEnd = false;
  }

  override render(): TemplateResult {
    const tops = this.places();
    return html`${repeat(
      this.shown(),
      (index) => this.keyOf(this.items[index]!),
      (index) => html`<div
        role="listitem"
        data-key=${this.keyOf(this.items[index]!)}
        aria-posinset=${index + 1}
        aria-setsize=${this.total ?? this.items.length}
        .style=${`position: absolute; left: 0; right: 0; top: ${tops[index]}px`}
      >
        ${this.row(this.items[index]!, index)}
      </div>`,
    )}`;
  }

  override updated(): void {
    this.style.height = `${this.places()[this.items.length]}px`;
    for (const row of this.children) {
      if (!this.observed.has(row)) this.observer.observe(row);
      this.observed.add(row);
    }
    this.tellIfNearEnd();
  }

  /** Bring a row into view. */
  scrollToIndex(index: number): void {
    if (this.scroller) this.scroller.scrollTop += this.places()[index]! - this.seen().top;
  }

  /** Forget the heights of rows, all of which are about to change. */
  forgetHeights(): void {
    this.heights.clear();
    this.tops = null;
  }

  private readonly onMove = (): void => this.requestUpdate();

  /** The part of the list that is seen, in pixels from its top. */
  private seen(): { top: number; bottom: number } {
    if (!this.scroller) return { top: 0, bottom: 0 };
    const top = this.scroller.getBoundingClientRect().top - this.getBoundingClientRect().top;
    return { top, bottom: top + this.scroller.clientHeight };
  }

  /** The rows to draw, in their order. */
  private shown(): number[] {
    const { top, bottom } = this.seen();
    const focused = this.focusedIndex();
    const first = this.rowAt(top - BEYOND_PX);
    const last = Math.min(this.items.length - 1, this.rowAt(bottom + BEYOND_PX));
    const rows = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
    if (focused >= 0 && focused < first) rows.unshift(focused);
    if (focused > last) rows.push(focused);
    return rows;
  }

  private rowAt(pixel: number): number {
    const tops = this.places();
    let low = 0;
    let high = Math.max(0, this.items.length - 1);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (tops[middle]! <= pixel) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private focusedIndex(): number {
    const focused = (this.getRootNode() as Document | ShadowRoot).activeElement;
    const key = focused?.closest<HTMLElement>("[role='listitem']")?.dataset.key;
    return key === undefined || !this.contains(focused) ? -1 : this.items.findIndex((item) => this.keyOf(item) === key);
  }

  private places(): number[] {
    if (this.tops) return this.tops;
    const known = [...this.heights.values()];
    const guess = known.length ? known.reduce((sum, height) => sum + height, 0) / known.length : GUESSED_PX;
    const tops = [0];
    for (const item of this.items) tops.push(tops.at(-1)! + (this.heights.get(this.keyOf(item)) ?? guess));
    return (this.tops = tops);
  }

  private measure(entries: ResizeObserverEntry[]): void {
    let changed = false;
    for (const { target } of entries) {
      const key = (target as HTMLElement).dataset.key;
      if (target === this.scroller) changed = true;
      else if (!target.isConnected) this.forget(target);
      else if (key !== undefined) {
        const height = target.getBoundingClientRect().height;
        changed ||= this.heights.get(key) !== height;
        this.heights.set(key, height);
      }
    }
    if (!changed) return;
    this.tops = null;
    this.requestUpdate();
  }

  private forget(row: Element): void {
    this.observer.unobserve(row);
    this.observed.delete(row);
  }

  private tellIfNearEnd(): void {
    const { length } = this.items;
    if (!length || this.toldNearEnd || this.seen().bottom < this.places()[length]! - NEAR_END_PX) return;
    this.toldNearEnd = true;
    this.dispatchEvent(new Event("near-end"));
  }
}

/** The box that an element scrolls in, in whatever shadow root it is. */
function scrollerAround(element: Element): HTMLElement {
  let found: Node | null = element.parentNode;
  while (found) {
    if (found instanceof HTMLElement && /auto|scroll/.test(getComputedStyle(found).overflowY)) return found;
    found = found instanceof ShadowRoot ? found.host : found.parentNode;
  }
  return document.documentElement;
}
