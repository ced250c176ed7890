/** The answer that is being written while the page is reloaded, so that it can be followed to its end. */

export interface Pending {
  conversation: string;
  turnId: string;
  question: string;
}

const KEPT = "loracle.answer";

/** Remember the answer on its way, or with null that none is. */
export function keepPending(pending: Pending | null): void {
  if (pending) sessionStorage.setItem(KEPT, JSON.stringify(pending));
  else sessionStorage.removeItem(KEPT);
}

/** The answer that was on its way in this conversation, if there is one. */
export function pendingIn(conversation: string): Pending | null {
  const pending = JSON.parse(sessionStorage.getItem(KEPT) ?? "null") as Pending | null;
  return pending?.conversation === conversation ? pending : null;
}
