import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from "lit";
import { shown } from "../api/client";
import { locale, text } from "../i18n";
import { icon } from "./icons";
import { loading } from "./loading";

export interface Page<T> {
  data: T[];
  has_more: boolean;
  next_cursor?: string | null;
  total?: number;
}

export interface PageQuery {
  limit: number;
  after?: string;
}

const SIZE = 50;

/** A list of any length, a page of it at a time: it holds the rows that are shown and the cursors of the pages before. */
export class PagedList<T> implements ReactiveController {
  items: T[] = [];
  total = 0;
  fault = "";
  loaded = false;
  private cursors: (string | undefined)[] = [undefined]; // where each page begins, up to the next one
  private place = 0;
  private asked = 0;
  private readonly size: number;
  private readonly onLoad: (() => void) | undefined;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly fetchPage: (query: PageQuery) => Promise<Page<T>>,
    { size = SIZE, onLoad }: { size?: number; onLoad?: () => void } = {},
  ) {
    this.size = size;
    this.onLoad = onLoad;
    host.addController(this);
  }

  hostConnected(): void {
    void this.load();
  }

  /** Load the page that is shown again. */
  async load(): Promise<void> {
    const asked = ++this.asked;
    try {
      const after = this.cursors[this.place];
      const page = await this.fetchPage({ limit: this.size, ...(after ? { after } : {}) });
      if (asked !== this.asked) return; // a later call is on its way
      this.items = page.data;
      this.total = page.total ?? page.data.length;
      this.cursors.length = this.place + 1;
      if (page.has_more && page.next_cursor) this.cursors.push(page.next_cursor);
      this.fault = "";
    } catch (fault) {
      if (asked !== this.asked) return;
      this.fault = shown(fault);
    }
    this.loaded = true;
    this.onLoad?.();
    this.host.requestUpdate();
    if (this.place && !this.items.length && !this.fault) await this.turn(-1); // its rows are gone
  }

  /** Change a row, and load the page again. Returns what went wrong, in words; nothing if all went well. */
  async change(call: () => Promise<unknown>): Promise<string> {
    const fault = await call().then(
      () => "",
      (reason: unknown) => shown(reason),
    );
    await this.load();
    return fault;
  }

  /** Begin anew, after what is searched for has changed. */
  async restart(): Promise<void> {
    this.cursors = [undefined];
    this.place = 0;
    await this.load();
  }

  /** What stands where no rows are: a sign until they are loaded, then `words`; nothing where a fault says why. */
  placeholder(words: string): TemplateResult | typeof nothing {
    if (this.items.length || this.fault) return nothing;
    return this.loaded ? html`<p class="none quiet">${words}</p>` : loading();
  }

  /** What is shown, of how many, and the way to the pages beside it; nothing for a list of one page. */
  pager(): TemplateResult | typeof nothing {
    if (this.total <= this.items.length && !this.place) return nothing;
    const before = this.place * this.size;
    const number = new Intl.NumberFormat(locale());
    const range = text.range(number.format(before + 1), number.format(before + this.items.length), number.format(this.total));
    return html`<nav class="bar pager" aria-label=${text.pages}>
      <button class="icon" aria-label=${text.previousPage} ?disabled=${!this.place} @click=${() => void this.turn(-1)}>${icon("left", 18)}</button>
      <span class="quiet small" role="status">${range}</span>
      <button
        class="icon"
        aria-label=${text.nextPage}
        ?disabled=${this.cursors.length <= this.place + 1}
        @click=${() => void this.turn(1)}
      >
        ${icon("right", 18)}
      </button>
    </nav>`;
  }

  private async turn(by: -1 | 1): Promise<void> {
    this.place = Math.max(0, this.place + by);
    await this.load();
  }
}
