import { posix } from "node:path";
import { Uri } from "vscode";
import { scheme, showPage } from "./documents.ts";

/** The folder of the pages about rules among our documents; package.json shows what lies in it as a preview. */
const folder = "/rules";

/** Shows the page about a rule, by its code. */
export async function explainRule(code: unknown): Promise<void> {
  await showPage(Uri.from({ scheme, path: `${folder}/${String(code)}.md` }));
}

/** What the page at a URI says; undefined where it is no rule's. */
export async function ruleText({ path }: Uri): Promise<string | undefined> {
  if (posix.dirname(path) !== folder) return undefined;
  const { pageOf } = await import("./rulePages.ts");
  return pageOf(posix.basename(path, ".md"));
}
