/** Uses the TypeScript client against the service that the environment names, and prints what it saw as JSON. */

import { Loracle, LoracleError, sliceCodePoints, toCodePoints, toUtf16 } from "loracle-client";

declare const process: { env: Record<string, string> };
const url = process.env["LORACLE_URL"]!;
const key = process.env["LORACLE_API_KEY"]!;
const question = "When does the museum open?";
const seen: Record<string, unknown> = {};
const loracle = new Loracle({ url, key });

const { id } = await loracle.upload(new Blob(["The 🏊 pool opens at nine. 🕘 It closes at six."]), {
  filename: "pool.txt",
  collection: "typescript",
  metadata: { year: 2026 },
});
seen["ready"] = (await loracle.ready(id)).status;
seen["passages"] = (await loracle.search({ query: "pool", collections: ["typescript"] })).length;

const stream = await loracle.ask(question);
let text = "";
const names: string[] = [];
for await (const event of stream) {
  names.push(event.event);
  if (event.event === "token") text += event.data.text;
  if (event.event === "citation") seen["cited"] = event.data.quote;
  if (event.event === "done") seen["whole"] = event.data.answer === text && event.data.id === stream.turnId;
}
seen["events"] = names;
const followUp = await loracle.answer("And when does it close?", { conversation_id: stream.conversationId });
seen["follows"] = followUp.conversation_id === stream.conversationId;

const again = await (await loracle.regenerate(stream.turnId!)).answer();
const edited = await (await loracle.edit(again.id, "And when does the museum close?")).answer();
const versions = await loracle.request("GET", `/api/v1/conversations/${again.conversation_id}/turns`);
const { data } = (await versions.json()) as { data: { versions: string[] }[] };
seen["versions"] = JSON.stringify(data[0]!.versions) === JSON.stringify([stream.turnId, again.id, edited.id]);
seen["came_back"] = (await loracle.resume(again.id).answer()).answer === again.answer;

const pool = await loracle.answer("When does the pool close?", { collections: ["typescript"] });
const source = await (await loracle.request("GET", `/api/v1/documents/${id}/content`)).json() as { text: string };
seen["quotes"] = pool.citations.map(
  (one) =>
    source.text.slice(one.char_start_utf16, one.char_end_utf16) === one.quote &&
    sliceCodePoints(source.text, one.char_start, one.char_end) === one.quote &&
    toCodePoints(source.text, toUtf16(source.text, one.char_end)) === one.char_end,
);

const stopping = await loracle.ask("Do runners of the marathon carry water and bread?");
let shown = "";
for await (const event of stopping) {
  if (event.event === "token" && shown === "") seen["stopped"] = (await stopping.stop()).status;
  if (event.event === "token") shown += event.data.text;
}
seen["shown"] = shown;

let losses = 2;
const methods: string[] = [];
const lossy: typeof fetch = async (input, init) => {
  methods.push(init?.method ?? "GET");
  const response = await fetch(input, init);
  return losses-- > 0 ? new Response(cut(response.body!, 3), response) : response;
};
const resumed = await new Loracle({ url, key, fetch: lossy }).ask(question);
let lost = 0;
resumed.onLost = () => (lost += 1);
seen["resumed"] = (await resumed.answer()).answer === text;
seen["methods"] = methods;
seen["lost"] = lost;

const refused = await loracle.ask(question, { adapter: "missing" }).catch((fault: unknown) => fault);
seen["refused"] = refused instanceof LoracleError ? [refused.status, refused.code] : String(refused);

const rows = new Blob(['{"prompt": "When?", "completion": "At ten."}\n']);
const dataset = await loracle.uploadDataset(rows, "typescript-rows");
const training = await loracle.train({ adapter: "typescript", dataset: dataset.id });
await loracle.request("POST", `/api/v1/training/jobs/${training.id}/cancel`);
for await (const state of loracle.followTraining(training.id)) seen["training"] = state.status;

const { token } = await loracle.createToken({ user: "ana", ttl_s: 60, scopes: ["read"] });
const browser = new Loracle({ url, key: token });
seen["token"] = await browser.upload(new Blob(["text"]), { filename: "a.txt" }).catch((fault: LoracleError) => fault.status);
console.log(JSON.stringify(seen));

/** A body that fails in the middle of an event, after some whole ones, as a lost connection does. */
function cut(body: ReadableStream<Uint8Array>, events: number): ReadableStream<Uint8Array> {
  let left = events;
  return body.pipeThrough(
    new TransformStream({
      transform(piece: Uint8Array, controller) {
        controller.enqueue(left > 0 ? piece : piece.subarray(0, 9));
        if (left <= 0) controller.error(new TypeError("network error"));
        left -= new TextDecoder().decode(piece).split("\n\n").length - 1;
      },
    }),
  );
}
