// Writes TypeScript types of an OpenAPI document: node openapi_types.mjs document.json types.d.ts
import fs from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";

const [, , document, output] = process.argv;
const blob = ts.factory.createTypeReferenceNode("Blob");
const types = await openapiTS(withSharedErrors(JSON.parse(fs.readFileSync(document, "utf8"))), {
  defaultNonNullable: false, // what has a default may be left out of a request
  transform: (schema) => (schema.format === "binary" ? blob : undefined),
});
fs.writeFileSync(output, `/** Generated from the OpenAPI document by \`make clients\`: do not edit. */\n\n${astToString(types)}`);

/** The document with one component for each error status: nearly all operations describe them alike, at length. */
function withSharedErrors(api) {
  api.components.responses = {};
  for (const operation of Object.values(api.paths).flatMap(Object.values)) {
    for (const status of Object.keys(operation.responses).filter((code) => code >= "400")) {
      const shared = (api.components.responses[`Error${status}`] ??= operation.responses[status]);
      if (JSON.stringify(shared) === JSON.stringify(operation.responses[status])) {
        operation.responses[status] = { $ref: `#/components/responses/Error${status}` };
      }
    }
  }
  return api;
}
