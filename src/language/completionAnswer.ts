import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  InsertTextFormat,
  InsertTextMode,
} from "vscode-languageserver/node";
import type { Client } from "./client.ts";
import { completeAt, type Proposal, wantedAt } from "./completion.ts";
import { supplyOf } from "./completionSources.ts";
import { rangeOf } from "./diagnostics.ts";
import { folderOf, type Knowledge } from "./knowledge.ts";
import type { Reading } from "./readings.ts";

/** How long (ms) somebody who types waits for what must be looked up, such as the containers that run. */
const patienceMs = 1000;

const kinds = {
  value: CompletionItemKind.Value,
  property: CompletionItemKind.Property,
  snippet: CompletionItemKind.Snippet,
  process: CompletionItemKind.Reference,
  file: CompletionItemKind.File,
  folder: CompletionItemKind.Folder,
} as const;

/** What can be written at an offset, as LSP tells it, once `learn` has looked up what was asked for; not complete where what was looked up is not there in time. */
export async function completionOf(
  { document, text }: Reading,
  offset: number,
  knowledge: Knowledge,
  learn: () => Promise<boolean>,
  client: Client,
): Promise<CompletionList> {
  const { version } = text;
  const world = knowledge.worldOf(document.file);
  const folder = world.folder ?? folderOf(document.file);
  const supply = await supplyOf(wantedAt(document, offset), folder);
  const complete = () => completeAt(document, offset, world, supply, client);
  let proposals = complete();
  const settled = await inTime(learn());
  if (settled === true) proposals = complete();
  // Where the text is another by now, so are its lines; the editor asks again.
  if (text.version !== version) return { isIncomplete: true, items: [] };
  const items = proposals.map((proposal, index) => itemOf(proposal, index, text, client));
  return { isIncomplete: settled === undefined, items };
}

function itemOf(
  proposal: Proposal,
  index: number,
  text: Reading["text"],
  { adjusts }: Client,
): CompletionItem {
  const { label, kind, says, insert, isSnippet, filter } = proposal;
  return {
    label,
    kind: kinds[kind],
    ...(says !== "" && (kind === "snippet" ? { documentation: says } : { detail: says })),
    filterText: filter,
    // In the order in which they are proposed, whatever their names.
    sortText: String(index).padStart(4, "0"),
    textEdit: { range: rangeOf(proposal, text), newText: insert },
    insertTextFormat: isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    ...(kind === "snippet" && adjusts && { insertTextMode: InsertTextMode.adjustIndentation }),
  };
}

async function inTime<T>(promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patienceMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
