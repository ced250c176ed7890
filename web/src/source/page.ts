import { css, html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import DOMPurify from "dompurify";
import { address, api, must, send, shown } from "../api/client";
import { text } from "../i18n";
import { loading, loadingStyles } from "../ui/loading";
import { base } from "../ui/styles";
import type { Box, PageOverview, SourcePlace } from "./place";

const IMAGE_WIDTH = 1200; // pixels: sharp on dense screens at the pane's width
const PASSING_MS = 120; // a page that is scrolled past sooner is not loaded

/** A page of a document: loaded while it is in the page, and forgotten when it is taken out. Says `page-shown`. */
@customElement("loracle-source-page")
export class SourcePage extends LitElement {
  static override styles = [
    base,
    loadingStyles,
    css`
      :host {
        display: block;
        padding-bottom: 0.8rem;
      }
      .page {
        position: relative;
        margin: 0 auto;
        box-shadow: var(--shadow);
        background: #fff;
        max-width: 60rem;
      }
      :host([larger]) .page {
        width: 175%;
        max-width: none;
        margin: 0;
      }
      .page .loading {
        position: sticky; /* seen on whatever part of the sheet */
        top: 0;
        padding-block: 2.5rem;
        color: #55585a; /* the sheet is white in the dark, too */
      }
      img {
        display: block;
        width: 100%;
        height: 100%;
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
      .waiting {
        min-height: 28rem;
        font: 0.9rem var(--text);
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
    `,
  ];

  @property({ attribute: false }) place!: SourcePlace;
  @property({ attribute: false }) page!: PageOverview;
  @property({ attribute: false }) boxes: readonly Box[] = [];
  @property({ type: Boolean }) asText = false;
  /** Its picture is wider than the box that it is in. */
  @property({ type: Boolean, reflect: true }) larger = false;
  @state() private picture: string | null = null;
  @state() private words: string | null = null;
  @state() private fault = "";
  private loading: AbortController | null = null;

  /** Where the quote begins on it; null: it is on another page, or not drawn yet. */
  get mark(): Element | null {
    return this.renderRoot.querySelector(".box, mark");
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) void this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.loading?.abort();
    this.forgetPicture();
  }

  override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has("asText") || changes.has("page") || changes.has("place")) void this.load();
  }

  override updated(): void {
    if (this.picture || this.words !== null) this.dispatchEvent(new Event("page-shown", { bubbles: true, composed: true }));
  }

  override render(): TemplateResult {
    if (this.fault) return html`<p class="error" role="alert">${this.fault}</p>`;
    if (this.words !== null) return html`<div class="text">${this.words ? unsafeHTML(this.words) : text.source.noText}</div>`;
    const { width, height, label } = this.page;
    const sign = text.source.loadingPage(label);
    if (this.asText || !width || !height) return html`<div class="text waiting">${loading(sign)}</div>`;
    return html`<div class="page" .style=${`aspect-ratio: ${width} / ${height}`}>
      ${this.picture ? this.drawn(this.picture, width, height) : loading(sign)}
    </div>`;
  }

  private drawn(picture: string, width: number, height: number): TemplateResult {
    return html`<img src=${picture} alt=${text.source.alt(this.place.filename, this.page.label)} />
      ${this.boxes.map((box) => html`<div class="box" .style=${placed(box, width, height)}></div>`)}`;
  }

  private async load(): Promise<void> {
    this.loading?.abort();
    const { signal } = (this.loading = new AbortController());
    this.words = null;
    this.fault = "";
    if (this.asText) this.forgetPicture();
    await new Promise((resolve) => setTimeout(resolve, PASSING_MS));
    if (signal.aborted) return;
    try {
      if (this.asText || !this.page.width || !(await this.loadPicture(signal))) await this.loadText(signal);
    } catch (fault) {
      if (!signal.aborted) this.fault = shown(fault);
    }
  }

  /** Whether there is a picture: a page that cannot be drawn can still be read. */
  private async loadPicture(signal: AbortSignal): Promise<boolean> {
    const { document_id, version } = this.place;
    const path = `api/v1/documents/${document_id}/pages/${this.page.page}/image?width=${IMAGE_WIDTH}&version=${version}`;
    const response = await send(new Request(address(path), { signal }));
    if (!response.ok) return false;
    const picture = URL.createObjectURL(await response.blob());
    this.forgetPicture();
    this.picture = picture;
    if (signal.aborted) this.forgetPicture();
    return true;
  }

  private async loadText(signal: AbortSignal): Promise<void> {
    const { document_id, version, char_start, char_end, quote } = this.place;
    const query = quote ? { version, start: char_start, end: char_end } : { version };
    const params = { path: { document_id, page: this.page.page }, query };
    const page = await must(api.GET("/api/v1/documents/{document_id}/pages/{page}", { params, signal }));
    if (!signal.aborted) this.words = DOMPurify.sanitize(page.html, { ALLOWED_TAGS: ["p", "mark", "br"], ALLOWED_ATTR: [] });
  }

  private forgetPicture(): void {
    if (this.picture) URL.revokeObjectURL(this.picture);
    this.picture = null;
  }
}

/** Where a box lies on the page's image, in shares of it. As a property: the page's policy forbids style attributes. */
function placed(box: Box, width: number, height: number): string {
  const across = (points: number) => `${(100 * points) / width}%`;
  const down = (points: number) => `${(100 * points) / height}%`;
  return `left: ${across(box.x0)}; top: ${down(box.y0)}; width: ${across(box.x1 - box.x0)}; height: ${down(box.y1 - box.y0)}`;
}
