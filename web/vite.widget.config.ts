import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

const LENGTH = /(\d*\.?\d+)rem\b/g;

/** `rem` is what the site around the widget says it is, so lengths are fixed here. */
const fixedLengths: Plugin = {
  name: "fixed-lengths",
  enforce: "pre",
  transform: (code, id) =>
    /\/web\/src\/.*\.(ts|css)(\?.*)?$/.test(id) ? code.replace(LENGTH, (_, rems: string) => `${Number(rems) * 16}px`) : undefined,
};

// One file that a page of another site loads: no chunks, no styles apart, no assets.
export default defineConfig({
  plugins: [fixedLengths],
  publicDir: false,
  resolve: { alias: { "loracle-client": fileURLToPath(new URL("../clients/typescript/src/index.ts", import.meta.url)) } },
  build: {
    outDir: "../app/web/page",
    emptyOutDir: false,
    target: "es2022",
    modulePreload: false,
    rollupOptions: { input: "src/widget/main.ts", output: { entryFileNames: "widget.js", inlineDynamicImports: true } },
  },
});
