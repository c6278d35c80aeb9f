import { homedir, userInfo } from "node:os";
import { isAbsolute, join } from "node:path";
import { getNodeValue } from "jsonc-parser";
import type { Source } from "../config/find.ts";
import { nodeAt, parseJsonc } from "../config/jsonc.ts";
import { type Platform, placesIn } from "../config/platform.ts";
import { readText, splitBom } from "../config/text.ts";
import type { Config } from "../core/config.ts";
import type { Action, ContainerChange, Fix, JsonEdit, JsonPath } from "../core/fix.ts";
import type { HostName } from "../core/host.ts";
import { say } from "../core/say.ts";
import { localHost } from "../hosts/local.ts";
import { withSshOption } from "../hosts/ssh/editConfig.ts";
import { containerMade, runLine } from "./containerMade.ts";
import { type Edited, editJsonc } from "./edit.ts";
import { generated } from "./generated.ts";
import { layoutOf } from "./layout.ts";

/** A file before and after, as whole texts; null where there is no file. */
export interface TextChange {
  readonly kind: "text";
  readonly file: string;
  readonly before: string | null;
  readonly after: string | null;
  /** The permission bits of a file that is new, where its reader minds them. */
  readonly mode?: number;
}

/** A command to run as it stands; with `needsRoot` a person runs it through sudo in a terminal they see. */
export interface CommandChange {
  readonly kind: "command";
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly undo?: readonly string[];
  readonly needsRoot: boolean;
}

/** Something only a person can do, in words; also what an edit becomes that cannot be made safely. */
export interface Advice {
  readonly kind: "advice";
  readonly text: string;
}

/** What a fix comes to in one place. Pure data: an editor applies a text change with a WorkspaceEdit of its own. */
export type Change = TextChange | CommandChange | Advice;

/** Where a fix is to act. */
export interface Target {
  readonly folder: string;
  readonly platform: Platform;
  /** The configuration as it is written, or as it was generated where `source` is missing. */
  readonly config: Config;
  readonly source?: Source;
  /** The user's settings.json, where its path is known. */
  readonly userSettings?: string;
  /** The user's configuration of OpenSSH; ~/.ssh/config where nothing else is said. */
  readonly sshConfig?: string;
  /** Where dlv runs, where that is a container: it has to be told from others in the file that describes it. */
  readonly container?: HostName;
}

/** Reads a file as it is now: an editor gives the text of its buffer. Undefined where there is no file. */
export type Read = (file: string) => Promise<string | undefined>;

/** Works out what a fix changes. Never throws: what cannot be changed safely becomes advice that says why. */
export async function changeOf(fix: Fix, target: Target, read: Read = readText): Promise<Change> {
  try {
    return await make(fix, target, read);
  } catch (error) {
    return byHand(fix, error instanceof Error ? error.message : String(error));
  }
}

async function make(fix: Fix, target: Target, read: Read): Promise<Change> {
  const { action } = fix;
  switch (action.kind) {
    case "advice":
      return action.run === undefined ? action : advise(action.text, action.run, target);
    case "command": {
      const { argv, cwd = target.folder, undo } = action;
      return { kind: "command", argv, cwd, needsRoot: fix.needsRoot, ...(undo !== undefined && { undo }) };
    }
    case "file":
      return "line" in action ? addLine(fix, action, target, read) : editContainer(fix, action, target, read);
    case "ssh-config":
      return setSshOption(fix, action, target, read);
    case "setting": {
      const file = fix.scope === "user" ? target.userSettings : folderSettings(target.folder);
      if (file === undefined) return byHand(fix, say`the user's settings.json is not known here`);
      const at = [action.key];
      return editFile(fix, file, [("value" in action && { at, value: action.value }) || { at }], read);
    }
    case "launch.json": {
      if (target.source !== undefined)
        return editSource(fix, action.edits, { ...target, source: target.source }, read);
      const { file, edits } = await generated(action.edits, target, read);
      return editFile(fix, file, edits, read);
    }
  }
}

/** The settings.json of a folder. */
function folderSettings(folder: string): string {
  return join(folder, ".vscode", "settings.json");
}

