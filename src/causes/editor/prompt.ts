import type { Explained } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import type { Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { seconds } from "../../core/waiting.ts";

/** True while the Go extension has not returned from its first look at the configuration: it may wait for an answer. */
export function isAsked({ editor }: Launch): boolean {
  return editor?.waits === "resolve" && editor.go.state === "active";
}

/** The editor's time, as what a question costs. */
export function lostToQuestion({ editor }: Launch): { readonly explains?: Explained } {
  return editor === undefined ? {} : { explains: { phase: "editor", ms: editor.ms } };
}

/** What was seen of the Go extension while it asks. */
export function askedWords({ editor }: Launch): string {
  if (editor === undefined || editor.go.state === "missing") return "";
  const { id, version } = editor.go;
  return say`${id} ${version}: its resolveDebugConfiguration has not returned for ${seconds(editor.ms)}`;
}

/** Installs the newest Delve where go puts programs: what the question offers too. */
export function installDelve(cause: string, title: string): Fix {
  return {
    id: `${cause}/install`,
    title,
    preferred: true,
    needsRoot: false,
    scope: "user",
    action: { kind: "command", argv: ["go", "install", "github.com/go-delve/delve/cmd/dlv@latest"] },
  };
}
