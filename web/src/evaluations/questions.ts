import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { confirmed } from "../ui/dialog";
import { icon } from "../ui/icons";
import { part, view } from "../ui/layout";
import { base } from "../ui/styles";
import { lines, NEW_QUESTION, toFile, type Expectation, type Question } from "./question_file";
import { words } from "./texts";

const KEPT = "loracle.questions";
const EXPECTATIONS: Expectation[] = ["answer", "refusal", "reply"];

interface Draft {
  name: string;
  questions: Question[];
}

/** Questions with what a good answer says and cites, written by hand. The draft is kept for the tab. */
@customElement("loracle-questions")
export class QuestionsForm extends LitElement {
  static override styles = [
    base,
    view,
    part,
    css`
      fieldset,
      .more {
        min-width: 0;
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr));
        gap: 0.8rem 1rem;
        align-items: start;
      }
      fieldset {
        margin: 0;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--raised);
        padding: 0.9rem 1rem 1rem;
      }
      legend {
        padding: 0;
        float: left;
        font-weight: 600;
      }
      details {
        grid-column: 1 / -1;
      }
      .more {
        margin-top: 0.7rem;
      }
      .head {
        grid-column: 1 / -1;
        display: flex;
        justify-content: space-between;
        align-items: center;
      }
      label {
        display: grid;
        gap: 0.25rem;
        min-width: 0;
      }
      textarea,
      fieldset input,
      select {
        width: 100%;
        min-width: 0;
      }
      textarea {
        resize: vertical;
      }
      .name {
        max-width: 24rem;
      }
    `,
  ];

  @state() private draft: Draft = keptDraft();
  @state() private fault = "";

  override render(): TemplateResult {
    const { name, questions } = this.draft;
    const { form } = words;
    return html`
      <header>
        <h1>${form.title}</h1>
        <p class="quiet">${form.lead}</p>
      </header>
      <label class="name">${form.name}<input .value=${name} maxlength="150" @input=${(event: Event) => this.keep({ name: valueOf(event), questions })} /></label>
      ${questions.map((question, at) => this.question(question, at))}
      ${this.fault ? html`<p class="error" role="alert">${this.fault}</p>` : nothing}
      <div class="bar">
        <button class="plain-border" @click=${this.add}>${form.add}</button>
        <button class="primary" @click=${this.start}>${form.start}</button>
        <button class="plain-border with-icon" @click=${this.save}>${icon("download", 16)} ${words.save}</button>
        <button @click=${() => void this.clear()}>${form.clear}</button>
      </div>
    `;
  }

  private question(question: Question, at: number): TemplateResult {
    const { form } = words;
    return html`<fieldset>
      <div class="head">
        <legend>${form.question(at + 1)}</legend>
        ${this.draft.questions.length > 1
          ? html`<button class="icon" aria-label=${form.remove(at + 1)} title=${form.remove(at + 1)} @click=${() => this.takeOut(at)}>${icon("trash", 18)}</button>`
          : nothing}
      </div>
      ${this.texts(at, "turns", form.turns, form.turnsHint, form.turnsExample)}
      ${question.expects === "answer" ? this.texts(at, "must", form.must, form.mustHint, form.mustExample) : nothing}
      <details ?open=${question.more} @toggle=${(event: Event) => this.unfold(at, (event.target as HTMLDetailsElement).open)}>
        <summary>${form.more}</summary>
        <div class="more">${this.more(question, at)}</div>
      </details>
    </fieldset>`;
  }

  /** What is seldom wanted. */
  private more(question: Question, at: number): TemplateResult {
    const { form } = words;
    return html`<label>
        ${form.expects}
        <select @change=${(event: Event) => this.change(at, { expects: valueOf(event) as Expectation })}>
          ${EXPECTATIONS.map((one) => html`<option value=${one} ?selected=${one === question.expects}>${form.expectations[one]}</option>`)}
        </select>
      </label>
      <label>
        ${form.kind}
        <input .value=${question.kind} maxlength="40" pattern="[\\w\\-]+" @input=${(event: Event) => this.change(at, { kind: valueOf(event) })} />
        <span class="quiet small">${form.kindHint}</span>
      </label>
      ${question.expects === "answer"
        ? html`${this.texts(at, "mustNot", form.mustNot, form.mustNotHint)} ${this.texts(at, "cite", form.cite, form.citeHint)}`
        : nothing}`;
  }

  private texts(at: number, field: "turns" | "must" | "mustNot" | "cite", label: string, hint: string, example = ""): TemplateResult {
    return html`<label>
      ${label}
      <textarea
        rows="2"
        aria-label=${label}
        placeholder=${example}
        .value=${this.draft.questions[at]![field]}
        @input=${(event: Event) => this.change(at, { [field]: valueOf(event) })}
      ></textarea>
      <span class="quiet small">${hint}</span>
    </label>`;
  }

  private keep(draft: Draft): void {
    this.draft = draft;
    sessionStorage.setItem(KEPT, JSON.stringify(draft));
  }

  private change(at: number, changes: Partial<Question>): void {
    const questions = this.draft.questions.map((one, place) => (place === at ? { ...one, ...changes } : one));
    this.keep({ ...this.draft, questions });
  }

  private async add(): Promise<void> {
    const { kind, more } = this.draft.questions.at(-1) ?? NEW_QUESTION;
    this.keep({ ...this.draft, questions: [...this.draft.questions, { ...NEW_QUESTION, kind, more }] });
    await this.updateComplete;
    [...this.renderRoot.querySelectorAll<HTMLTextAreaElement>("fieldset")].at(-1)?.querySelector("textarea")?.focus();
  }

  private unfold(at: number, more: boolean): void {
    if (this.draft.questions[at] && this.draft.questions[at].more !== more) this.change(at, { more });
  }

  private takeOut(at: number): void {
    this.keep({ ...this.draft, questions: this.draft.questions.filter((_, place) => place !== at) });
  }

  private async clear(): Promise<void> {
    if (await confirmed(words.form.confirmClear)) this.keep({ name: "", questions: [NEW_QUESTION] });
  }

  private file(): File | null {
    const at = this.draft.questions.findIndex((one) => !lines(one.turns).length || (one.expects === "answer" && !lines(one.must).length));
    this.fault = at < 0 ? "" : words.form.incomplete(at + 1);
    if (this.fault) return null;
    return new File([toFile(this.draft.questions)], `${this.draft.name.trim() || "questions"}.jsonl`, { type: "application/jsonl" });
  }

  private start(): void {
    const file = this.file();
    if (file) this.dispatchEvent(new CustomEvent("written", { detail: file }));
  }

  private save(): void {
    const file = this.file();
    if (!file) return;
    const url = URL.createObjectURL(file);
    Object.assign(document.createElement("a"), { href: url, download: file.name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }
}

function valueOf(event: Event): string {
  return (event.target as HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement).value;
}

function keptDraft(): Draft {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null") as Draft | null;
    if (kept?.questions.length) return { name: kept.name, questions: kept.questions.map((one) => ({ ...NEW_QUESTION, ...one })) };
  } catch {
    // a draft of another version of the page: begin anew
  }
  return { name: "", questions: [NEW_QUESTION] };
}
