/** Typed calls of the service. Shapes come from its OpenAPI document (`npm run types`). */

import createClient, { type Client } from "openapi-fetch";
import { text } from "../i18n";
import { currentKey } from "../session";
import type { components, paths } from "./schema";

export type Schemas = components["schemas"];

/** Where the service is: beside the page, whatever path prefix a proxy adds. */
export const SERVICE = new URL(".", document.baseURI);

/** An answer of the service that is an error; `message` says what to do. */
export class ServiceError extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

export const api: Client<paths> = createClient<paths>({
  baseUrl: SERVICE.href.replace(/\/$/, ""),
  fetch: (request) => send(request),
});

/** The address of a path of the service. */
export function address(path: string): string {
  return new URL(path.replace(/^\//, ""), SERVICE).href;
}

/** `fetch` with the key. Throws ServiceError if the service cannot be reached. */
export async function send(request: Request): Promise<Response> {
  const key = currentKey();
  if (key && !request.headers.has("Authorization")) request.headers.set("Authorization", `Bearer ${key}`);
  try {
    const response = await fetch(request);
    if (response.status === 401) window.dispatchEvent(new Event("loracle-signed-out"));
    return response;
  } catch (fault) {
    if (request.signal.aborted) throw fault;
    throw new ServiceError(text.offline, 0);
  }
}

/** The data of a call. Throws ServiceError with the service's own words. */
export async function must<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call;
  if (error !== undefined || !response.ok) throw new ServiceError(messageOf(error), response.status);
  return data as T;
}

/** What an error's body says. */
export function messageOf(body: unknown): string {
  const error = (body as { error?: { message?: string } } | undefined)?.error;
  return error?.message ?? text.unknownError;
}

/** What to show of anything that was thrown. */
export function shown(fault: unknown): string {
  return fault instanceof Error && fault.message ? fault.message : text.unknownError;
}
