/** The key or token of the person at the page: kept for this tab, or on this device if they ask for it. */

const KEPT = "loracle.key";
const PERSON = "loracle.person"; // name of a person whom an issuer signed in
const WAY_BACK = "loracle.way-back"; // where to go on, and how, when the browser comes back from the issuer

/** How the browser came back from the issuer: signed in, or why not. */
export type Returned = { signedIn: true; stay: boolean } | { signedIn: false; reason: string };

/** The key that is signed in, or null. A link with `#key=...` signs in once and leaves no trace in the address. */
export function currentKey(): string | null {
  const linked = fragment().get("key");
  if (linked) {
    sessionStorage.setItem(KEPT, linked);
    sessionStorage.removeItem(PERSON);
    setAddress("");
  }
  return storage()?.getItem(KEPT) ?? null;
}

/** The name of the person whom an issuer signed in; null for a key. */
export function currentPerson(): string | null {
  return storage()?.getItem(PERSON) ?? null;
}

/** Keep a key that the service accepted, or the token that it made for a person. */
export function keepKey(key: string, stay: boolean, person: string | null = null): void {
  const kept = stay ? localStorage : sessionStorage;
  kept.setItem(KEPT, key);
  if (person === null) kept.removeItem(PERSON);
  else kept.setItem(PERSON, person);
}

/** Forget the key that is signed in. */
export function forgetKey(): void {
  const kept = storage();
  kept?.removeItem(KEPT);
  kept?.removeItem(PERSON);
}

/** Go to the issuer to sign in. `stay`: the token is then kept on this device. The place in the page is kept too. */
export function leaveToSignIn(start: string, stay: boolean): void {
  sessionStorage.setItem(WAY_BACK, JSON.stringify({ place: location.hash, stay }));
  location.assign(start);
}

/** Whether the browser comes back from the issuer; told once, and the address is then that of the place left. */
export function returned(): Returned | null {
  const found = fragment();
  const refused = found.get("sign-in-refused");
  if (!found.has("signed-in") && refused === null) return null;
  const { place, stay } = JSON.parse(sessionStorage.getItem(WAY_BACK) ?? '{"place":"","stay":false}') as { place: string; stay: boolean };
  sessionStorage.removeItem(WAY_BACK);
  setAddress(place);
  return refused === null ? { signedIn: true, stay } : { signedIn: false, reason: refused };
}

/** Forget every key and begin anew: here, or where the issuer ends its own session. */
export function signOut(elsewhere: string | null = null): void {
  while (storage()) forgetKey();
  sessionStorage.clear(); // what was typed goes with the key
  setAddress("");
  if (elsewhere === null) location.reload();
  else location.assign(elsewhere);
}

function storage(): Storage | null {
  return [sessionStorage, localStorage].find((one) => one.getItem(KEPT) !== null) ?? null;
}

function fragment(): URLSearchParams {
  return new URLSearchParams(location.hash.slice(1));
}

function setAddress(place: string): void {
  history.replaceState(null, "", location.pathname + location.search + place);
}
