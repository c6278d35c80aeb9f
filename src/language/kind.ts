import { basename } from "node:path";
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

/**
 * What a file is, by its path (with / or \); undefined where it is not ours. Whether a YAML file that is no compose file
 * describes a pod shows in its text alone, so only the command line asks for those.
 */
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
  if (/^(docker-)?compose[^/]*\.ya?ml$/.test(basename(name))) return "compose";
  return undefined;
}
