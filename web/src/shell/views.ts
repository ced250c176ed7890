import { html, type ReactiveControllerHost, type TemplateResult } from "lit";
import { shown } from "../api/client";
import "../chat/view";
import "../documents/view";
import { text } from "../i18n";
import type { SourcePlace } from "../source/pane";
import type { Route } from "./route";
import "./waiting_view";

/** The view of a route. The code of those that few need is fetched when one is opened; its title stands there meanwhile. */
export class Views {
  private readonly faults = new Map<string, string>(); // by the element whose code was asked for; "": none so far

  constructor(private readonly host: ReactiveControllerHost) {}

  show(route: Route, source: SourcePlace | null): TemplateResult {
    switch (route.view) {
      case "documents":
        if (route.document === null) return html`<loracle-documents-view></loracle-documents-view>`;
        return (
          this.waiting("loracle-document-page", text.documents.details, () => import("../documents/page")) ??
          html`<loracle-document-page .documentId=${route.document}></loracle-document-page>`
        );
      case "adapters":
        return (
          this.waiting("loracle-adapters-view", text.nav.adapters, () => import("../adapters/view")) ??
          html`<loracle-adapters-view .path=${route.path}></loracle-adapters-view>`
        );
      case "evaluations":
        return (
          this.waiting("loracle-evaluations-view", text.nav.evaluations, () => import("../evaluations/view")) ??
          html`<loracle-evaluations-view .path=${route.path}></loracle-evaluations-view>`
        );
      case "admin":
        return (
          this.waiting("loracle-admin-view", text.nav.admin, () => import("../admin/view")) ??
          html`<loracle-admin-view .path=${route.path}></loracle-admin-view>`
        );
      case "ask":
        return html`<loracle-chat-view .conversation=${route.conversation} .opened=${source}></loracle-chat-view>`;
    }
  }

  /** What stands there until the code of `element` is; null: it is. */
  private waiting(element: string, title: string, fetchCode: () => Promise<unknown>): TemplateResult | null {
    if (customElements.get(element)) return null;
    const fault = this.faults.get(element);
    if (fault === undefined) void this.fetch(element, fetchCode);
    return html`<loracle-waiting-view .heading=${title} .fault=${fault ?? ""}></loracle-waiting-view>`;
  }

  private async fetch(element: string, fetchCode: () => Promise<unknown>): Promise<void> {
    this.faults.set(element, "");
    await fetchCode().catch((fault: unknown) => this.faults.set(element, shown(fault)));
    this.host.requestUpdate();
  }
}
