/** Files on their way to the service: two at a time, with the share that is sent. */

import { address, messageOf, signedKey, type Schemas } from "../api/client";
import { text } from "../i18n";

export interface Upload {
  name: string;
  share: number; // sent, 0 to 1
  error: string;
}

const AT_ONCE = 2;

export class UploadQueue {
  uploads: Upload[] = [];
  private waiting: { file: File; collection: string; upload: Upload }[] = [];
  private running = 0;

  /** `changed` is called when a share or an error changes, `accepted` with each document that the service took. */
  constructor(
    private readonly changed: () => void,
    private readonly accepted: (document: Schemas["DocumentOut"]) => void,
  ) {}

  /** Send these files, in their order. */
  add(files: readonly File[], collection: string): void {
    for (const file of files) {
      const upload = { name: file.name, share: 0, error: "" };
      this.uploads.push(upload);
      this.waiting.push({ file, collection, upload });
    }
    this.next();
  }

  /** Take an upload that failed out of the list. */
  dismiss(upload: Upload): void {
    this.uploads = this.uploads.filter((one) => one !== upload);
    this.changed();
  }

  private next(): void {
    while (this.running < AT_ONCE && this.waiting.length) {
      const { file, collection, upload } = this.waiting.shift()!;
      this.running += 1;
      void this.send(file, collection, upload).finally(() => {
        this.running -= 1;
        this.next();
      });
    }
    this.changed();
  }

  private send(file: File, collection: string, upload: Upload): Promise<void> {
    return new Promise((done) => {
      const form = new FormData();
      form.append("file", file, file.name);
      if (collection) form.append("collection", collection);
      const request = new XMLHttpRequest(); // fetch does not tell how much is sent
      request.open("POST", address("api/v1/documents"));
      request.setRequestHeader("Authorization", `Bearer ${signedKey()}`);
      request.responseType = "json";
      request.upload.onprogress = (event) => {
        upload.share = event.lengthComputable ? event.loaded / event.total : 0;
        this.changed();
      };
      request.onloadend = () => {
        if (request.status >= 200 && request.status < 300) {
          this.uploads = this.uploads.filter((one) => one !== upload);
          this.accepted(request.response as Schemas["DocumentOut"]);
        } else {
          upload.error = request.status === 0 ? text.offline : messageOf(request.response);
        }
        this.changed();
        done();
      };
      request.send(form);
    });
  }
}

/** All files of a drop, those in folders too. */
export async function droppedFiles(items: DataTransferItemList): Promise<File[]> {
  const entries = [...items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const files: File[] = [];
  const waiting: FileSystemEntry[] = entries;
  while (waiting.length) {
    const entry = waiting.shift()!;
    if (entry.isFile) files.push(await fileOf(entry as FileSystemFileEntry));
    else waiting.push(...(await childrenOf(entry as FileSystemDirectoryEntry)));
  }
  return files.filter((file) => !file.name.startsWith("."));
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return children;
    children.push(...some); // a reader gives a hundred at a time
  }
}
