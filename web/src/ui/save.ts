import { LoracleError } from "loracle-client";
import { address, send } from "../api/client";

/** Save what the service answers as a file on the reader's machine. `path`: such as "api/v1/...". Throws LoracleError. */
export async function save(path: string, filename: string): Promise<void> {
  const response = await send(new Request(address(path)));
  if (!response.ok) throw await LoracleError.from(response);
  const file = URL.createObjectURL(await response.blob());
  const link = Object.assign(document.createElement("a"), { href: file, download: filename });
  link.click();
  setTimeout(() => URL.revokeObjectURL(file), 60_000);
}
