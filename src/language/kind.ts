import type { OtherKind } from "../core/rule.ts";

/** What a file is to us. launch: a launch section alone. workspace: a *.code-workspace. */
export type Kind = "launch" | "workspace" | OtherKind;

/** The glob patterns of the files that are ours, for editors; `kindOf` decides. */
export const patterns: readonly string[] = [
  "**/.vscode/{launch,tasks,settings}.json",
  "**/*.code-workspace",
  "**/{devcontainer,.devcontainer}.json",
  "**/{compose,docker-compose}*.{yml,yaml}",
  "**/{User,Machine}/settings.json",
];

/** What a file is, by its path (with / or \); undefined where it is not ours, or where its text must tell. */
export function kindOf(path: string): Kind | undefined {
  const parts = path.split(/[/\\]/);
  const name = parts.at(-1) ?? "";
  const folder = parts.at(-2);
  if (name.endsWith(".code-workspace")) return "workspace";
  if (folder === ".vscode" && name === "launch.json") return "launch";
  if (folder === ".vscode" && name === "tasks.json") return "tasks";
  if ((folder === ".vscode" || folder === "User" || folder === "Machine") && name === "settings.json")
    return "settings";
  if (name === "devcontainer.json" || name === ".devcontainer.json") return "devcontainer";
  if (/^(docker-)?compose([._-].*)?\.ya?ml$/.test(name)) return "compose";
  return undefined;
}

/** How much of a YAML text (UTF-16 units) is looked at for what it is. */
const head = 4096;

/**
 * What a file is, by its path and, for a YAML file, its text: a manifest with a pod in which dlv runs is ours. For files
 * that somebody has named or opened; nobody reads all the YAML of a workspace for it.
 */
export function kindOfText(path: string, text: string): Kind | undefined {
  const kind = kindOf(path);
  if (kind !== undefined || !/\.ya?ml$/.test(path)) return kind;
  const makesPods = /^kind:[ \t]*["']?(Pod|Deployment|StatefulSet|DaemonSet|ReplicaSet|Job|CronJob|List)\b/m;
  return makesPods.test(text.slice(0, head)) && /\bdlv\b/.test(text) ? "pod" : undefined;
}

/**
 * Tells whether a file that is ours by its name has to do with Go: other languages are launched by the same files. A
 * launch.json that names no debugger yet has, where Go code is open beside it.
 */
export function concernsGo(kind: Kind, text: string, besideGo: boolean): boolean {
  if (/\bgo(lang)?\b|delve|dlv/i.test(text)) return true;
  return kind === "launch" && besideGo && !text.includes('"type"');
}
