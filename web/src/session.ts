/** The API key of the person at the page: kept for this tab, or on this device if they ask for it. */

const KEPT = "loracle.key";

/** The key that is signed in, or null. A link with `#key=...` signs in once and leaves no trace in the address. */
export function currentKey(): string | null {
  const linked = new URLSearchParams(location.hash.slice(1)).get("key");
  if (linked) {
    sessionStorage.setItem(KEPT, linked);
    history.replaceState(null, "", location.pathname + location.search);
  }
  return sessionStorage.getItem(KEPT) ?? localStorage.getItem(KEPT);
}

/** Keep a key that the service accepted. */
export function keepKey(key: string, stay: boolean): void {
  (stay ? localStorage : sessionStorage).setItem(KEPT, key);
}

/** Forget the key and begin anew. */
export function signOut(): void {
  sessionStorage.removeItem(KEPT);
  localStorage.removeItem(KEPT);
  location.hash = "";
  location.reload();
}
