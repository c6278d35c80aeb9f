import type { Task } from "./world.ts";

/**
 * Problem matchers that VS Code and golang.go bring along, and whether each has a background pattern. Of those of other
 * extensions nobody here knows.
 */
const wellKnown: ReadonlyMap<string, boolean> = new Map([
  ["$go", false],
  ["$gcc", false],
  ["$tsc", false],
  ["$tsc-watch", true],
  ["$eslint-compact", false],
  ["$eslint-stylish", false],
  ["$jshint", false],
  ["$jshint-stylish", false],
  ["$lessCompile", false],
  ["$msCompile", false],
]);

/**
 * Whether one of a task's problem matchers can tell VS Code that the task is ready; undefined where one is of a name that
 * `named` does not have.
 */
export function tellsReady(
  problemMatcher: unknown,
  named: ReadonlyMap<string, boolean>,
): boolean | undefined {
  const all = [problemMatcher ?? []].flat().map((matcher) => hasBackground(matcher, named));
  return all.includes(true) || (all.includes(undefined) ? undefined : false);
}

function hasBackground(matcher: unknown, named: ReadonlyMap<string, boolean>): boolean | undefined {
  if (typeof matcher === "string") return named.get(matcher);
  if (typeof matcher !== "object" || matcher === null) return false;
  const { background, watching, base } = matcher as Readonly<Record<string, unknown>>;
  return Boolean(background ?? watching) || (base !== undefined && hasBackground(base, named));
}

/** True for a task as it is written in tasks.json that runs in the background, where nothing can tell VS Code that it is ready. */
export function isNeverReady(task: Task): boolean {
  // The matchers of a task of npm or another tool come from its extension.
  const own = [undefined, "shell", "process"].includes(task["type"] as string | undefined);
  const old = Object.keys(task).some((key) => /^watchedTask/.test(key));
  const varies = ["windows", "osx", "linux"].some((platform) => sets(task[platform]));
  return (
    task["isBackground"] === true &&
    own &&
    !old &&
    !varies &&
    tellsReady(task["problemMatcher"], wellKnown) === false
  );
}

function sets(block: unknown): boolean {
  return (
    typeof block === "object" && block !== null && ("problemMatcher" in block || "isBackground" in block)
  );
}
