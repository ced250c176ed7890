import { currentKey } from "../session";
import { api, must, type Schemas } from "./client";

let asked: { key: string | null; answer: Promise<Schemas["MeOut"]> } | null = null;
let scopes: string[] | null = null;

/** Who the key is, and what it may do; asked once for each key. Throws LoracleError. */
export function me(): Promise<Schemas["MeOut"]> {
  const key = currentKey();
  if (asked?.key !== key) {
    scopes = null;
    const answer = must(api.GET("/api/v1/me"));
    asked = { key, answer };
    answer.then(
      (caller) => (scopes = caller.scopes),
      () => (asked = null),
    );
  }
  return asked!.answer;
}

/** Whether the key may add and change what is not its own. The shell asks who it is before it shows a view. */
export function mayWrite(): boolean {
  return scopes?.includes("write") ?? true; // else the service says so
}
