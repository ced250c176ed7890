// Makes the client of Hey API: node hey_api_client.mjs document.json folder
import { createClient } from "@hey-api/openapi-ts";

const [, , input, path] = process.argv;
await createClient({ input, output: { path, importFileExtension: ".js" }, plugins: ["@hey-api/client-fetch"] });
