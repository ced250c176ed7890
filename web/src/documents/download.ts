import { save } from "../ui/save";

/** Save a document's original file on the reader's machine. Throws LoracleError. */
export function download(documentId: string, filename: string): Promise<void> {
  return save(`api/v1/documents/${documentId}/file`, filename);
}
