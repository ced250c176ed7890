/** Uploads, asks, streams and trains with openapi-fetch and the types of openapi-typescript; prints what it saw. */

import createClient from "openapi-fetch";
import type { paths } from "./openapi-typescript/schema.js";

declare const process: { env: Record<string, string> };
const message = "When does the museum open?";
const client = createClient<paths, "application/json">({
  baseUrl: process.env["LORACLE_URL"]!,
  headers: { Authorization: `Bearer ${process.env["LORACLE_API_KEY"]}` },
});

function form(body: Record<string, unknown>): FormData {
  const made = new FormData();
  for (const [name, value] of Object.entries(body)) made.append(name, value instanceof Blob ? value : String(value));
  return made;
}

const uploaded = await client.POST("/api/v1/documents", {
  body: { file: new File(["The pool opens at nine."], "made.txt") },
  bodySerializer: form,
});
const answer = await client.POST("/api/v1/chat", { body: { message } });
const stream = await client.POST("/api/v1/chat", { body: { message, stream: true }, parseAs: "text" });
const rows = new File(['{"prompt": "When?", "completion": "At ten."}\n'], "rows.jsonl");
const dataset = await client.POST("/api/v1/training/datasets", {
  body: { file: rows, name: "made-rows" },
  bodySerializer: form,
});
const wanted = { adapter: "made", dataset: dataset.data!.id };
const estimate = await client.POST("/api/v1/training/jobs/estimate", { body: wanted });
const training = await client.POST("/api/v1/training/jobs", { body: wanted });
const path = { training_id: training.data!.id };
await client.POST("/api/v1/training/jobs/{training_id}/cancel", { params: { path } });
const refused = await client.POST("/api/v1/chat", { body: { message, adapter: "missing" } });
console.log(
  JSON.stringify({
    filename: uploaded.data!.filename,
    answer: answer.data!.answer,
    quotes: answer.data!.citations.map((citation) => citation.quote),
    stream: stream.data,
    estimated: Object.keys(estimate.data!).length > 0 ? "EstimateOut" : "",
    training: training.data!.status,
    refused: [refused.response.status, refused.error!.error.code],
  }),
);
