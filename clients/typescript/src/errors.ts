/** What the service answers to a request that it does not carry out. */

import type { components } from "./schema.js";

type Envelope = components["schemas"]["ErrorEnvelope"];

export class LoracleError extends Error {
  override readonly name = "LoracleError";

  /** `status` is 0 for an error in the middle of a stream, `retryAfter` in seconds. */
  constructor(
    message: string,
    readonly status: number,
    readonly code: string,
    readonly param: string | null = null,
    readonly requestId: string | null = null,
    readonly retryAfter: number | null = null,
  ) {
    super(message);
  }

  static async from(response: Response): Promise<LoracleError> {
    const body: unknown = await response.json().catch(() => null);
    const retryAfter = Number(response.headers.get("Retry-After")) || null;
    if (isEnvelope(body)) return LoracleError.of(body, response.status, retryAfter);
    const requestId = response.headers.get("X-Request-Id");
    return new LoracleError(`The service answered ${response.status}.`, response.status, "http_error", null, requestId, retryAfter);
  }

  static of({ error, request_id }: Envelope, status = 0, retryAfter: number | null = null): LoracleError {
    return new LoracleError(error.message, status, error.code, error.param, request_id, retryAfter);
  }
}

function isEnvelope(body: unknown): body is Envelope {
  return typeof body === "object" && body !== null && "error" in body && typeof body.error === "object";
}
