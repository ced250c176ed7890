/** Uploads, asks, streams and trains with the client that Hey API made; prints what it saw as JSON. */

import { client } from "./hey-api/client/client.gen.js";
import {
  cancelTraining,
  chat,
  createTraining,
  estimateTraining,
  uploadDataset,
  uploadDocument,
} from "./hey-api/client/sdk.gen.js";

declare const process: { env: Record<string, string> };
const message = "When does the museum open?";
client.setConfig({ baseUrl: process.env["LORACLE_URL"]!, auth: process.env["LORACLE_API_KEY"]! });

const uploaded = await uploadDocument({ body: { file: new File(["The pool opens at nine."], "made.txt") } });
const answer = await chat({ body: { message } });
const stream = await chat({ body: { message, stream: true }, parseAs: "text" });
const rows = new File(['{"prompt": "When?", "completion": "At ten."}\n'], "rows.jsonl");
const dataset = await uploadDataset({ body: { file: rows, name: "made-rows" } });
const wanted = { adapter: "made", dataset: dataset.data!.id };
const estimate = await estimateTraining({ body: wanted });
const training = await createTraining({ body: wanted });
await cancelTraining({ path: { training_id: training.data!.id } });
const refused = await chat({ body: { message, adapter: "missing" } });
console.log(
  JSON.stringify({
    filename: uploaded.data!.filename,
    answer: answer.data!.answer,
    quotes: answer.data!.citations.map((citation) => citation.quote),
    stream: stream.data,
    estimated: Object.keys(estimate.data!).length > 0 ? "EstimateOut" : "",
    training: training.data!.status,
    refused: [refused.response!.status, refused.error!.error.code],
  }),
);
