/** Server-sent events, read from a response's body. */

export interface ServerEvent {
  id: string;
  name: string;
  data: unknown;
}

/** The events of a stream as they come. Lines end with CR, LF or both; comments are left out. */
export async function* readEvents(body: ReadableStream<BufferSource>): AsyncGenerator<ServerEvent> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let lines: string[] = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      const parts = (rest + (value ?? "")).split(/\r\n|\n|\r(?!$)/);
      rest = done ? "" : parts.pop()!;
      for (const line of parts) {
        if (line) lines.push(line);
        else if (lines.length) {
          const event = parse(lines);
          lines = [];
          if (event) yield event;
        }
      }
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function parse(lines: string[]): ServerEvent | null {
  let id = "";
  let name = "message";
  const data: string[] = [];
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon === 0) continue;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "id") id = value;
    else if (field === "event") name = value;
    else if (field === "data") data.push(value);
  }
  return data.length ? { id, name, data: JSON.parse(data.join("\n")) } : null;
}
