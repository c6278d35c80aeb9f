import { cause } from "../../core/cause.ts";
import type { Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { spent } from "../../core/timeline.ts";
import { cannotInstall, dlvInstall } from "../../probes/dlvInstall.ts";
import { dlvProgram } from "../../probes/dlvProgram.ts";
import { dlvStart } from "../../probes/dlvStart.ts";
import { platform } from "../../probes/platform.ts";
import { unplanned } from "../config/unplanned.ts";
import { startTrouble } from "./startTrouble.ts";
import { missingSupport } from "./unsupportedPlatform.ts";

/** A dlv that never listens: not there, not runnable, refused its flags, or died. */
export const dlvDiesOrMissingAtStart = cause({
  id: "dlv-dies-or-missing-at-start",
  title: say`dlv cannot be started, or ends before it listens`,
  about: {
    what: "dlv must start and listen before anything else can happen. A path that leads nowhere, a missing loader or `#!` program, a file for another processor, a flag in `dlvFlags` that this dlv does not know (it prints its usage and exits with code 0), or an address it cannot listen at end the launch before it began. The Go extension waits 30 s for the port all the same and then says only `timed out while waiting for DAP server to start`.",
    notThis:
      "Node reports ENOENT for the program when it is the working directory that is missing: the directory is looked at first, then the file, then its interpreter. A dlv that listens and fails later is something else.",
    sources: [
      "golang/vscode-go#1693",
      "golang/vscode-go#1682",
      "golang/vscode-go#2192",
      "microsoft/vscode-go#466",
      "microsoft/vscode-go#782",
    ],
    seen: "real",
  },
  needs: { file: dlvProgram, start: dlvStart, install: dlvInstall, on: platform },
  when: (launch) =>
    launch.mode !== "remote" &&
    launch.config["port"] === undefined &&
    neverListened(launch) &&
    unplanned(launch) === undefined,
  find({ file, start, install, on }, launch) {
    // Where none can be installed either, or none exists for this machine, that is what is wrong.
    const hopeless = cannotInstall(install) || missingSupport(on) !== undefined;
    if (file.kind === "missing" && hopeless) return undefined;
    const trouble = startTrouble(file, start, launch);
    if (trouble === undefined) return undefined;
    const { timeline } = launch;
    const exit = timeline.dlv?.exit;
    const ended = exit?.signal ? say`killed by ${exit.signal}` : say`exit code ${String(exit?.code)}`;
    return {
      certainty: trouble.certainty,
      because: trouble.because,
      evidence: [
        ...trouble.evidence,
        ...(timeline.spawnError === undefined ? [] : [say`starting dlv: ${timeline.spawnError.errno}`]),
        ...(timeline.dlv === undefined || exit === undefined
          ? []
          : [say`pid ${timeline.dlv.pid} dlv: ${ended}, before it listened`]),
      ],
      ...(timeline.totalMs > 0 && { explains: { phase: "start", ms: spent(timeline, "start") } }),
      fixes: trouble.fixes.map((fix, index) => ({ ...fix, preferred: index === 0 })),
    };
  },
});

/** Also true without a launch: then the file and its flags are all there is to look at. */
function neverListened({ timeline }: Launch): boolean {
  if (timeline.totalMs === 0) return true;
  if (timeline.spawnError !== undefined) return true;
  return timeline.dlv?.exit !== undefined && timeline.dlv.listening === undefined;
}
