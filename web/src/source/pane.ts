import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, queryAll, state } from "lit/decorators.js";
import { api, must, shown } from "../api/client";
import { download } from "../documents/download";
import { text } from "../i18n";
import { loading, loadingStyles } from "../ui/loading";
import { base } from "../ui/styles";
import type { VirtualList } from "../ui/virtual_list";
import "../ui/virtual_list";
import "./bar";
import "./page";
import type { SourcePage } from "./page";
import type { Box, PageOverview, SourcePlace } from "./place";
import { frame } from "./styles";

export type { SourcePlace } from "./place";

const READING_PX = 60; // below the upper edge is the page that is read
const ASIDE_PX = 12; // between the pane's edge and the mark, on a page that is larger than the pane
const SETTLING_FRAMES = 6; // in which the heights of pages around a place are measured

/**
 * A document at a quote: its pages as images with the quote's lines marked, or as text. Only pages near what is seen
 * are loaded. A page is as wide as the pane until it is made larger; a narrow pane says the quote above it.
 *
 * What is around says by custom properties how it is left: `--source-back` and `--source-close` are the `display` of the
 * two buttons.
 */
@customElement("loracle-source")
export class SourcePane extends LitElement {
  static override styles = [base, loadingStyles, frame];

  @property({ attribute: false }) place!: SourcePlace;
  /** Where the way back leads, in words. */
  @property() wayBack = text.source.back;
  @state() private pages: readonly PageOverview[] = [];
  @state() private number = 1; // of the page that is seen
  @state() private boxes: readonly Box[] | null = null; // null: not looked for
  @state() private asText = false;
  @state() private larger = false; // pages are wider than the pane
  @state() private hasImages = false;
  @state() private fault = "";
  @state() private busy = true;
  @query(".body") private body!: HTMLElement;
  @queryAll("loracle-source-page") private drawn!: NodeListOf<SourcePage>;
  @query("loracle-virtual-list") private list!: VirtualList<PageOverview> | null;
  private asked = 0; // counts loads: a late answer to an earlier one is dropped
  private isMarkWanted = false; // the mark is brought into view once its page is there

