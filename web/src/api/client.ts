/** Calls of the service, typed by its OpenAPI document: streams by its TypeScript client, the rest by openapi-fetch. */

import { Loracle, LoracleError, type components, type paths } from "loracle-client";
import createClient, { type Client } from "openapi-fetch";
import { text } from "../i18n";
import { currentKey } from "../session";

export type Schemas = components["schemas"];

/** Where the service is: beside the page, whatever path prefix a proxy adds. */
const SERVICE = new URL(".", document.baseURI).href.replace(/\/$/, "");

export const api: Client<paths> = createClient<paths>({ baseUrl: SERVICE, fetch: send });

/** The service's own client, signed in. */
export function loracle(): Loracle {
  return new Loracle({ url: SERVICE, key: currentKey() ?? "", fetch: (input, init) => send(new Request(input, init)) });
}

/** The address of a path of the service. */
export function address(path: string): string {
  return `${SERVICE}/${path.replace(/^\//, "")}`;
}

/** `fetch` with the key. Tells the page when the key is no longer good. */
export async function send(request: Request): Promise<Response> {
  const key = currentKey();
  if (key && !request.headers.has("Authorization")) request.headers.set("Authorization", `Bearer ${key}`);
  const response = await fetch(request);
  if (response.status === 401) window.dispatchEvent(new Event("loracle-signed-out"));
  return response;
}

/** The data of a call. Throws LoracleError with the service's own words. */
export async function must<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call;
  if (error !== undefined || !response.ok) throw new LoracleError(messageOf(error), response.status, codeOf(error));
  return data as T;
}

/** What an error's body says. */
export function messageOf(body: unknown): string {
  const error = (body as { error?: { message?: string } } | null | undefined)?.error;
  return error?.message ?? text.unknownError;
}

function codeOf(body: unknown): string {
  return (body as { error?: { code?: string } } | null | undefined)?.error?.code ?? "refused";
}

/** What to show of anything that was thrown. */
export function shown(fault: unknown): string {
  if (fault instanceof LoracleError) return fault.code === "connection_lost" ? text.offline : fault.message;
  return fault instanceof TypeError ? text.offline : text.unknownError; // `fetch` throws TypeErrors
}
