/** Where in the page one is: kept behind `#`, so that it works at any address. */

const VIEWS = ["adapters", "evaluations", "admin"] as const;

/** `path` says where in the view. */
export type Route =
  | { view: "ask"; conversation: string | null }
  | { view: "documents"; document: string | null }
  | { view: (typeof VIEWS)[number]; path: string[] };

/** The route of the address; asking is where an unknown one leads. */
export function currentRoute(): Route {
  const [view, ...path] = location.hash.replace(/^#\/?/, "").split("/").filter(Boolean).map(decoded);
  const known = VIEWS.find((one) => one === view);
  if (known) return { view: known, path };
  if (view === "documents") return { view, document: path[0] ?? null };
  return { view: "ask", conversation: (view === "ask" && path[0]) || null };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // typed by hand
  }
}
