import { LoracleError } from "loracle-client";
import { address, send } from "../api/client";

/** Save a document's original file on the reader's machine. Throws LoracleError. */
export async function download(documentId: string, filename: string): Promise<void> {
  const response = await send(new Request(address(`api/v1/documents/${documentId}/file`)));
  if (!response.ok) throw await LoracleError.from(response);
  const file = URL.createObjectURL(await response.blob());
  const link = Object.assign(document.createElement("a"), { href: file, download: filename });
  link.click();
  setTimeout(() => URL.revokeObjectURL(file), 60_000);
}
