/** Upload, ask, read the answer while it is written, see its sources, stop it, follow up: from another origin. */

import { Loracle, type Answer, type ChatStream } from "loracle-client";

const session = signIn(); // awaited where it is used: what is chosen meanwhile is not lost
const file = element("file", HTMLInputElement);
const question = element("question", HTMLInputElement);
const stop = element("stop", HTMLButtonElement);
let stream: ChatStream | undefined;
let conversation: string | null = null;

file.addEventListener("change", () => void show(upload));
element("ask", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
  void show(ask);
});
stop.addEventListener("click", () => void show(async () => void (await stream?.stop())));

async function signIn(): Promise<Loracle> {
  const response = await fetch("/session", { method: "POST" });
  const { url, token } = (await response.json()) as { url: string; token: string };
  return new Loracle({ url, key: token });
}

async function upload(): Promise<void> {
  const chosen = file.files?.[0];
  if (chosen === undefined) return;
  const loracle = await session;
  const { id } = await loracle.upload(chosen);
  for await (const document of loracle.followDocument(id)) {
    tell(`${document.filename}: ${document.error?.message ?? document.status}`);
  }
}

async function ask(): Promise<void> {
  const article = add(element("conversation", HTMLElement), "article");
  add(article, "h2", question.value);
  const text = add(article, "p");
  stop.hidden = false;
  try {
    stream = await (await session).ask(question.value, { conversation_id: conversation });
    for await (const event of stream) {
      if (event.event === "token") text.append(event.data.text);
      if (event.event === "done") cite(event.data, text, article);
    }
  } finally {
    conversation = stream?.conversationId ?? conversation;
    stop.hidden = true;
  }
}

/** The answer with its sentences marked, and what they rest on. */
function cite(answer: Answer, text: HTMLElement, article: HTMLElement): void {
  text.replaceChildren();
  let shown = 0;
  for (const citation of answer.citations) {
    text.append(answer.answer.slice(shown, citation.start_utf16));
    const mark = add(text, "mark", answer.answer.slice(citation.start_utf16, citation.end_utf16));
    mark.title = citation.quote;
    add(text, "sup", String(citation.index));
    shown = citation.end_utf16;
  }
  text.append(answer.answer.slice(shown));
  const sources = add(article, "ol");
  const listed = new Set<number>();
  for (const { index, filename, quote, page_start } of answer.citations) {
    const page = page_start === null ? "" : `, page ${page_start}`;
    if (!listed.has(index)) add(sources, "li", `“${quote}” (${filename}${page})`);
    listed.add(index);
  }
  if (answer.status === "stopped") add(article, "em", "Stopped.");
}

async function show(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (fault) {
    tell(fault instanceof Error ? fault.message : String(fault));
  }
}

function tell(message: string): void {
  element("state", HTMLOutputElement).value = message;
}

function add(parent: HTMLElement, tag: string, text = ""): HTMLElement {
  const child = document.createElement(tag);
  child.textContent = text;
  parent.append(child);
  return child;
}

function element<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no ${id}.`);
  return found;
}
