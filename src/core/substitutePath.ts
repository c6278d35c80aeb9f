import type { Config } from "./config.ts";
import type { JsonEdit } from "./fix.ts";

/** One entry of `substitutePath`: the editor's path prefix, and what the program has in its place. */
export interface PathRule {
  readonly from: string;
  readonly to: string;
}

/** The entries of a configuration's `substitutePath`; Delve refuses a launch with one of another shape. */
export function pathRules(config: Config): readonly PathRule[] {
  const list = config["substitutePath"];
  return Array.isArray(list) ? list.filter(isRule) : [];
}

function isRule(value: unknown): value is PathRule {
  if (typeof value !== "object" || value === null) return false;
  return "from" in value && typeof value.from === "string" && "to" in value && typeof value.to === "string";
}

/**
 * The path that dlv looks for when an editor names `path`, as Delve works it out: the first rule that fits at a path
 * separator decides, "" stands for relative paths, and as soon as a path of Windows is about, case does not count and is lost
 * (pkg/locspec/locations.go, SubstitutePath; the same in Delve 1.22 and 1.27).
 */
export function substitute(path: string, rules: readonly PathRule[]): string {
  const anyCase = [path, ...rules.flatMap(({ from, to }) => [from, to])].some(isWindows);
  let now = path;
  for (const { from, to } of rules) {
    if (now === from) return to;
    if (from === "") {
      if (!isAbsolute(now)) return join(to, now);
      continue;
    }
    const prefix = anyCase ? from.toLowerCase() : from;
    if (!(anyCase ? now.toLowerCase() : now).startsWith(prefix)) continue;
    if (anyCase) now = now.toLowerCase();
    const rest = now.slice(prefix.length);
    if (/[/\\]$/.test(prefix) || /^[/\\]/.test(rest)) return join(to, rest);
  }
  return now;
}

/** True for an absolute path of Windows: one with a drive, or on another machine's share. */
export function isWindows(path: string): boolean {
  return /^(?:.:[/\\]|\\\\)/.test(path);
}

/** True for an absolute path of any system. */
export function isAbsolute(path: string): boolean {
  return path.startsWith("/") || isWindows(path);
}

function join(to: string, rest: string): string {
  const bare = rest.replace(/^[/\\]/, "");
  if (to === "") return bare;
  const kinds = new Set(to.match(/[/\\]/g));
  const [only] = kinds;
  const separator = kinds.size === 1 && only !== undefined ? only : "/";
  const turned = kinds.size === 1 ? bare.replace(/[/\\]/g, separator) : bare;
  return `${to.replace(/[/\\]$/, "")}${/[/\\]$/.test(to) ? to.slice(-1) : separator}${turned}`;
}

/** Where a path must lead once the rules are as they should be. */
export interface Target {
  readonly path: string;
  readonly known: string;
}

/**
 * Rules with new ones among them: one that maps the same prefix is changed, and a new one stands before the first that would
 * take its path away. What then still does not lead where it must gets a rule of its own, which Delve applies before all.
 */
export function withRules(
  rules: readonly PathRule[],
  wanted: readonly (Target & { readonly rule: PathRule })[],
  kept: readonly Target[],
): readonly PathRule[] {
  const all = [...rules];
  for (const { path, rule } of wanted) {
    const same = all.findIndex(({ from }) => from === rule.from);
    const before = all.findIndex((one) => substitute(path, [one]) !== path);
    if (same >= 0 && (before < 0 || same <= before)) all[same] = rule;
    else all.splice(before < 0 ? all.length : before, 0, rule);
  }
  const useful = all.filter((one) => {
    const idle = one.from === one.to && !rules.includes(one);
    const others = all.filter((other) => other !== one);
    return !idle || wanted.some(({ path, known }) => substitute(path, others) !== known);
  });
  const lost = [...wanted, ...kept].filter(({ path, known }) => substitute(path, useful) !== known);
  return [...lost.map(({ path, known }) => ({ from: path, to: known })), ...useful];
}

/** The edits that make a configuration's `substitutePath` these rules, and leave alone what stays as it is. */
export function pathRuleEdits(before: readonly PathRule[], after: readonly PathRule[]): readonly JsonEdit[] {
  const list = "substitutePath";
  if (before.length === 0) return [{ at: [list], value: after }];
  if (after.length === 0) return [{ at: [list] }];
  const stay = before.every(({ from }, index) => from === after[index]?.from);
  if (!stay) return [{ at: [list], value: after }];
  return after.flatMap((rule, index): JsonEdit[] => {
    const old = before[index];
    if (old === undefined) return [{ at: [list, index], value: rule }];
    return old.to === rule.to ? [] : [{ at: [list, index, "to"], value: rule.to }];
  });
}
