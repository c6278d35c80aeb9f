import { debug, extensions, SourceBreakpoint, type WorkspaceFolder, workspace } from "vscode";
import type { EditorState, EditorTask, GoExtension } from "../core/editor.ts";
import type { RanTask } from "./before.ts";
import type { Begun } from "./begun.ts";

/** How many breakpoints are told of. */
const mostBreakpoints = 200;

/** What the editor did for a launch so far. `idle` knows since when (ms) a process and those below it do nothing. */
export function editorState(
  begun: Begun,
  go: GoExtension,
  idle: (pid: number) => number | undefined = () => undefined,
): EditorState {
  const now = Date.now();
  const tasks = tasksOf(begun).map((one) => taskOf(one, begun, now, idle));
  const step = begun.looked ? "task" : "resolve";
  return {
    ms: now - begun.from,
    ...(!begun.over && { waits: step }),
    tasks,
    go,
    breakpoints: breakpointsNow(),
    writesNoDebug: writesNoDebug(begun),
  };
}

/** The tasks that ran for a launch: those that started since, and the one it names where that ran already. */
export function tasksOf({ tasks, from, written }: Begun): readonly RanTask[] {
  const named: unknown = written["preLaunchTask"];
  return tasks().filter((one) => one.from >= from || one.execution.task.name === named);
}

/** The enabled breakpoints of the editor, as FILE:LINE. */
export function breakpointsNow(): readonly string[] {
  return debug.breakpoints
    .flatMap((one) =>
      one instanceof SourceBreakpoint && one.enabled && one.location.uri.scheme === "file"
        ? [`${one.location.uri.fsPath}:${one.location.range.start.line + 1}`]
        : [],
    )
    .slice(0, mostBreakpoints);
}

function writesNoDebug({ folder, written: { name } }: Begun): boolean {
  const listed: unknown = workspace.getConfiguration("launch", folder).get("configurations");
  return Array.isArray(listed) && listed.some((one) => one?.name === name && one.noDebug === true);
}

function taskOf(
  { execution: { task }, from, to, pid }: RanTask,
  begun: Begun,
  now: number,
  idle: (pid: number) => number | undefined,
): EditorTask {
  const tells = tellsReady(task.name, begun.folder);
  const idleMs = pid === undefined || to !== undefined ? undefined : idle(pid);
  return {
    name: task.name,
    ms: (to ?? now) - Math.max(from, begun.from),
    running: to === undefined,
    background: task.isBackground,
    ...(tells !== undefined && { tellsReady: tells }),
    ...(pid !== undefined && { pid }),
    ...(idleMs !== undefined && { idleMs }),
  };
}

/** A task as it is written. `base` is what a matcher builds upon. */
interface WrittenTask {
  readonly label?: unknown;
  readonly problemMatcher?: unknown;
}

/** Whether one of a task's problem matchers can tell VS Code that it is ready; undefined where it is written nowhere. */
function tellsReady(name: string, folder: WorkspaceFolder | undefined): boolean | undefined {
  const listed: unknown = workspace.getConfiguration("tasks", folder).get("tasks");
  const written = Array.isArray(listed)
    ? listed.find((one: WrittenTask | null) => one?.label === name)
    : undefined;
  if (written === undefined) return undefined;
  return [(written as WrittenTask).problemMatcher ?? []].flat().some(hasBackground);
}

function hasBackground(matcher: unknown): boolean {
  if (typeof matcher === "string") return namedMatchers().has(matcher);
  if (typeof matcher !== "object" || matcher === null) return false;
  const { background, watching, base } = matcher as Readonly<Record<string, unknown>>;
  return Boolean(background ?? watching) || hasBackground(base);
}

/** The matchers with a background pattern that extensions bring along, such as $tsc-watch. */
function namedMatchers(): ReadonlySet<string> {
  const all = extensions.all.flatMap(({ packageJSON }) => packageJSON.contributes?.problemMatchers ?? []);
  return new Set(
    all.filter(({ background, watching }) => background ?? watching).map(({ name }) => `$${name}`),
  );
}
