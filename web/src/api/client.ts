/** Calls of the service, typed by its OpenAPI document: streams by its TypeScript client, the rest by openapi-fetch. */

import { Loracle, LoracleError, type components, type paths } from "loracle-client";
import createClient, { type Client } from "openapi-fetch";
import { text } from "../i18n";

export type Schemas = components["schemas"];

/** Where the service is, and what signs the calls in. */
export interface Connection {
  /** The service's address, without a slash at its end. */
  url: string;
  key(): string | null;
  /** Waited for before each call. */
  ready?(): Promise<unknown>;
  /** Called when the service refuses the key. True if there is another key, with which the call is made again. */
  renew(): Promise<boolean>;
  /** Whether a call that failed may have been a refusal which scripts of this site cannot read. */
  isHidden?(): Promise<boolean>;
}

let connection: Connection = { url: "", key: () => null, renew: () => Promise.resolve(false) };
export let api: Client<paths> = createClient<paths>();

/** Say where the service is, before the first call. */
export function connect(to: Connection): void {
  connection = to;
  api = createClient<paths>({ baseUrl: to.url, fetch: send });
}

/** The service's own client, signed in. */
export function loracle(): Loracle {
  return new Loracle({ url: connection.url, key: signedKey(), fetch: (input, init) => send(unsigned(input, init)) });
}

function unsigned(...asked: ConstructorParameters<typeof Request>): Request {
  const request = new Request(...asked);
  request.headers.delete("Authorization"); // `send` signs it, with the key of that moment
  return request;
}

/** The key that calls are signed with; empty if there is none. */
export function signedKey(): string {
  return connection.key() ?? "";
}

/** The address of a path of the service. */
export function address(path: string): string {
  return `${connection.url}/${path.replace(/^\//, "")}`;
}

/** `fetch` with the key. A key that is refused may be renewed once. */
export async function send(request: Request): Promise<Response> {
  await connection.ready?.();
  let refusal: Response;
  try {
    refusal = await fetch(signed(request.clone()));
    if (refusal.status !== 401) return refusal;
  } catch (fault) {
    if (request.signal.aborted || !(await connection.isHidden?.())) throw fault;
    refusal = Response.error();
  }
  return (await connection.renew()) ? fetch(signed(request, true)) : refusal;
}

function signed(request: Request, anew = false): Request {
  const key = signedKey();
  if (key && (anew || !request.headers.has("Authorization"))) request.headers.set("Authorization", `Bearer ${key}`);
  return request;
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
