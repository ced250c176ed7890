import { en, type Messages } from "./en";
import { pt } from "./pt";

const LANGUAGES: Record<string, Messages> = { en, pt };
const KEPT = "loracle.language";

export type LanguageCode = "en" | "pt";

/** The language of the page: the one chosen before, else the browser's, else English. */
export function language(): LanguageCode {
  const wanted = localStorage.getItem(KEPT) ?? navigator.language.slice(0, 2);
  return wanted in LANGUAGES ? (wanted as LanguageCode) : "en";
}

/** Choose a language; the page begins anew in it. */
export function chooseLanguage(code: LanguageCode): void {
  localStorage.setItem(KEPT, code);
  location.reload();
}

/** The texts of the page. */
export const text: Messages = LANGUAGES[language()]!;

/** Those of a view that is loaded when it is opened, which has texts of its own. */
export function inLanguage<T>(texts: Record<LanguageCode, T>): T {
  return texts[language()];
}

document.documentElement.lang = language();
