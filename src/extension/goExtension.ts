import { readdirSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type ExtensionContext, extensions, workspace } from "vscode";
import type { GoExtension } from "../core/editor.ts";

/** How long (ms) an extension that was asked to start may take to say that it has, or has failed to. */
const answerMs = 500;

/**
 * The extension that owns the debugger type `go` here: golang.go, its nightly twin, or a stand-in. `asked`: a launch has
 * asked for it already, so that to ask what became of its start starts nothing.
 */
export async function goExtension(
  { extension, extensionPath }: ExtensionContext,
  asked: boolean,
): Promise<GoExtension> {
  const owners = extensions.all.filter(({ id, packageJSON }) => id !== extension.id && ownsGo(packageJSON));
  const owner = owners.find(({ isActive }) => isActive) ?? owners[0];
  if (owner === undefined) {
    const known = disabledIn(dirname(extensionPath));
    return { state: "missing", ...(known !== undefined && { known }) };
  }
  const { id } = owner;
  const version = String(owner.packageJSON.version);
  if (owner.isActive) return { state: "active", id, version };
  if (!asked && !workspace.textDocuments.some(({ languageId }) => languageId === "go"))
    return { state: "idle", id, version };
  try {
    const started = await Promise.race([owner.activate().then(() => true), sleep(answerMs, false)]);
    return { state: started ? "active" : "activating", id, version };
  } catch (error) {
    const because = error instanceof Error ? error.message : String(error ?? "it gave no reason");
    return { state: "failed", id, version, because };
  }
}

function ownsGo(packageJSON: { contributes?: { debuggers?: readonly { type?: unknown }[] } }): boolean {
  return packageJSON.contributes?.debuggers?.some(({ type }) => type === "go") ?? false;
}

/** golang.go's folder beside ours: it is installed, and VS Code does not load it. */
function disabledIn(folder: string): string | undefined {
  try {
    return readdirSync(folder).find((name) => /^golang\.go(?:-nightly)?-\d/i.test(name));
  } catch {
    return undefined;
  }
}