async function editSource(
  fix: Fix,
  edits: readonly JsonEdit[],
  { platform, config, source }: Target & { readonly source: Source },
  read: Read,
): Promise<Change> {
  const text = await read(source.file);
  if (text === undefined) return byHand(fix, say`${source.file} is gone`);
  const found = locate(splitBom(text).body, source.at, config["name"]);
  if (found === undefined)
    return byHand(fix, say`${source.file} no longer holds "${String(config["name"])}"`);
  const placed = edits.flatMap((edit) =>
    placesIn(found.config, platform, edit.at, !("value" in edit)).map((at) => ({
      ...edit,
      at: [...found.at, ...at],
    })),
  );
  return textChange(fix, source.file, text, editJsonc(text, placed));
}

/** The configuration where it was, or where it has moved to in the same list, told by its name. */
function locate(body: string, at: JsonPath, name: unknown): { at: JsonPath; config: Config } | undefined {
  const { root } = parseJsonc(body);
  const outer = at.slice(0, -1);
  const list = outer.reduce((node: typeof root, key) => nodeAt(node, String(key)), root);
  const named = (list?.children ?? []).map((node, index) => ({ index, node }));
  const same = named.filter(({ node }) => nodeAt(node, "name")?.value === name);
  const one = same.find(({ index }) => index === at.at(-1)) ?? (same.length === 1 ? same[0] : undefined);
  return one && { at: [...outer, one.index], config: getNodeValue(one.node) };
}

async function editFile(fix: Fix, file: string, edits: readonly JsonEdit[], read: Read): Promise<Change> {
  const text = await read(file);
  return textChange(fix, file, text ?? null, editJsonc(text ?? "", edits));
}

function textChange(fix: Fix, file: string, before: string | null, edited: Edited): Change {
  if ("refused" in edited) return byHand(fix, `${file}, ${edited.refused}`);
  if (edited.text === (before ?? "")) return byHand(fix, say`there is nothing to change in ${file}`);
  return { kind: "text", file, before, after: edited.text };
}

async function addLine(
  fix: Fix,
  { path, line }: Extract<Action, { line: string }>,
  { folder }: Target,
  read: Read,
): Promise<Change> {
  const home = path === "~" || path.startsWith("~/") ? join(homedir(), path.slice(1)) : path;
  const file = isAbsolute(home) ? home : join(folder, home);
  if (fix.needsRoot) return { kind: "advice", text: say`As root, add this line to ${file}: ${line}` };
  const before = (await read(file)) ?? null;
  const { eol } = layoutOf(before ?? "");
  if (before?.split(/\r?\n/).includes(line)) return byHand(fix, say`${file} has this line already`);
  const gap = before === null || before === "" || before.endsWith("\n") ? "" : eol;
  return { kind: "text", file, before, after: `${before ?? ""}${gap}${line}${eol}` };
}

async function editContainer(
  fix: Fix,
  { path, container: change }: Extract<Action, { container: ContainerChange }>,
  { folder, container }: Target,
  read: Read,
): Promise<Change> {
  const file = join(folder, path);
  const text = await read(file);
  if (text === undefined) return byHand(fix, say`${file} is gone`);
  const made = await containerMade(container, localHost);
  return textChange(
    fix,
    file,
    text,
    (await import("./containerFile.ts")).editContainerFile(path, text, change, made),
  );
}

/** A container that was made by hand: its own command with the change, where that is known. */
async function advise(text: string, change: ContainerChange, { container }: Target): Promise<Advice> {
  const line = runLine(await containerMade(container, localHost), change);
  return { kind: "advice", text: line === undefined ? text : say`Create the container anew with:\n${line}` };
}

/** OpenSSH asks the user database where a home is and ignores HOME, and refuses a file that others may write. */
async function setSshOption(
  fix: Fix,
  { alias, option, value }: Extract<Action, { kind: "ssh-config" }>,
  { sshConfig = join(userInfo().homedir, ".ssh", "config") }: Target,
  read: Read,
): Promise<Change> {
  const before = (await read(sshConfig)) ?? null;
  const change = textChange(fix, sshConfig, before, withSshOption(before ?? "", alias, option, value));
  return before === null && change.kind === "text" ? { ...change, mode: 0o600 } : change;
}

function byHand(fix: Fix, because: string): Advice {
  return { kind: "advice", text: say`"${fix.title}" is left for you to do, because: ${because}.` };
}
