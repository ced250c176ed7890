/** Client for Loracle. */

export { Loracle, type AgainOptions, type AskOptions, type LoracleOptions, type UploadOptions } from "./client.js";
export { ChatStream, type ChatEvent, type ChatEvents } from "./chat-stream.js";
export { LoracleError } from "./errors.js";
export { sliceCodePoints, toCodePoints, toUtf16 } from "./offsets.js";
export { readEvents, type ServerSentEvent } from "./server-sent-events.js";
export type { components, paths } from "./schema.js";
export type * from "./types.js";
