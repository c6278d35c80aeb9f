import { readFileSync, readlinkSync } from "node:fs";
import { basename } from "node:path";
import { type DebugAdapterTracker, type DebugSession, debug } from "vscode";
import { recordOf } from "../core/json.ts";
import { localHost } from "../hosts/local.ts";
import { sampleTree } from "../hosts/procfs.ts";
import { createObserver } from "../proxy/observe.ts";
import { track } from "../session/track.ts";
import type { Editor } from "./editor.ts";
import { openLaunchLog } from "./memory.ts";
import { isOurs, planOf, trackOptions } from "./serve.ts";
import { settingsFor } from "./settings.ts";

/** How often and how long (ms) the extension host's children are searched for the dlv that was just started. */
const lookMs = 100;
const lookForMs = 10_000;

/** The dlv processes that belong to a session already. */
const taken = new Set<number>();

/**
 * Follows a session that does not go through us, by listening: phases from the launch request on, what dlv's process tree
 * does, stalls, the report. The start of dlv is seen only as time, and nothing can be cancelled by us.
 */
export function observe(editor: Editor, session: DebugSession): DebugAdapterTracker | undefined {
  const { configuration, workspaceFolder: folder, name } = session;
  if (isOurs(configuration["debugServer"])) return undefined;
  const { mode, skipConfigurations } = settingsFor(folder);
  if (mode === "off" || skipConfigurations.includes(name)) return undefined;
  const plan = planOf(folder, configuration);
  const options = trackOptions(editor, folder, plan);
  const log = openLaunchLog(editor.context);
  const observer = createObserver();
  const recording = track({
    ...options,
    log: log.write,
    changed(state) {
      followed.state = state;
      editor.launches.changed(followed);
    },
  });
  const followed = editor.launches.add({
    name: plan.name,
    via: "observe",
    folder,
    host: localHost,
    written: editor.seen.get(plan.name),
    usual: options.usual,
    launch: recording.launch,
    events: recording.events,
    end: async () => debug.stopDebugging(session),
  });
  let pid: number | undefined;
  const began = performance.now();
  const looking = setInterval(() => {
    pid ??= findDlv(plan.dlv);
    if (pid !== undefined) recording.record({ kind: "spawned", ...readProcess(pid) });
    if (pid !== undefined || performance.now() - began > lookForMs) clearInterval(looking);
  }, lookMs);
  const close = () => {
    clearInterval(looking);
    if (pid !== undefined) taken.delete(pid);
    recording.close();
    log.close();
    editor.launches.gone(followed);
  };
  editor.log.info(`${plan.name}: observing`);
  return {
    onWillReceiveMessage(message: unknown) {
      const request = recordOf(message);
      const command = request["command"];
      if (request["type"] === "request" && (command === "launch" || command === "attach"))
        recording.adopt(command, recordOf(request["arguments"]));
      for (const happening of observer.fromClient(request)) recording.record(happening);
    },
    onDidSendMessage(message: unknown) {
      for (const happening of observer.toClient(recordOf(message))) recording.record(happening);
    },
    onWillStopSession: close,
    onExit: close,
  };
}

/** The dlv that the extension host has started last and that no other session has. */
function findDlv(dlv: string): number | undefined {
  const { processes } = sampleTree(process.pid);
  // dlv has a child of its own name, which sends its telemetry.
  const ours = processes.filter(({ ppid, name }) => ppid === process.pid && name === basename(dlv));
  const pid = ours.findLast((one) => !taken.has(one.pid))?.pid;
  if (pid !== undefined) taken.add(pid);
  return pid;
}

function readProcess(pid: number): { pid: number; argv: string[]; cwd: string } {
  try {
    const argv = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").slice(0, -1);
    return { pid, argv, cwd: readlinkSync(`/proc/${pid}/cwd`) };
  } catch {
    return { pid, argv: [], cwd: "" };
  }
}
