import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

// The page is part of the Python package. Its addresses are relative, so that it works behind a path prefix.
export default defineConfig({
  base: "./",
  resolve: { alias: { "loracle-client": fileURLToPath(new URL("../clients/typescript/src/index.ts", import.meta.url)) } },
  build: { outDir: "../app/web/page", emptyOutDir: true, target: "es2022", assetsInlineLimit: 0 },
  server: { proxy: { "/api": "http://127.0.0.1:8000" } },
});
