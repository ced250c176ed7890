import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { text } from "../i18n";
import { base } from "../ui/styles";
import { knownGroups } from "./known_groups";

/** Who sees something: everybody, or the groups that are ticked among those that are known, or named anew. */
@customElement("loracle-who-sees")
export class WhoSees extends LitElement {
  static readonly formAssociated = true;

  static override styles = [
    base,
    css`
      fieldset {
        display: grid;
        gap: 0.35rem;
        margin: 0;
        padding: 0;
        border: 0;
        min-width: 0;
      }
      legend {
        padding: 0 0 0.3rem;
      }
      label {
        display: flex;
        align-items: center;
        gap: 0.5rem;
        min-height: 1.9rem;
        overflow-wrap: anywhere;
      }
      label input {
        flex: none;
        width: 1.05rem;
        height: 1.05rem;
        margin: 0;
        accent-color: var(--accent);
      }
      .groups {
        display: grid;
        gap: 0.2rem;
        padding-left: 1.55rem;
      }
      .known {
        display: flex;
        flex-wrap: wrap;
        gap: 0 1.2rem;
      }
      .warning {
        color: var(--warn);
      }
      .another {
        display: flex;
        gap: 0.4rem;
        max-width: 22rem;
      }
      .another input {
        flex: 1;
        min-width: 0;
      }
    `,
  ];

  /** The groups as they are; none: everybody. */
  @property({ attribute: false, hasChanged: differ }) groups: readonly string[] = [];
  /** The groups as they were chosen. */
  @state() chosen: readonly string[] = [];
  @state() private known: readonly string[] = [];
  @state() private limited = false;
  @query("#another") private another!: HTMLInputElement | null;
  private readonly internals = this.attachInternals();

  override connectedCallback(): void {
    super.connectedCallback();
    void knownGroups().then(
      (known) => (this.known = known),
      () => (this.known = []), // a group can be named all the same
    );
  }

  override willUpdate(changes: PropertyValues<this>): void {
    if (!changes.has("groups")) return;
    this.chosen = this.groups;
    this.limited = this.groups.length > 0;
  }

  /** Whether a group has to be chosen before this can be saved. */
  get isMissing(): boolean {
    return this.limited && !this.chosen.length;
  }

  override updated(): void {
    const missing = this.isMissing;
    this.internals.setValidity(missing ? { customError: true } : {}, missing ? text.documents.noGroup : "", this.another ?? undefined);
  }

  override render(): TemplateResult {
    return html`<fieldset>
      <legend>${text.documents.access}</legend>
      ${this.choice(false, text.documents.everybody)} ${this.choice(true, text.documents.onlyGroups)} ${this.limited ? this.choices() : nothing}
    </fieldset>`;
  }

  private choice(limited: boolean, label: string): TemplateResult {
    return html`<label><input type="radio" name="who" .checked=${this.limited === limited} @change=${() => this.limit(limited)} /> ${label}</label>`;
  }

  private choices(): TemplateResult {
    const each = [...new Set([...this.known, ...this.chosen])];
    return html`<div class="groups">
      <div class="known">
        ${each.map(
          (one) => html`<label>
            <input type="checkbox" .checked=${this.chosen.includes(one)} @change=${() => this.toggle(one)} /> ${one}
          </label>`,
        )}
      </div>
      <div class="another">
        <input
          id="another"
          maxlength="200"
          autocomplete="off"
          aria-label=${text.documents.anotherGroup}
          placeholder=${text.documents.anotherGroup}
          @keydown=${this.onKey}
          @change=${this.add}
        />
        <button type="button" class="plain-border" @click=${this.add}>${text.documents.addGroup}</button>
      </div>
      <p class="warning small" aria-live="polite">${this.isMissing ? text.documents.noGroup : ""}</p>
    </div>`;
  }

  private limit(limited: boolean): void {
    this.limited = limited;
    this.take(limited ? this.groups : []);
  }

  private toggle(group: string): void {
    const others = this.chosen.filter((one) => one !== group);
    this.take(others.length === this.chosen.length ? [...others, group] : others);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key !== "Enter") return;
    event.preventDefault(); // it names a group, and saves nothing yet
    this.add();
  }

  private add(): void {
    const typed = this.another!.value.trim();
    this.another!.value = "";
    if (typed) this.take([...new Set([...this.chosen, typed])]);
  }

  private take(groups: readonly string[]): void {
    this.chosen = groups;
    this.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  }
}

function differ(one: readonly string[], other: readonly string[] | undefined): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}

declare global {
  interface HTMLElementTagNameMap {
    "loracle-who-sees": WhoSees;
  }
}
