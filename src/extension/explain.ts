import { documentUri, showPage } from "./documents.ts";
import type { Editor } from "./editor.ts";
import { loadClient } from "./language.ts";

/** Shows the page about a rule, by its code. */
export async function explainRule(editor: Editor, code: unknown): Promise<void> {
  const page = loadClient(editor).pageOf(String(code));
  if (page === undefined) throw new Error(`there is no rule ${String(code)}`);
  const uri = documentUri(`${String(code)}.md`, "rule");
  await showPage(uri, page);
}
