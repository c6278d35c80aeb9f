import { homedir } from "node:os";
import { Uri, window, workspace } from "vscode";
import { say } from "../core/say.ts";
import { traceText } from "../report/traceEvent.ts";
import { launchOf } from "./diagnose.ts";
import type { Followed } from "./launches.ts";

/** Saves a launch as a trace where the person says; nothing happens where they say nowhere. */
export async function saveTrace(followed: Followed): Promise<void> {
  const { name, folder, events, diagnosed, state } = followed;
  if (events === undefined)
    throw new Error(say`"${name}" has not come to its debug adapter: there is nothing to save`);
  const file = await window.showSaveDialog({
    title: say`Save Launch Trace`,
    defaultUri: Uri.joinPath(folder?.uri ?? Uri.file(homedir()), fileNameOf(name)),
    filters: { "Trace Event JSON": ["json"] },
  });
  if (file === undefined) return;
  const stalled = state !== undefined && !state.over && state.stall !== undefined;
  const text = traceText({
    events,
    timeline: launchOf(followed).timeline,
    ...(stalled && { outcome: "stalled" as const }),
    ...(diagnosed !== undefined && { findings: diagnosed.report.findings }),
  });
  await workspace.fs.writeFile(file, new TextEncoder().encode(text));
  window.setStatusBarMessage(`$(check) ${say`The launch is saved for Perfetto: ${file.fsPath}`}`, 5000);
}

/** A configuration may be called anything; a file may not. */
function fileNameOf(name: string): string {
  return `${name.replace(/[\p{Cc}/\\:*?"<>|]+/gu, "-") || "launch"}.trace.json`;
}
