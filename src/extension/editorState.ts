import { debug, extensions, SourceBreakpoint, type WorkspaceFolder, workspace } from "vscode";
import { tellsReady } from "../core/backgroundTask.ts";
import type { EditorState, EditorTask, GoExtension } from "../core/editor.ts";
import { runsBefore } from "../core/preLaunchTask.ts";
import type { RanTask } from "./before.ts";
import type { Begun } from "./begun.ts";
import { settingsFor } from "./settings.ts";

/** How many breakpoints are told of. */
const mostBreakpoints = 200;

/** What the editor did for a launch so far. `idle` knows since when (ms) a process and those below it do nothing. */
export function editorState(
  begun: Begun,
  go: GoExtension,
  idle: (pid: number) => number | undefined = () => undefined,
): EditorState {
  const now = performance.now();
  const tasks = tasksOf(begun).map((one) => taskOf(one, begun, now, idle));
  const { stallAfter } = settingsFor(begun.folder);
  const step = begun.looked ? "task" : "resolve";
  return {
    ms: Math.round(now - begun.from),
    ...(!begun.over && { waits: step }),
    ...(stallAfter !== undefined && { patienceMs: stallAfter }),
    tasks,
    go,
    breakpoints: breakpointsNow(),
    writesNoDebug: writesNoDebug(begun),
  };
}

/**
 * The tasks that VS Code runs for a launch: those that started since, and the one it names where that ran already. Whatever
 * else runs meanwhile is a person's own.
 */
export function tasksOf({ tasks, from, folder, written }: Begun): readonly RanTask[] {
  const named: unknown = written["preLaunchTask"];
  const runs = runsBefore(named, writtenTasks(folder));
  return tasks().filter(
    (one) => runs(one.execution.task) && (one.from >= from || one.execution.task.name === named),
  );
}

function writtenTasks(folder: WorkspaceFolder | undefined): readonly unknown[] {
  const listed: unknown = workspace.getConfiguration("tasks", folder).get("tasks");
  return Array.isArray(listed) ? listed : [];
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
  const tells = saysReady(task.name, begun.folder);
  const idleMs = pid === undefined || to !== undefined ? undefined : idle(pid);
  return {
    name: task.name,
    ms: Math.round((to ?? now) - Math.max(from, begun.from)),
    running: to === undefined,
    background: task.isBackground,
    ...(tells !== undefined && { tellsReady: tells }),
    ...(pid !== undefined && { pid }),
    ...(idleMs !== undefined && { idleMs }),
  };
}

/** A task as it is written. */
interface WrittenTask {
  readonly label?: unknown;
  readonly problemMatcher?: unknown;
}

/**
 * Whether one of a task's problem matchers can tell VS Code that it is ready; undefined where the task is written nowhere,
 * or names a matcher of an extension that runs where this one does not see it.
 */
function saysReady(name: string, folder: WorkspaceFolder | undefined): boolean | undefined {
  const written = writtenTasks(folder).find((one) => (one as WrittenTask | null)?.label === name);
  if (written === undefined) return undefined;
  return tellsReady((written as WrittenTask).problemMatcher, namedMatchers());
}

/** The matchers that extensions bring along, such as $tsc-watch, and whether each has a background pattern. */
function namedMatchers(): ReadonlyMap<string, boolean> {
  const all = extensions.all.flatMap(({ packageJSON }) => packageJSON?.contributes?.problemMatchers ?? []);
  return new Map(all.map((one) => [`$${one?.name}`, Boolean(one?.background ?? one?.watching)]));
}
