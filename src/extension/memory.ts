import { join } from "node:path";
import { type ExtensionContext, workspace } from "vscode";
import { lastBuild, lastBuildOf } from "../causes/lastBuild.ts";
import type { LastBuild } from "../core/buildInputs.ts";
import type { EditorTask } from "../core/editor.ts";
import { type Launch, learnedAs, type Planned } from "../core/launch.ts";
import type { Timeline } from "../core/timeline.ts";
import { remember, type Timing, type Usual, usualOf } from "../core/usual.ts";
import { askOne } from "../examine/ask.ts";
import { localHost } from "../hosts/local.ts";
import { type EventLog, openEventLog } from "../session/eventLog.ts";
import type { Editor } from "./editor.ts";

/** How many configurations have their times remembered. */
const keptConfigurations = 100;

/** How long (ms) a task must have taken to be remembered. */
const longTaskMs = 10_000;

const tasksKey = "longestTasks";
const timingsKey = "timings";
const buildsKey = "lastBuilds";
type Timings = Readonly<Record<string, readonly Timing[]>>;

/** What each phase of a configuration usually takes, learned from its launches in this workspace. */
export function usualTimes(context: ExtensionContext, plan: Planned): Usual {
  return usualOf(context.workspaceState.get<Timings>(timingsKey, {})[learnedAs(plan)] ?? []);
}

/** A launch with what its last one in this workspace was built from, where that is remembered. */
export function withLastBuild({ workspaceState }: ExtensionContext, plan: Planned): Planned {
  const before = lastBuildOf(
    workspaceState.get<Readonly<Record<string, unknown>>>(buildsKey, {})[learnedAs(plan)],
  );
  return { ...plan, ...(before !== undefined && { before }) };
}

/** Remembers what a launch that got as far as running was built from: in the background, and only of this machine. */
async function rememberBuild({ workspaceState }: ExtensionContext, launch: Launch): Promise<void> {
  // Go may run what a folder holds.
  if (!workspace.isTrusted) return;
  const build = await lastBuild(launch, Date.now(), (one) => askOne(localHost, launch, one));
  if (build === undefined) return;
  const { [learnedAs(launch)]: _, ...others } = workspaceState.get<Readonly<Record<string, LastBuild>>>(
    buildsKey,
    {},
  );
  const entries = [...Object.entries(others), [learnedAs(launch), build] as const];
  await workspaceState.update(buildsKey, Object.fromEntries(entries.slice(-keptConfigurations)));
}

/** Remembers the times and the build of each launch that gets as far as running. */
export function rememberTimings({ context, launches }: Editor): void {
  const remembered = new WeakSet<object>();
  const subscription = launches.onChanged((followed) => {
    const launch = followed.state?.launch;
    if (launch === undefined || remembered.has(followed) || !cameToRun(launch.timeline)) return;
    remembered.add(followed);
    const { [learnedAs(launch)]: before = [], ...others } = context.workspaceState.get<Timings>(
      timingsKey,
      {},
    );
    // The configuration used last is the last to be forgotten.
    const entries = [
      ...Object.entries(others),
      [learnedAs(launch), remember(before, launch.timeline)] as const,
    ];
    void context.workspaceState.update(timingsKey, Object.fromEntries(entries.slice(-keptConfigurations)));
    if (followed.host.kind === "local") void rememberBuild(context, launch);
  });
  context.subscriptions.push(subscription);
}

function cameToRun({ phases, outcome }: Timeline): boolean {
  return phases.at(-1)?.name === "run" || outcome === "stopped";
}

/** How long (ms) the tasks took at most, by name, with which launches came to their debug adapter. */
export function longestTasks({ workspaceState }: ExtensionContext): Readonly<Record<string, number>> {
  return workspaceState.get(tasksKey, {});
}

/** Remembers the tasks of a launch that came to its debug adapter. */
export function rememberTasks(context: ExtensionContext, tasks: readonly EditorTask[]): void {
  const longest = longestTasks(context);
  const longer = tasks.filter(({ ms, name }) => ms > longTaskMs && ms > (longest[name] ?? 0));
  if (longer.length === 0) return;
  const now = { ...longest, ...Object.fromEntries(longer.map(({ name, ms }) => [name, ms])) };
  void context.workspaceState.update(tasksKey, now);
}

/** Opens the log of a launch in the workspace's storage. */
export function openLaunchLog({ storageUri, logUri }: ExtensionContext): EventLog {
  return openEventLog(join((storageUri ?? logUri).fsPath, "launches"));
}
