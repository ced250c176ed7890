import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import DOMPurify from "dompurify";
import { address, api, must, send, shown, type Schemas } from "../api/client";
import { download } from "../documents/download";
import { text } from "../i18n";
import { icon } from "../ui/icons";
import { base } from "../ui/styles";

/** What is shown: a document, and the range of its text to mark. */
export interface SourcePlace {
  document_id: string;
  filename: string;
  version: number;
  page_start: number | null;
  char_start: number;
  char_end: number;
  quote: string;
}

type Page = Schemas["PageOverviewOut"];
const IMAGE_WIDTH = 1200; // pixels: sharp on dense screens at the pane's width

/** A document at a quote: the page as an image with the quote's lines marked, or its text. */
@customElement("loracle-source")
export class SourcePane extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        grid-template-rows: auto auto 1fr;
        min-height: 0;
        height: 100%;
        background: var(--raised);
      }
      header,
      nav {
        display: flex;
        align-items: center;
        gap: 0.3rem;
        padding: 0.5rem 0.8rem;
        border-bottom: 1px solid var(--line);
      }
      h2 {
        flex: 1;
        min-width: 0;
        font: 600 0.95rem/1.35 var(--text);
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      nav {
        font-size: 0.86rem;
        padding-block: 0.25rem;
      }
      nav .quiet {
        flex: 1;
        text-align: center;
      }
      .body {
        overflow: auto;
        overscroll-behavior: contain;
        background: var(--sunken);
        padding: 0.8rem;
      }
      .page {
        position: relative;
        margin: 0 auto;
        box-shadow: var(--shadow);
        background: #fff;
        max-width: 60rem;
      }
      .page img {
        display: block;
        width: 100%;
        height: auto;
      }
      .box {
        position: absolute;
        background: #ffd84d;
        mix-blend-mode: multiply;
        opacity: 0.75;
        border-radius: 2px;
        outline: 1px solid rgb(199 147 0 / 55%);
      }
      .text {
        max-width: 42rem;
        margin: 0 auto;
        padding: 1.6rem clamp(1rem, 4vw, 2.2rem);
        background: var(--raised);
        border-radius: var(--radius);
        font: 1rem/1.65 var(--serif);
        overflow-wrap: anywhere;
        white-space: pre-line;
      }
      .text p {
        margin-bottom: 0.8em;
      }
      mark {
        background: var(--mark);
        color: inherit;
        border-radius: 2px;
        box-shadow: 0 1px 0 var(--mark-line);
      }
      blockquote {
        margin: 0 0 0.8rem;
        padding: 0.6rem 0.9rem;
        border-left: 3px solid var(--mark-line);
        background: var(--raised);
        font-family: var(--serif);
      }
    `,
  ];

  @property({ attribute: false }) place!: SourcePlace;
  @state() private pages: Page[] = [];
  @state() private number = 1;
  @state() private picture: string | null = null;
  @state() private words: string | null = null;
  @state() private boxes: Schemas["QuoteBoxOut"][] = [];
  @state() private asText = false;
  @state() private hasImages = false;
  @state() private fault = "";
  @state() private busy = true;
  private asked = 0; // counts loads: a late answer to an earlier one is dropped

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.forgetPicture();
  }

  override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has("place")) void this.load();
  }

  override updated(): void {
    this.renderRoot.querySelector(".box, mark")?.scrollIntoView({ block: "center" });
  }

  override render(): TemplateResult {
    const page = this.pages[this.number - 1];
    return html`
      <header>
        <h2 title=${this.place.filename}>${this.place.filename}</h2>
        <button
          class="icon"
          aria-label=${text.source.download}
          title=${text.source.download}
          @click=${() => void this.download()}
        >
          ${icon("download", 18)}
        </button>
        <button class="icon" aria-label=${text.close} title=${text.close} @click=${this.close}>${icon("close", 18)}</button>
      </header>
      ${page && (this.pages.length > 1 || this.hasImages) ? this.bar(page) : html`<nav hidden></nav>`}
      <div class="body" tabindex="0" role="region" aria-label=${text.source.title} aria-busy=${this.busy}>
        ${this.fault ? html`<p class="error" role="alert">${this.fault}</p>` : nothing}
        ${this.unmarked ? html`<p class="quiet small">${text.source.notFound}</p><blockquote>${this.place.quote}</blockquote>` : nothing}
        ${page ? this.content(page) : html`<p class="quiet">${this.fault ? "" : text.loading}</p>`}
      </div>
    `;
  }

  private bar(page: Page): TemplateResult {
    return html`<nav aria-label=${text.source.title}>
      <button class="icon" aria-label=${text.source.previous} ?disabled=${this.number <= 1} @click=${() => this.turn(-1)}>
        ${icon("left", 18)}
      </button>
      <span class="quiet">${text.source.page(page.label, this.pages.length)}</span>
      <button
        class="icon"
        aria-label=${text.source.next}
        ?disabled=${this.number >= this.pages.length}
        @click=${() => this.turn(1)}
      >
        ${icon("right", 18)}
      </button>
      ${this.hasImages
        ? html`<button @click=${() => this.show(!this.asText)}>${this.asText ? text.source.asImage : text.source.asText}</button>`
        : nothing}
    </nav>`;
  }

  private content(page: Page): TemplateResult {
    if (this.picture && !this.asText) {
      const boxes = this.boxes.filter((box) => box.page === this.number);
      return html`<div class="page">
        <img src=${this.picture} alt=${text.source.alt(this.place.filename, page.label)} />
        ${boxes.map((box) => html`<div class="box" .style=${placed(box, page)}></div>`)}
      </div>`;
    }
    if (this.words === null) return html`<p class="quiet">${this.fault ? "" : text.loading}</p>`;
    return html`<div class="text">${this.words ? unsafeHTML(this.words) : text.source.noText}</div>`;
  }

  /** Whether the quote stands on this page and could not be marked. */
  private get unmarked(): boolean {
    const image = this.picture !== null && !this.asText && !this.busy;
    return image && this.place.quote !== "" && this.number === this.quotePage() && !this.boxes.length;
  }

  private quotePage(): number {
    const { char_start, page_start } = this.place;
    const at = this.pages.findIndex((page) => page.char_start <= char_start && char_start < page.char_end);
    return at >= 0 ? at + 1 : (page_start ?? 1);
  }

  private async load(): Promise<void> {
    const load = ++this.asked;
    Object.assign(this, { fault: "", pages: [], boxes: [], words: null, asText: false, busy: true });
    this.forgetPicture();
    try {
      const params = { path: { document_id: this.place.document_id }, query: { version: this.place.version } };
      const listed = await must(api.GET("/api/v1/documents/{document_id}/pages", { params }));
      if (load !== this.asked) return;
      this.pages = listed.pages;
      this.hasImages = listed.images;
      this.number = this.quotePage();
      await this.showPage(load);
    } catch (fault) {
      if (load === this.asked) this.fault = shown(fault);
    }
  }

  private turn(by: number): void {
    this.number += by;
    void this.showPage(++this.asked);
  }

  private show(asText: boolean): void {
    this.asText = asText;
    void this.showPage(++this.asked);
  }

  private async showPage(load: number): Promise<void> {
    this.busy = true;
    this.fault = "";
    try {
      if (this.hasImages && !this.asText) await this.loadPicture(load);
      else await this.loadText(load);
    } catch (fault) {
      if (load === this.asked) this.fault = shown(fault);
    } finally {
      if (load === this.asked) this.busy = false;
    }
  }

  private async loadPicture(load: number): Promise<void> {
    const { document_id, version, char_start, char_end, quote } = this.place;
    const path = `api/v1/documents/${document_id}/pages/${this.number}/image?width=${IMAGE_WIDTH}&version=${version}`;
    const response = await send(new Request(address(path)));
    if (!response.ok) {
      this.asText = true; // a page that cannot be drawn can still be read
      return this.loadText(load);
    }
    const picture = URL.createObjectURL(await response.blob());
    if (load !== this.asked) return URL.revokeObjectURL(picture);
    this.forgetPicture();
    this.picture = picture;
    if (this.boxes.length || !quote || this.number !== this.quotePage()) return;
    const query = { start: char_start, end: char_end, version };
    const found = await must(
      api.GET("/api/v1/documents/{document_id}/quote-boxes", { params: { path: { document_id }, query } }),
    );
    if (load === this.asked) this.boxes = found.boxes;
  }

  private async loadText(load: number): Promise<void> {
    const { document_id, version, char_start, char_end, quote } = this.place;
    const query = quote ? { version, start: char_start, end: char_end } : { version };
    const params = { path: { document_id, page: this.number }, query };
    const page = await must(api.GET("/api/v1/documents/{document_id}/pages/{page}", { params }));
    if (load === this.asked) this.words = DOMPurify.sanitize(page.html, { ALLOWED_TAGS: ["p", "mark", "br"], ALLOWED_ATTR: [] });
  }

  private forgetPicture(): void {
    if (this.picture) URL.revokeObjectURL(this.picture);
    this.picture = null;
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

/** Where a box lies on the page's image, in shares of it. As a property: the page's policy forbids style attributes. */
function placed(box: Schemas["QuoteBoxOut"], page: Page): string {
  const width = page.width ?? 1;
  const height = page.height ?? 1;
  const across = (points: number) => `${(100 * points) / width}%`;
  const down = (points: number) => `${(100 * points) / height}%`;
  return `left: ${across(box.x0)}; top: ${down(box.y0)}; width: ${across(box.x1 - box.x0)}; height: ${down(box.y1 - box.y0)}`;
}
