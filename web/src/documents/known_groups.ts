import { api, must } from "../api/client";
import { me } from "../api/me";

const MOST = 100; // documents and tokens that are looked at

/** The groups that are named by collections and by the newest documents and tokens, and those of who is signed in. */
export async function knownGroups(): Promise<string[]> {
  const caller = await me();
  const limited = { params: { query: { limit: MOST } } };
  const found = await Promise.allSettled([
    must(api.GET("/api/v1/collections")).then(({ data }) => data.flatMap((one) => one.access.groups)),
    must(api.GET("/api/v1/documents", limited)).then(({ data }) => data.flatMap((one) => one.access.groups)),
    caller.token_id === null ? must(api.GET("/api/v1/tokens", limited)).then(({ data }) => data.flatMap((one) => one.groups)) : [],
  ]);
  const named = found.flatMap((one) => (one.status === "fulfilled" ? one.value : []));
  return [...new Set([...named, ...(caller.groups ?? [])])].sort((one, other) => one.localeCompare(other));
}
