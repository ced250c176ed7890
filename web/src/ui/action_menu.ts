import { css, html, LitElement, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { icon, type IconName } from "./icons";
import { base } from "./styles";

export interface Action {
  icon: IconName;
  label: string;
  run: () => unknown;
  /** It cannot be undone: red, after a line. */
  danger?: boolean;
}

const EDGE_PX = 8; // between the button and the menu
const ACTION_PX = 44; // the height of an action

/** A button with three dots that opens a menu of actions in words. The menu lies above all else, so no box cuts it off. */
@customElement("loracle-action-menu")
export class ActionMenu extends LitElement {
  static override styles = [
    base,
    css`
      #menu {
        position: fixed;
        inset: auto;
        margin: 0;
        min-width: 12rem;
        max-width: calc(100vw - 1rem);
        padding: 0.3rem;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--raised);
        color: var(--ink);
        box-shadow: var(--shadow);
      }
      #menu button {
        display: flex;
        align-items: center;
        gap: 0.6rem;
        width: 100%;
        min-height: ${ACTION_PX}px;
        text-align: left;
      }
      #menu button:not(.danger) svg {
        color: var(--quiet);
      }
      hr {
        margin: 0.3rem 0;
        border: 0;
        border-top: 1px solid var(--line);
      }
    `,
  ];

  /** What the button is called. */
  @property() label = "";
  @property({ attribute: false }) actions: readonly Action[] = [];
  @query("#open") private button!: HTMLButtonElement;
  @query("#menu") private menu!: HTMLElement;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.watch(false);
  }

  override render(): TemplateResult {
    const usual = this.actions.filter((one) => !one.danger);
    const grave = this.actions.filter((one) => one.danger);
    return html`<button id="open" class="icon" popovertarget="menu" aria-haspopup="menu" aria-label=${this.label} title=${this.label}>
        ${icon("more")}
      </button>
      <div id="menu" popover role="menu" aria-label=${this.label} @beforetoggle=${this.onToggle} @toggle=${this.onToggled} @keydown=${this.onKey}>
        ${usual.map((one) => this.item(one))}
        ${usual.length && grave.length ? html`<hr />` : ""}
        ${grave.map((one) => this.item(one))}
      </div>`;
  }

  private item(action: Action): TemplateResult {
    return html`<button role="menuitem" tabindex="-1" class=${action.danger ? "danger" : ""} @click=${() => this.choose(action)}>
      ${icon(action.icon, 18)} ${action.label}
    </button>`;
  }

  private choose(action: Action): void {
    this.menu.hidePopover();
    action.run();
  }

  /** Puts the menu below its button, or above it where there is more room; closed, it gives the focus back. */
  private onToggle(event: ToggleEvent): void {
    const open = event.newState === "open";
    this.watch(open);
    if (!open) {
      if (this.menu.matches(":focus-within")) this.button.focus();
      return;
    }
    const { top, bottom, right } = this.button.getBoundingClientRect();
    const below = window.innerHeight - bottom;
    const upwards = below < (this.actions.length + 1) * ACTION_PX && top > below;
    Object.assign(this.menu.style, {
      right: `${Math.max(EDGE_PX, document.documentElement.clientWidth - right)}px`,
      top: upwards ? "auto" : `${bottom + EDGE_PX}px`,
      bottom: upwards ? `${window.innerHeight - top + EDGE_PX}px` : "auto",
    });
  }

  private onToggled(event: ToggleEvent): void {
    if (event.newState === "open") this.items()[0]?.focus();
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === "Escape") event.stopPropagation(); // it closes the menu, and nothing around it
    if (event.key === "Tab") {
      this.menu.hidePopover();
      return;
    }
    const items = this.items();
    const at = items.findIndex((one) => one.matches(":focus"));
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    items.at(next % items.length)?.focus();
  }

  private items(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>("[role=menuitem]")];
  }

  /** The menu does not scroll with its button: it closes when the page is scrolled. */
  private watch(open: boolean): void {
    for (const kind of ["wheel", "touchmove"] as const) {
      if (open) window.addEventListener(kind, this.close, { passive: true });
      else window.removeEventListener(kind, this.close);
    }
  }

  private readonly close = (): void => this.menu.hidePopover();
}
