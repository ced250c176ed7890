// Writes TypeScript types of an OpenAPI document: node openapi_types.mjs document.json types.d.ts
import fs from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";

const [, , document, output] = process.argv;
const api = JSON.parse(fs.readFileSync(document, "utf8"));
const blob = ts.factory.createTypeReferenceNode("Blob");
const types = await openapiTS(api, {
  defaultNonNullable: false, // what has a default may be left out of a request
  transform: (schema) => (schema.format === "binary" ? blob : undefined),
});
fs.writeFileSync(output, `/** Generated from the OpenAPI document by \`make clients\`: do not edit. */\n\n${astToString(types)}`);
