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

/** Of these the text must tell; `kindOfText` decides. */
export const doubtful = "**/*.{yml,yaml}";

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

/** The kinds of Kubernetes that hold a pod or a template of one (its API reference, Workload Resources), and a list of them. */
const holdsPod =
  /^kind:[ \t]*["']?(?:Pod|PodTemplate|Deployment|ReplicaSet|ReplicationController|StatefulSet|DaemonSet|Job|CronJob|List)["']?[ \t\r]*(?:#.*)?$/m;

/**
 * What a YAML file of any name is, by the lines of its text, so that one that does not parse is told as what it was meant to
 * be. For files that somebody has named.
 */
export function yamlKind(path: string, text: string): Kind | undefined {
  if (!/\.ya?ml$/i.test(path)) return undefined;
  if (holdsPod.test(text) && /^apiVersion:/m.test(text)) return "pod";
  return /^services:/m.test(text) ? "compose" : undefined;
}

/**
 * What an open file is, by its path and, for a YAML file, its text: a manifest with a pod is ours only where dlv runs in it,
 * because nobody has asked for it.
 */
export function kindOfText(path: string, text: string): Kind | undefined {
  const kind = kindOf(path);
  if (kind !== undefined || !/\bdlv\b/.test(text)) return kind;
  return yamlKind(path, text) === "pod" ? "pod" : undefined;
}

/**
 * Tells whether a file that is ours by its name has to do with Go: other languages are launched by the same files. A
 * launch.json that names no debugger yet has, where Go code is open beside it.
 */
export function concernsGo(kind: Kind, text: string, besideGo: boolean): boolean {
  if (/\bgo(lang)?\b|delve|dlv/i.test(text)) return true;
  return kind === "launch" && besideGo && !text.includes('"type"');
}
