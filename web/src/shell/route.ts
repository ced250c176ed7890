/** Where in the page one is: kept behind `#`, so that it works at any address. */

export type Route =
  | { view: "ask"; conversation: string | null }
  | { view: "documents"; document: string | null }
  | { view: "adapters" };

/** The route of the address; asking is where an unknown one leads. */
export function currentRoute(): Route {
  const [view, id] = location.hash.replace(/^#\/?/, "").split("/");
  if (view === "documents") return { view, document: id || null };
  if (view === "adapters") return { view };
  return { view: "ask", conversation: (view === "ask" && id) || null };
}
