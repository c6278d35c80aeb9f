import { type Unset, unsetBreakpoints } from "../../core/breakpoints.ts";
import type { Launch } from "../../core/launch.ts";
import {
  isAbsolute,
  isWindows,
  type PathRule,
  pathRules,
  substitute,
  type Target,
} from "../../core/substitutePath.ts";
import type { EditorModule } from "../../probes/editorModules.ts";
import type { FileThere, Sources } from "../../probes/sources.ts";
import { fileNotFound } from "../texts.ts";

/** What the program, dlv's host and the editor's machine say of the files. */
export interface PathFacts {
  readonly sources: Sources;
  readonly editorModules: readonly EditorModule[];
}

/** A file of the editor's with all that is known of it. */
type EditorFile = FileThere & Partial<EditorModule>;

/** Why the program knows a file under another path: each kind is a cause of its own. */
type Kind = "elsewhere" | "symlink" | "trimpath" | "case" | "relative";

/** How the program knows a file, and the rule that leads from the editor's path there. */
interface Known {
  readonly kind: Kind;
  readonly known: string;
  readonly rule: PathRule;
  /** False where nothing but names tells that it is the same file, or where this host has both and their texts differ. */
  readonly sure: boolean;
}

/** A file in which breakpoints are not set, and what the program has in its place. */
export interface Mapping extends Known, Target {
  readonly unset: readonly Unset[];
}

/** The breakpoints that dlv found no file for when the configuration was done; not those of a stripped program. */
export function hollow(launch: Launch): readonly Unset[] {
  return unsetBreakpoints(launch.timeline).filter(({ message }) => fileNotFound.test(message));
}

/**
 * The files of hollow breakpoints that the program has under another path. None for a file that is no part of the
 * program, and none where nobody can tell which of several files it is: a wrong rule is worse than no rule.
 */
export function findMappings(facts: PathFacts, launch: Launch): Mapping[] {
  const all = hollow(launch);
  return [...new Set(all.map(({ file }) => file))].flatMap((path) => {
    const found = knownAs(path, facts, launch);
    return found === undefined ? [] : { ...found, path, unset: all.filter(({ file }) => file === path) };
  });
}

/** How the program knows a file of the editor's; undefined where it has it by the path that dlv looks for, or not at all. */
export function knownAs(
  path: string,
  { sources, editorModules }: PathFacts,
  launch: Launch,
): Known | undefined {
  const rules = pathRules(launch.config);
  if (sources.files.includes(substitute(path, rules))) return undefined;
  const astray = rules.find((rule) => substitute(path, [rule]) !== path);
  if (sources.files.includes(path) && astray !== undefined)
    return { kind: "elsewhere", known: path, rule: { from: astray.from, to: astray.from }, sure: true };
  const there = sources.editor.find((one) => one.path === path) ?? { path, same: [], other: [], copies: [] };
  const editor = { ...there, ...editorModules.find((one) => one.path === path) };
  const found = sameFile(editor, sources, launch) ?? counterpart(editor, sources, launch);
  if (found === undefined || substitute(path, [found.rule]) === found.known) return found;
  return { ...found, rule: { from: path, to: found.known } };
}

/** The same file of this host by another name, or the same path in another case. */
function sameFile({ path, link, same, other }: EditorFile, { files }: Sources, { folder }: Launch) {
  const inOtherCase = files.filter((one) => plain(one).toLowerCase() === plain(path).toLowerCase());
  const [linked] = same.filter((one) => !inOtherCase.includes(one));
  if (linked !== undefined) {
    const rule =
      link !== undefined && substitute(path, [link]) === linked ? link : { from: path, to: linked };
    // Without a link it is the same file by a hard link, a bind mount, or a link on the program's side.
    return { kind: link === undefined ? "elsewhere" : "symlink", known: linked, rule, sure: true } as const;
  }
  const [known, second] = inOtherCase;
  // Where the host has both they are two files.
  if (known === undefined || second !== undefined || other.includes(known)) return undefined;
  const differing = path.slice(0, differingLength(path, known));
  const wide = differing === folder || isIn(folder, differing) ? folder : differing;
  const rules = [wide, cut(path, baseName(path))].map((from) => ({ from, to: known.slice(0, from.length) }));
  const rule = rules.find((one) => substitute(path, [one]) === known) ?? { from: path, to: known };
  return { kind: "case", known, rule, sure: true } as const;
}

/** A file whose path in the program ends as the editor's does, from the root of its module or of the folder on. */
function counterpart(editor: EditorFile, sources: Sources, launch: Launch): Known | undefined {
  const { path, root, module, other, copies } = editor;
  const origin = originOf(path, sources, module);
  const { modules, files, trimpath } = sources;
  const isOfIt = module !== undefined && modules.includes(module);
  const stranger = origin !== "std" && module !== undefined && modules.length > 0 && !isOfIt;
  if (
    stranger ||
    isBuiltHere(editor, sources, launch) ||
    files.some((one) => root !== undefined && isIn(one, root))
  )
    return undefined;
  const all = files.flatMap((known) => {
    if (originOf(known, sources) !== origin || versionOf(known, path) !== versionOf(path, known)) return [];
    if (trimpath && origin === "own" && module !== undefined && !isOf(known, module)) return [];
    const rest = sharedEnd(editor, known, sources, launch.nearFolder ?? launch.folder);
    return rest === undefined ? [] : { known, rest, rule: { from: cut(path, rest), to: cut(known, rest) } };
  });
  const [best, second] = all
    .map((one) => ({ ...one, agree: agreeing(one.rule, sources) }))
    .sort((a, b) => b.agree - a.agree);
  if (best === undefined || best.agree === second?.agree) return undefined;
  const { known, rest, rule } = best;
  const kind = kindOf(path, known, trimpath);
  // "" would be the prefix of every relative path on the way back: the first name stays.
  const [first = ""] = rest.split("/");
  const safe = kind === "trimpath" && rule.to === "" ? { from: `${rule.from}/${first}`, to: first } : rule;
  const told = isOfIt || (module !== undefined && rest.includes("/"));
  return { kind, known, rule: safe, sure: told && (!other.includes(known) || copies.includes(known)) };
}

