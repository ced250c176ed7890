import { css, html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import type { Schemas } from "../api/client";
import { text as texts } from "../i18n";
import { base } from "../ui/styles";
import { Blocks } from "./blocks";
import { Marks } from "./marks";
import { prose } from "./prose";
import "./excerpt";
import type { Excerpt } from "./excerpt";

type Citation = Schemas["CitationOut"];
const SLICE_MS = 10; // of one frame, for rendering
const PAUSE = 1; // times as long as rendering took, the next one waits
const MANY = 40; // blocks, from which on those out of sight are not laid out

interface Drawn {
  key: string;
  node: HTMLElement;
}

/**
 * The prose of an answer with its numbered citations, however long it is and while it grows.
 *
 * Only blocks that changed are rendered, a few milliseconds a frame. A citation's quote is shown while the pointer or the
 * focus is on its number; `open-source` says that one was chosen.
 */
@customElement("loracle-prose")
export class ProseView extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        margin-top: 1.1rem;
      }
      .prose {
        font: 1.25rem/1.6 var(--serif);
        overflow-wrap: anywhere;
      }
      .prose.long > div {
        content-visibility: auto;
        contain-intrinsic-size: auto 8rem;
      }
      .prose > div > * {
        margin: 0.6em 0;
      }
      .prose > div:first-child > :first-child {
        margin-top: 0;
      }
      ul,
      ol {
        padding-left: 1.4em;
        list-style: revert;
      }
      pre {
        overflow-x: auto;
        background: var(--sunken);
        padding: 0.7rem;
        border-radius: 8px;
      }
      code,
      pre {
        font: 0.88em/1.5 var(--mono);
      }
      blockquote {
        margin-inline: 0;
        padding-left: 0.9rem;
        border-left: 3px solid var(--line);
      }
      table {
        border-collapse: collapse;
        display: block;
        overflow-x: auto;
        font: 0.92rem/1.45 var(--text);
      }
      th,
      td {
        border: 1px solid var(--line);
        padding: 0.3rem 0.6rem;
        text-align: left;
      }
      h1,
      h2,
      h3,
      h4 {
        font: 600 1.05rem/1.4 var(--text);
      }
      .prose > div > :is(h1, h2, h3, h4) {
        margin: 1em 0 0.4em;
      }
      .cite {
        font: 600 0.72rem/1.35 var(--text);
        min-width: 1.35rem;
        padding: 0.05rem 0.3rem;
        margin-inline: 0.15rem 0;
        border-radius: 6px;
        background: var(--accent-soft);
        color: var(--accent);
        vertical-align: 0.28em;
        text-align: center;
      }
      .cite:hover:not(:disabled),
      .cite[aria-current="true"] {
        background: var(--accent);
        color: var(--accent-ink);
      }
      .doubted {
        text-decoration: underline wavy var(--warn) 1px;
        text-underline-offset: 0.25em;
      }
    `,
  ];

  @property() text = "";
  @property({ attribute: false }) citations: readonly Citation[] = [];
  @property({ attribute: false }) unsupported: readonly Schemas["SpanOut"][] = [];
  /** Number of the citation whose source is open. */
  @property({ type: Number }) opened: number | null = null;
  @query(".prose") private paper!: HTMLElement;
  @query("loracle-excerpt") private excerpt!: Excerpt;
  private readonly blocks = new Blocks();
  private marks = new Marks("", [], []);
  private byNumber = new Map<string, Citation>();
  private drawn: Drawn[] = [];
  private next = 0; // frame or timer in which the rest is rendered

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.next);
    this.next = 0;
  }

  override willUpdate(changes: PropertyValues<this>): void {
    if (!changes.has("citations") && !changes.has("unsupported")) return;
    this.marks = new Marks(this.text, this.citations, this.unsupported);
    this.byNumber = new Map([...this.citations].reverse().map((one) => [String(one.index), one]));
  }

  // The nodes within are drawn by hand.
  override render(): TemplateResult {
    return html`<div
        class="prose"
        @click=${this.onClick}
        @mouseover=${this.onPoint}
        @mouseout=${this.onLeave}
        @focusin=${this.onPoint}
        @focusout=${this.onLeave}
      ></div>
      <loracle-excerpt></loracle-excerpt>`;
  }

  override updated(changes: PropertyValues<this>): void {
    if (!this.next) this.draw();
    if (changes.has("opened")) this.markOpened(this.paper);
  }

  /** Render what changed, for one slice of time; the rest comes later. */
  private readonly draw = (): void => {
    const started = performance.now();
    this.next = 0;
    const blocks = this.blocks.of(this.text);
    let at = 0;
    for (const marks of this.marks.of(blocks)) {
      const block = blocks[at]!;
      const key = `${block.start}:${block.end}:${marks.map((one) => `${one.kind}${one.number}@${one.at}`).join()}`;
      if (this.drawn[at]?.key !== key) {
        this.put(at, key, prose(this.text.slice(block.start, block.end), marks, block.before));
        if (performance.now() - started > SLICE_MS) break;
      }
      at += 1;
    }
    for (const { node } of this.drawn.splice(blocks.length)) node.remove();
    this.paper.classList.toggle("long", blocks.length > MANY);
    if (at < blocks.length) this.next = window.setTimeout(this.draw, PAUSE * (performance.now() - started));
    else this.dispatchEvent(new Event("drawn"));
  };

  private put(at: number, key: string, content: DocumentFragment): void {
    const node = this.drawn[at]?.node ?? this.paper.appendChild(document.createElement("div"));
    node.replaceChildren(content);
    this.drawn[at] = { key, node };
    for (const button of node.querySelectorAll<HTMLButtonElement>(".cite")) {
      const citation = this.citationOf(button);
      if (citation) button.ariaLabel = texts.answer.source(citation.index, citation.filename);
    }
    this.markOpened(node);
  }

  private markOpened(within: HTMLElement): void {
    for (const button of within.querySelectorAll<HTMLElement>(".cite")) {
      button.ariaCurrent = String(button.dataset.index === String(this.opened));
    }
  }

  private citationOf(target: EventTarget | null): Citation | undefined {
    const index = (target as HTMLElement).closest<HTMLElement>(".cite")?.dataset.index;
    return index === undefined ? undefined : this.byNumber.get(index);
  }

  private onClick(event: Event): void {
    const citation = this.citationOf(event.target);
    this.excerpt.hide();
    if (citation) this.dispatchEvent(new CustomEvent("open-source", { detail: citation, bubbles: true, composed: true }));
  }

  private onPoint(event: Event): void {
    const citation = this.citationOf(event.target);
    if (citation) this.excerpt.show(citation, event.target as HTMLElement);
  }

  private onLeave(): void {
    this.excerpt.hide();
  }
}
