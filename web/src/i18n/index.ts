import { en, type Messages } from "./en";
import { pt } from "./pt";

const LANGUAGES: Record<string, Messages> = { en, pt };
const KEPT = "loracle.language";

export type LanguageCode = "en" | "pt";

let spoken = known(kept() ?? navigator.language);

/** The texts, in the language that is spoken. */
export let text: Messages = LANGUAGES[spoken]!;

/** The language of the texts: the one chosen before, else the browser's, else English. */
export function language(): LanguageCode {
  return spoken;
}

/** How dates and numbers are written: as the browser has it for this language ("en-GB"), else as the language has it. */
export function locale(): string {
  return navigator.languages.find((tag) => tag.slice(0, 2).toLowerCase() === spoken) ?? spoken;
}

/** Speak the language of a tag such as "pt-BR"; English if it is none of ours. Texts that are shown already stay. */
export function speak(tag: string): void {
  spoken = known(tag);
  text = LANGUAGES[spoken]!;
}

/** Choose a language; the page begins anew in it. */
export function chooseLanguage(code: LanguageCode): void {
  localStorage.setItem(KEPT, code);
  location.reload();
}

/** The texts of a view that is loaded when it is opened, and has texts of its own. */
export function inLanguage<T>(texts: Record<LanguageCode, T>): T {
  return texts[spoken];
}

function known(tag: string): LanguageCode {
  const code = tag.slice(0, 2).toLowerCase();
  return code in LANGUAGES ? (code as LanguageCode) : "en";
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null; // a page in a frame of another site may have no storage
  }
}
