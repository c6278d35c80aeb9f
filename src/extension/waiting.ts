import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { type DebugConfiguration, debug, workspace } from "vscode";
import { type EditorState, runningTasks } from "../core/editor.ts";
import type { Launch } from "../core/launch.ts";
import { noTimeline } from "../core/timeline.ts";
import { watchIdle } from "../hosts/idle.ts";
import { localHost } from "../hosts/local.ts";
import { makeReport } from "../report/report.ts";
import type { Begun } from "./begun.ts";
import { judge } from "./diagnose.ts";
import { type Editor, inBackground } from "./editor.ts";
import { editorState, tasksOf } from "./editorState.ts";
import { goExtension } from "./goExtension.ts";
import type { Followed } from "./launches.ts";
import { longestTasks, usualTimes } from "./memory.ts";
import { planOf } from "./serve.ts";
import { settingsFor } from "./settings.ts";

/**
 * How often (ms) a launch that waits is looked at, after which time its cause is looked for again (twice as long after each
 * time, because nobody tells that a launch was given up), and when it is given up: in any case, and after its last task.
 */
const tickMs = 1000;
const judgeMs = 4000;
const giveUpMs = 60 * 60_000;
const afterTaskMs = 15_000;

/** How long (ms) VS Code may wait: for what cannot end by itself or for an answer, and for a task that may yet end. */
const patience = { endless: 10_000, task: 30_000 };

/**
 * Follows a launch that VS Code has begun and that does not come to its debug adapter. It is told of only where a cause of
 * that is found: a task that works, a question the person is about to answer, a launch that was given up are none of ours.
 */
export function watchWaiting(editor: Editor, begun: Begun): void {
  const { mode, skipConfigurations } = settingsFor(begun.folder);
  const { name } = begun.written;
  if (mode === "off" || skipConfigurations.includes(name) || !workspace.isTrusted) return;
  const idle = watchIdle();
  let followed: Followed | undefined;
  let launch = launchOf(begun, { ms: 0, tasks: [], go: { state: "missing" }, breakpoints: [] });
  let judgeAt = 0;
  let pauseMs = judgeMs;
  let busy = false;
  const look = async () => {
    if (begun.over || performance.now() - begun.from > giveUpMs || isPast(begun)) return end();
    const state = editorState(begun, await goExtension(editor.context, true), idle);
    launch = launchOf(begun, state);
    if (followed !== undefined) return tell(followed);
    const now = performance.now();
    if (!isDue(editor, begun, state) || now < judgeAt) return;
    judgeAt = now + pauseMs;
    pauseMs *= 2;
    const verdicts = await judge(launch, { folder: begun.folder, host: localHost }, "editorCauses");
    const { findings } = verdicts;
    if (begun.over || !findings.some(({ explains }) => explains?.phase === "editor")) return;
    followed = editor.launches.add(following());
    // The warning names this cause at once; the others are looked for meanwhile, which may take longer.
    followed.diagnosed = { verdicts, report: makeReport(localHost, launch, verdicts, "stalled") };
    editor.log.info(`${name}: ${findings[0]?.because}`);
    tell(followed);
  };
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    inBackground(
      editor,
      look().finally(() => (busy = false)),
    );
  }, tickMs);

  function following(): Omit<Followed, "id"> {
    return {
      ...{ name, via: "waiting", folder: begun.folder, host: localHost, written: begun.written },
      launch: () => launch,
      usual: usualTimes(editor.context, launch),
      cancel: () => inBackground(editor, cancel()),
      end: cancel,
    };
  }

  function tell(one: Followed): void {
    const { ms = 0 } = launch.editor ?? {};
    // Late is what has progress of its own; VS Code shows its own for a task.
    const stall = { phase: "start", phaseMs: ms, usualMs: patience.endless, idleMs: ms } as const;
    one.state = { launch, late: false, over: false, stall };
    editor.launches.changed(one);
  }

  async function cancel(): Promise<void> {
    if (begun.over) return;
    begun.over = true;
    // Without a session VS Code gives up what it is about to start; with one it would end that.
    if (editor.sessions.size === 0 && debug.activeDebugSession === undefined) await debug.stopDebugging();
    // A task that ran before, or while the Go extension was asked, was not started for this launch.
    for (const { execution, from, to } of begun.looked ? tasksOf(begun) : [])
      if (to === undefined && from >= begun.from) execution.terminate();
    end();
  }

  function end(): void {
    clearInterval(timer);
    if (followed !== undefined && !followed.gone) editor.launches.gone(followed);
  }
}

function launchOf({ folder, written, looked }: Begun, editor: EditorState): Launch {
  const config: DebugConfiguration = looked ? written : { ...written, dlvToolPath: dlvOf(written) };
  return { ...planOf(folder, config), editor, timeline: noTimeline };
}

/** The dlv that the Go extension is going to find (0.58): its setting, GOBIN, GOPATH/bin; else PATH decides. */
function dlvOf({ dlvToolPath }: DebugConfiguration): string {
  const { GOBIN, GOPATH = join(homedir(), "go") } = process.env;
  const tools = workspace.getConfiguration("go").get<Readonly<Record<string, string>>>("alternateTools", {});
  const folders = [...(GOBIN ? [GOBIN] : []), ...GOPATH.split(delimiter).map((path) => join(path, "bin"))];
  const files = [tools["dlv"] ?? "", ...folders.map((folder) => join(folder, "dlv"))];
  return dlvToolPath ?? files.find((file) => file.startsWith("/") && existsSync(file)) ?? "dlv";
}

/**
 * True once VS Code waits for nothing that can be seen: the Go extension is done, and there is no task, or all have ended.
 * It may ask the person then whether to launch after a task that failed, and nobody hears the answer.
 */
function isPast(begun: Begun): boolean {
  if (!begun.looked) return false;
  if (begun.written["preLaunchTask"] === undefined) return true;
  const ends = tasksOf(begun).map(({ to = Number.POSITIVE_INFINITY }) => to);
  return ends.length > 0 && performance.now() - Math.max(...ends) > afterTaskMs;
}

/** A task that has ended in time before may take half as long again. */
function isDue({ context }: Editor, { folder }: Begun, state: EditorState): boolean {
  const { stallAfter } = settingsFor(folder);
  if (state.waits === "resolve") return state.ms >= (stallAfter ?? patience.endless);
  return runningTasks(state).some(({ name, ms, background, tellsReady }) => {
    const longest = longestTasks(context)[name] ?? 0;
    const usual =
      background && tellsReady === false ? patience.endless : Math.max(patience.task, longest * 1.5);
    return ms >= (stallAfter ?? usual);
  });
}
