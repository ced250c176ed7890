import type { ReactiveControllerHost } from "lit";
import { api, type Schemas } from "../api/client";
import { me } from "../api/me";

type Job = Schemas["JobOut"];

/**
 * The names behind the codes of jobs: of each tenant, and of what a job of one's own tenant is for. Each is asked for
 * once, one after another. What has no name, is gone or belongs to others stays without one.
 */
export class JobNames {
  private readonly names = new Map<string, string | null>(); // by code; null: asked for, and not known
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly host: ReactiveControllerHost) {}

  tenant(id: string): string | null {
    return this.name(id, async () => {
      const { data } = await api.GET("/api/v1/tenants/{tenant_id}", { params: { path: { tenant_id: id } } });
      return data?.name;
    });
  }

  /** Of the document, the questions or the adapter that a job is for. */
  subject({ kind, subject, tenant_id }: Job): string | null {
    return subject && this.name(subject, async () => ((await me()).tenant.id === tenant_id ? nameOf(kind, subject) : undefined));
  }

  private name(code: string, ask: () => Promise<string | undefined>): string | null {
    const known = this.names.get(code);
    if (known !== undefined) return known;
    this.names.set(code, null);
    this.last = this.last
      .then(ask)
      .then((name) => this.keep(code, name))
      .catch(() => undefined); // the code is shown
    return null;
  }

  private keep(code: string, name: string | undefined): void {
    if (!name) return;
    this.names.set(code, name);
    this.host.requestUpdate();
  }
}

async function nameOf(kind: Job["kind"], subject: string): Promise<string | undefined> {
  switch (kind) {
    case "evaluate":
      return (await api.GET("/api/v1/evaluations/{evaluation_id}", { params: { path: { evaluation_id: subject } } })).data?.name;
    case "train":
      return (await api.GET("/api/v1/training/jobs/{training_id}", { params: { path: { training_id: subject } } })).data?.adapter;
    case "ingest":
    case "reindex":
    case "reembed":
      return (await api.GET("/api/v1/documents/{document_id}", { params: { path: { document_id: subject } } })).data?.filename;
    default:
      return undefined;
  }
}
