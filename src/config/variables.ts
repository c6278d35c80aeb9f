import { basename, dirname, extname, relative, sep } from "node:path";
import { say } from "../core/say.ts";

/** What variables of a configuration stand for. Paths are absolute. */
export interface Surroundings {
  readonly folder: string;
  /** The folders of a multi-root workspace by name, for ${workspaceFolder:NAME}. */
  readonly folders?: Readonly<Record<string, string>>;
  /** The file that stands in for the editor's open file, for ${file} and its kin. */
  readonly file?: string;
  readonly processEnv: Readonly<Record<string, string | undefined>>;
  readonly userHome: string;
}

/** A value with its variables replaced, and one line for each that has no value here. */
export interface Substituted {
  readonly value: unknown;
  readonly errors: readonly string[];
}

type Lookup = string | { readonly error: string } | undefined;

/**
 * Replaces the variables in every text of a value, keys included, as VS Code does before a debug adapter starts
 * (code.visualstudio.com/docs/reference/variables-reference). A name that VS Code does not know stays as it is; one that
 * only a person or an extension in the editor can answer is an error.
 */
export function substitute(value: unknown, around: Surroundings): Substituted {
  const errors = new Set<string>();
  const text = (template: string, at: string) =>
    template.replace(/\$\{([^{}]*)\}/g, (whole, variable: string) => {
      const found = lookUp(variable, around);
      if (typeof found === "string") return found;
      if (found !== undefined) errors.add(say`"${at}" uses ${whole}: ${found.error}`);
      return whole;
    });
  const walk = (one: unknown, at: string): unknown => {
    if (typeof one === "string") return text(one, at);
    if (Array.isArray(one)) return one.map((item, index) => walk(item, `${at}[${index}]`));
    if (typeof one !== "object" || one === null) return one;
    return Object.fromEntries(
      Object.entries(one).map(([key, item]) => {
        const inner = at === "" ? key : `${at}.${key}`;
        return [text(key, inner), walk(item, inner)];
      }),
    );
  };
  return { value: walk(value, ""), errors: [...errors] };
}

function lookUp(variable: string, around: Surroundings): Lookup {
  const colon = variable.indexOf(":");
  if (colon >= 0) return lookUpNamed(variable.slice(0, colon), variable.slice(colon + 1), around);
  if (variable === "workspaceFolder" || variable === "workspaceRoot" || variable === "cwd")
    return around.folder;
  if (variable === "workspaceFolderBasename" || variable === "workspaceRootFolderName")
    return basename(around.folder);
  if (variable === "userHome") return around.userHome;
  if (variable === "pathSeparator" || variable === "/") return sep;
  if (editorOnly.has(variable)) return { error: say`only an editor knows it; write the value itself` };
  return lookUpFile(variable, around);
}

function lookUpNamed(kind: string, name: string, around: Surroundings): Lookup {
  if (kind === "env") return around.processEnv[name] ?? "";
  if (kind === "workspaceFolder" || kind === "workspaceFolderBasename") {
    const folder = Object.hasOwn(around.folders ?? {}, name) ? around.folders?.[name] : undefined;
    if (folder === undefined) return { error: say`no workspace folder is named "${name}"` };
    return kind === "workspaceFolder" ? folder : basename(folder);
  }
  if (kind === "input") return { error: say`it asks a person in the editor; write the value itself` };
  if (kind === "command") return { error: say`it runs a command of the editor; write the value itself` };
  if (kind === "extensionInstallFolder")
    return { error: say`only an editor knows it; write the value itself` };
  if (kind === "config") return { error: say`it reads a setting of the editor; write the value itself` };
  return undefined;
}

const editorOnly = new Set([
  "selectedText",
  "lineNumber",
  "columnNumber",
  "execPath",
  "execInstallFolder",
  "defaultBuildTask",
  "extensionInstallFolder",
]);

function lookUpFile(variable: string, { file, folder }: Surroundings): Lookup {
  const known = fileVariables.get(variable);
  if (known === undefined) return undefined;
  if (file === undefined) return { error: say`no file is open here; write the path itself` };
  return known(file, folder);
}

const fileVariables = new Map<string, (file: string, folder: string) => string>([
  ["file", (file) => file],
  ["fileBasename", (file) => basename(file)],
  ["fileBasenameNoExtension", (file) => basename(file, extname(file))],
  ["fileDirname", (file) => dirname(file)],
  ["fileDirnameBasename", (file) => basename(dirname(file))],
  ["fileExtname", (file) => extname(file)],
  ["relativeFile", (file, folder) => relative(folder, file)],
  ["relativeFileDirname", (file, folder) => relative(folder, dirname(file)) || "."],
  ["fileWorkspaceFolder", (_, folder) => folder],
  ["fileWorkspaceFolderBasename", (_, folder) => basename(folder)],
]);
