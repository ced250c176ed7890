import type { Schemas } from "../api/client";
import { words } from "./texts";

type Named = Pick<Schemas["AdapterOut"], "name" | "version" | "builtin">;

/** What people call a version: its name and the start of its hash, or that it comes with Loracle. */
export function adapterName({ name, version, builtin }: Named): string {
  return builtin ? words.standard : `${name} (${version.slice(0, 7)})`;
}
