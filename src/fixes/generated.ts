import { join } from "node:path";
import { nodeAt, parseJsonc } from "../config/jsonc.ts";
import { splitBom } from "../config/text.ts";
import type { Config } from "../core/config.ts";
import type { JsonEdit, JsonPath } from "../core/fix.ts";
import { editJsonc } from "./edit.ts";

/** A file and the edits of its JSON. */
interface FileEdits {
  readonly file: string;
  readonly edits: readonly JsonEdit[];
}

/** The attributes that golang.go takes from the setting go.delveConfig where a configuration lacks them (0.58). */
const delveConfig = new Set([
  "dlvFlags",
  "hideSystemGoroutines",
  "logOutput",
  "showGlobalVariables",
  "showLog",
  "showRegisters",
  "substitutePath",
]);

/**
 * Where edits go of a configuration that is written nowhere: into the settings it was made from, where there are such, so
 * that the next test started by code lens has them too; else into a new entry of launch.json.
 */
export async function generated(
  edits: readonly JsonEdit[],
  { folder, config }: { readonly folder: string; readonly config: Config },
  read: (file: string) => Promise<string | undefined>,
): Promise<FileEdits> {
  const settings = edits.map(({ at, ...change }) => ({ at: settingOf(at, config), ...change }));
  if (settings.every((edit): edit is JsonEdit => edit.at !== undefined))
    return { file: join(folder, ".vscode", "settings.json"), edits: settings };
  const file = join(folder, ".vscode", "launch.json");
  const body = splitBom((await read(file)) ?? "").body;
  const { root } = parseJsonc(body);
  const list = nodeAt(root, "configurations");
  const names = (list?.children ?? []).map((entry) => nodeAt(entry, "name")?.value);
  const entry = { ...changed(config, edits), name: freeName(String(config["name"] ?? "Launch"), names) };
  if (list !== undefined)
    return { file, edits: [{ at: ["configurations", list.children?.length ?? 0], value: entry }] };
  const version = nodeAt(root, "version") === undefined ? { version: "0.2.0" } : {};
  if (root === undefined)
    return { file, edits: [{ at: [], value: { ...version, configurations: [entry] } }] };
  return { file, edits: [{ at: ["configurations"], value: [entry] }] };
}

function settingOf(at: JsonPath, config: Config): JsonPath | undefined {
  const [attribute, ...rest] = at;
  // A test started by code lens or from the Test Explorer gets its environment from this setting alone.
  if (attribute === "env" && rest.length > 0 && config["mode"] === "test") return ["go.testEnvVars", ...rest];
  if (typeof attribute === "string" && delveConfig.has(attribute)) return ["go.delveConfig", ...at];
  return undefined;
}

function changed(config: Config, edits: readonly JsonEdit[]): Config {
  const result = editJsonc(JSON.stringify(config), edits);
  if ("refused" in result) throw new Error(result.refused);
  return JSON.parse(result.text);
}

function freeName(name: string, taken: readonly unknown[]): string {
  for (let number = 2, free = name; ; number += 1) {
    if (!taken.includes(free)) return free;
    free = `${name} ${number}`;
  }
}