/** True where the program has the same directory, or its main module, in the folder: then paths are not the matter. */
function isBuiltHere(
  { path, module }: EditorFile,
  { knowsFolder, modules }: Sources,
  launch: Launch,
): boolean {
  const { folder, nearFolder, config } = launch;
  const sought = substitute(path, pathRules(config));
  // The folder of another host means nothing to a path of this one, unless a rule leads there.
  if (!knowsFolder || (nearFolder !== undefined && sought === path)) return false;
  return isIn(sought, folder) || (module !== undefined && module === modules[0]);
}

/** The version in a path of the module cache, where the other path has one too: -trimpath knows a main module without any. */
function versionOf(path: string, other: string): string | undefined {
  const version = /@(v\d[^/\\]*)/;
  return version.test(other) ? version.exec(path)?.[1] : undefined;
}

type Origin = "std" | "dependency" | "own";

/** Where a file comes from, as its path tells; Go's own library is at GOROOT, or without any root after -trimpath. */
function originOf(path: string, { goroot, trimpath, modules }: Sources, module?: string): Origin {
  if (module === "std" || module === "cmd" || (goroot !== undefined && isIn(path, goroot))) return "std";
  if (/@v\d|[/\\]pkg[/\\]mod[/\\]|[/\\]vendor[/\\]/.test(path) && !/@v0\.0\.0[/\\]/.test(path))
    return "dependency";
  const named = modules.some((one) => isOf(path, one));
  return trimpath && !isAbsolute(path) && !named && !/^[^/]*\./.test(path) ? "std" : "own";
}

/** True for a path of -trimpath's that begins with a module, with or without its version. */
function isOf(path: string, module: string): boolean {
  return path.startsWith(`${module}/`) || path.startsWith(`${module}@`);
}

/** What two paths end with, from the widest root on that they can share; undefined where they share none. */
function sharedEnd(
  { path, root }: EditorFile,
  known: string,
  { modules, trimpath }: Sources,
  folder: string,
) {
  const cache = /^(.*[/\\]pkg[/\\]mod)[/\\]/.exec(path)?.[1];
  const inFolder = isIn(path, folder) && (root === undefined || root === folder || isIn(root, folder));
  const wide = [inFolder ? folder : undefined, cache].filter((one) => one !== undefined);
  const roots = root === undefined ? wide : trimpath ? [root] : [...wide, root];
  const [main] = modules;
  const inMain = root === undefined && main !== undefined && known.startsWith(`${main}/`);
  const ends = inMain ? [known.slice(main.length + 1)] : roots.map((one) => below(path, one));
  const end = ends.find((one) => endsWith(path, one) && endsWith(known, one));
  if (end !== undefined || ends.length > 0) return end;
  const common = commonEnd(path, known);
  // One name in common says little: there is a main.go in every second program.
  return common.includes("/") ? common : undefined;
}

/** How many of the editor's files the program has where a rule leads. */
function agreeing(rule: PathRule, { editor, files }: Sources): number {
  return editor.filter(({ path }) => isIn(path, rule.from) && files.includes(substitute(path, [rule])))
    .length;
}

function kindOf(path: string, known: string, trimpath: boolean): Kind {
  if (!isAbsolute(known)) return trimpath ? "trimpath" : "relative";
  if (isWindows(known) && !isWindows(path)) return "case";
  return /\/(?:execroot|bazel-out)\/|^\/proc\/self\/cwd\//.test(known) ? "relative" : "elsewhere";
}

/** How much of two paths of one length there is up to the last name in which they differ. */
function differingLength(one: string, other: string): number {
  const [a, b] = [plain(one), plain(other)];
  const last = a.length - 1 - [...a].reverse().findIndex((letter, index) => letter !== b.at(-1 - index));
  const end = a.indexOf("/", last);
  return end < 0 ? a.length : end;
}

function plain(path: string): string {
  return path.replaceAll("\\", "/");
}

/** The last name of a path of any system. */
export function baseName(path: string): string {
  return plain(path).slice(plain(path).lastIndexOf("/") + 1);
}

function isIn(path: string, directory: string): boolean {
  return directory !== "" && plain(path).startsWith(`${plain(directory).replace(/\/$/, "")}/`);
}

function below(path: string, directory: string): string {
  return plain(path).slice(plain(directory).replace(/\/$/, "").length + 1);
}

function endsWith(path: string, end: string): boolean {
  return plain(path) === end || plain(path).endsWith(`/${end}`);
}

function commonEnd(one: string, other: string): string {
  const [a, b] = [plain(one).split("/").reverse(), plain(other).split("/").reverse()];
  const length = a.findIndex((part, index) => part !== b[index] || part === "");
  return a
    .slice(0, length < 0 ? a.length : length)
    .reverse()
    .join("/");
}

/** A path without its end; "" where nothing is left. */
function cut(path: string, end: string): string {
  return path.slice(0, path.length - end.length).replace(/(?<=.)[/\\]$/, "");
}
