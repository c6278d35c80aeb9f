import type { JsonPath } from "../../core/fix.ts";

/** The variables of VS Code that take no more than their name (its variable resolver; two are older names of others). */
export const plainVariables: readonly string[] = [
  ...[
    "workspaceFolder",
    "workspaceFolderBasename",
    "workspaceRoot",
    "workspaceRootFolderName",
    "userHome",
    "cwd",
  ],
  ...["file", "fileBasename", "fileBasenameNoExtension", "fileDirname", "fileDirnameBasename", "fileExtname"],
  ...["relativeFile", "relativeFileDirname", "fileWorkspaceFolder", "fileWorkspaceFolderBasename"],
  ...["selectedText", "lineNumber", "columnNumber", "execPath", "execInstallFolder", "defaultBuildTask"],
  ...["pathSeparator", "/"],
];

/** What stands before the colon of those that take more. */
export const variableKinds: readonly string[] = [
  "env",
  "config",
  "command",
  "input",
  "extensionInstallFolder",
];

/** True where VS Code puts something in the place of `${variable}`. */
export function isVariable(variable: string): boolean {
  const [kind = ""] = variable.split(":", 1);
  return plainVariables.includes(kind) || (variable.includes(":") && variableKinds.includes(kind));
}

/** A `${variable}` somewhere in a value, with the text that it stands in. */
export interface Use {
  readonly at: JsonPath;
  readonly text: string;
  readonly variable: string;
}

/** Every `${…}` in the texts of a value, names of properties left aside. */
export function usesIn(value: unknown, at: JsonPath = []): readonly Use[] {
  if (typeof value === "string")
    return Array.from(value.matchAll(/\$\{([^{}]*)\}/g), ([, variable = ""]) => ({
      at,
      text: value,
      variable,
    }));
  if (typeof value !== "object" || value === null) return [];
  const found: Use[] = [];
  const entries = Array.isArray(value) ? value.entries() : Object.entries(value);
  for (const [key, one] of entries as Iterable<readonly [string | number, unknown]>) {
    // Most values have none, and this runs at every keystroke.
    const may = typeof one === "string" ? one.includes("${") : typeof one === "object";
    if (may) found.push(...usesIn(one, [...at, key]));
  }
  return found;
}

/** The text with another variable in place of the one that is used. */
export function withVariable({ text, variable }: Use, other: string): string {
  return text.replaceAll(`\${${variable}}`, () => `\${${other}}`);
}
