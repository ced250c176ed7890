import { currentKey } from "../session";
import { api, must, type Schemas } from "./client";

let asked: { key: string | null; answer: Promise<Schemas["MeOut"]> } | null = null;

/** Whether the key may change documents. Also true where that cannot be told: the service will say. */
export async function mayWrite(): Promise<boolean> {
  try {
    return (await me()).scopes.includes("write");
  } catch {
    return true;
  }
}

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
