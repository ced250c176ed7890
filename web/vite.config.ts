import { defineConfig } from "vite";

// The page is part of the Python package. Its addresses are relative, so that it works behind a path prefix.
export default defineConfig({
  base: "./",
  build: { outDir: "../app/web/page", emptyOutDir: true, target: "es2022", assetsInlineLimit: 0 },
  server: { proxy: { "/api": "http://127.0.0.1:8000" } },
});