  override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has("place")) void this.load();
  }

  override updated(): void {
    this.list?.requestUpdate(); // its rows show what changed
  }

  override render(): TemplateResult {
    const { number, pages } = this;
    return html`
      <loracle-source-bar
        .filename=${this.place.filename}
        .wayBack=${this.wayBack}
        .number=${number}
        .total=${pages.length}
        .label=${pages[number - 1]?.label ?? ""}
        .hasImages=${this.hasImages}
        .asText=${this.asText}
        .larger=${this.larger}
        @leave=${this.close}
        @go=${this.onGo}
        @resize=${() => void this.resize()}
        @turn-to=${(event: CustomEvent<boolean>) => this.show(event.detail)}
        @download=${() => void this.download()}
      ></loracle-source-bar>
      ${this.quote()}
      <div
        class="body"
        tabindex="0"
        role="region"
        aria-label=${text.source.title}
        aria-busy=${this.busy}
        @scroll=${this.onScroll}
        @page-shown=${this.onShown}
        @wheel=${this.onHand}
        @pointerdown=${this.onHand}
        @keydown=${this.onHand}
      >
        ${this.fault ? html`<p class="error" role="alert">${this.fault}</p>` : nothing}
        ${this.pages.length
          ? html`<loracle-virtual-list .items=${this.pages} .keyOf=${keyOf} .row=${this.row}></loracle-virtual-list>`
          : this.fault
            ? nothing
            : loading()}
      </div>
    `;
  }

  /** The quote in words: where it could not be marked on its page's image, and where the image is small. */
  private quote(): TemplateResult | typeof nothing {
    const { boxes, busy, place } = this;
    const isDrawn = boxes !== null || ((busy || this.fault !== "") && place.page_start !== null); // as far as one knows
    if (!place.quote || !isDrawn || this.asText) return nothing;
    if (boxes === null || boxes.length) return html`<div class="quote"><blockquote>${this.place.quote}</blockquote></div>`;
    return html`<div class="unmarked">
      <p class="quiet small">${text.source.notFound}</p>
      <blockquote>${this.place.quote}</blockquote>
    </div>`;
  }

  private readonly row = (page: PageOverview): TemplateResult => {
    const boxes = this.boxes?.filter((box) => box.page === page.page) ?? [];
    return html`<loracle-source-page
      .place=${this.place}
      .page=${page}
      .boxes=${boxes}
      .asText=${this.asText || !this.hasImages}
      .larger=${this.larger}
    ></loracle-source-page>`;
  };

  private quotePage(): number {
    const { char_start, page_start } = this.place;
    const at = this.pages.findIndex((page) => page.char_start <= char_start && char_start < page.char_end);
    return at >= 0 ? at + 1 : (page_start ?? 1);
  }

  private async load(): Promise<void> {
    const load = ++this.asked;
    const { document_id, version } = this.place;
    Object.assign(this, { fault: "", pages: [], boxes: null, asText: false, larger: false, busy: true });
    try {
      const params = { path: { document_id }, query: { version } };
      const listed = await must(api.GET("/api/v1/documents/{document_id}/pages", { params }));
      if (load !== this.asked) return;
      this.pages = listed.pages;
      this.hasImages = listed.images;
      this.isMarkWanted = this.place.quote !== "";
      await Promise.all([this.goTo(this.quotePage()), this.loadBoxes(load)]);
    } catch (fault) {
      if (load === this.asked) this.fault = shown(fault);
    } finally {
      if (load === this.asked) this.busy = false;
    }
  }

  /** Find where the quote stands on the images of its pages. */
  private async loadBoxes(load: number): Promise<void> {
    const { document_id, version, char_start: start, char_end: end, quote } = this.place;
    if (!this.hasImages || !quote) return;
    const params = { path: { document_id }, query: { start, end, version } };
    const found = await must(api.GET("/api/v1/documents/{document_id}/quote-boxes", { params }));
    if (load === this.asked) this.boxes = found.boxes;
  }

  /** Bring a page into view. */
  private async goTo(number: number): Promise<void> {
    const load = this.asked;
    const wanted = Math.max(1, Math.min(number, this.pages.length));
    for (let frame = 0; frame < SETTLING_FRAMES && load === this.asked; frame++) {
      await this.updateComplete;
      this.list?.scrollToIndex(wanted - 1);
      await new Promise(requestAnimationFrame);
    }
    if (load === this.asked) this.number = wanted;
  }

  private show(asText: boolean): void {
    this.isMarkWanted = this.isAtQuote();
    this.asText = asText;
    this.list?.forgetHeights();
    void this.goTo(this.isMarkWanted ? this.quotePage() : this.number);
  }

  /** Show pages as wide as the pane, or larger, at the mark if it is seen. */
  private async resize(): Promise<void> {
    this.isMarkWanted = this.isAtQuote();
    this.larger = !this.larger;
    this.list?.forgetHeights();
    await this.goTo(this.isMarkWanted ? this.quotePage() : this.number);
    for (const page of this.drawn) this.goToMark(page);
  }

  /** Whether the mark is seen, or the page that it is on is read. */
  private isAtQuote(): boolean {
    const { top, bottom } = this.body.getBoundingClientRect();
    const isSeen = ({ mark }: SourcePage) => {
      const box = mark?.getBoundingClientRect();
      return box !== undefined && box.top < bottom && top < box.bottom;
    };
    return this.place.quote !== "" && (this.number === this.quotePage() || [...this.drawn].some(isSeen));
  }

  private onScroll(): void {
    const line = this.body.getBoundingClientRect().top + READING_PX;
    for (const page of this.drawn) {
      const { top, bottom } = page.getBoundingClientRect();
      if (top <= line && line < bottom) this.number = page.page.page;
    }
  }

  private onShown(event: Event): void {
    this.goToMark(event.composedPath()[0] as SourcePage);
  }

  private goToMark(page: SourcePage): void {
    const mark = this.isMarkWanted ? page.mark : null;
    mark?.scrollIntoView({ block: "center" });
    if (mark && this.larger) this.body.scrollLeft += mark.getBoundingClientRect().left - this.body.getBoundingClientRect().left - ASIDE_PX;
  }

  /** Whoever scrolls wants to see something else than the mark. */
  private onHand(): void {
    this.isMarkWanted = false;
  }

  private onGo(event: CustomEvent<number>): void {
    this.isMarkWanted = false;
    void this.goTo(event.detail);
  }

  private async download(): Promise<void> {
    try {
      await download(this.place.document_id, this.place.filename);
    } catch (fault) {
      this.fault = shown(fault);
    }
  }

  private close(): void {
    this.dispatchEvent(new Event("close-source", { bubbles: true, composed: true }));
  }
}

function keyOf(page: PageOverview): string {
  return String(page.page);
}
