import { currentKey } from "../session";
import { api, must, type Schemas } from "./client";

let asked: { key: string | null; answer: Promise<Schemas["MeOut"]> } | null = null;

/** Who the key is, and what it may do; asked once for each key. Throws LoracleError. */
export function me(): Promise<Schemas["MeOut"]> {
  const key = currentKey();
  if (asked?.key !== key) {
    const answer = must(api.GET("/api/v1/me"));
    asked = { key, answer };
    answer.catch(() => (asked = null));
  }
  return asked!.answer;
}
