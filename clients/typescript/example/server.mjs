// Serves the example page, and makes a token for each visitor: the key stays here.
//   LORACLE_URL=http://127.0.0.1:8000 LORACLE_API_KEY=lk_... PORT=3000 node example/server.mjs
import { randomUUID } from "node:crypto";
import fs from "node:fs/promises";
import http from "node:http";
import { Loracle } from "loracle-client";

const { LORACLE_URL: url, LORACLE_API_KEY: key, PORT: port = "3000" } = process.env;
const loracle = new Loracle({ url, key });
const origin = `http://localhost:${port}`;
const files = {
  "/": ["index.html", "text/html"],
  "/example/page.js": ["build/page.js", "text/javascript"],
};
const client = new URL(".", import.meta.resolve("loracle-client"));

http
  .createServer(async (request, response) => {
    try {
      if (request.method === "POST" && request.url === "/session") {
        const wanted = { user: randomUUID(), ttl_s: 3600, scopes: ["read", "write"], origins: [origin] };
        const { token } = await loracle.createToken(wanted);
        response.setHeader("Content-Type", "application/json").end(JSON.stringify({ url, token }));
        return;
      }
      const module = /^\/client\/([\w-]+\.js)$/.exec(request.url);
      const [name, type] = module ? [new URL(module[1], client), "text/javascript"] : (files[request.url] ?? []);
      if (name === undefined) throw new Error("not found");
      response.setHeader("Content-Type", type).end(await fs.readFile(new URL(name, import.meta.url)));
    } catch (fault) {
      response.writeHead(404).end(String(fault));
    }
  })
  .listen(Number(port), () => console.log(`Listening on ${origin}`));
