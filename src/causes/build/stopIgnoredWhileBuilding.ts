import { cause } from "../../core/cause.ts";
import { endProcess } from "../../core/endProcess.ts";
import type { Fix } from "../../core/fix.ts";
import { builds } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { type OrphanBuild, orphanBuilds } from "../../probes/orphanBuilds.ts";

const id = "stop-ignored-while-building";

/** Delve does not read its client while it builds, and who loses patience and kills dlv leaves its go behind. */
export const stopIgnoredWhileBuilding = cause({
  id,
  title: say`The build of a launch that was stopped still runs`,
  about: {
    what: "Delve runs `go build` and reads nothing from the editor meanwhile, so a stop is answered only when the build is over. An editor that loses patience kills dlv, and only dlv: its `go build -o …__debug_bin…` goes on without it, with every compiler it starts, takes the CPU and the locks that the next launch needs, and writes a binary that nobody runs or removes.",
    notThis:
      "A build whose dlv is alive belongs to another debug session and is left alone. A `go build` of yours writes to another name, and one in another folder is no launch of this program. The slow launch itself may have any other reason as well: how much this build takes from it cannot be told.",
    sources: [
      "go-delve/delve: service/dap/server.go (onLaunchRequest)",
      "microsoft/vscode#251663",
      "microsoft/vscode#62346",
    ],
    seen: "real",
  },
  needs: { orphans: orphanBuilds },
  when: builds,
  find({ orphans: all }, { timeline, cwd }) {
    const own = new Set(timeline.last?.processes.map(({ pid }) => pid));
    // A build somewhere else takes CPU like any other program, and is not what was stopped here.
    const orphans = all.filter(
      (one) => !own.has(one.pid) && (one.cwd === cwd || one.output.startsWith(`${cwd}/`)),
    );
    const [first] = orphans;
    if (first === undefined) return undefined;
    return {
      certainty: "proven",
      because:
        orphans.length > 1
          ? say`go build (pid ${first.pid}) of a launch that is over still runs after ${first.seconds} s (and ${orphans.length - 1} more): its dlv is gone.`
          : say`go build (pid ${first.pid}) of a launch that is over still runs after ${first.seconds} s: its dlv is gone.`,
      evidence: orphans.map(
        ({ pid, ppid, parent, output, cwd, children }) =>
          say`pid ${pid}: go build -o ${output} in ${cwd}, ${children} processes below it, its parent is ${parent || say`process`} (pid ${ppid})`,
      ),
      fixes: orphans.map((one, index) => end(one, index === 0)),
    };
  },
});

/** go answers SIGINT by ending its compilers and removing its work directory; SIGTERM is for one that does not. */
function end(orphan: OrphanBuild, preferred: boolean): Fix {
  return {
    id: preferred ? `${id}/end` : `${id}/end-${orphan.pid}`,
    title: say`End go build (pid ${orphan.pid}), which nobody waits for`,
    preferred,
    needsRoot: orphan.foreign,
    scope: "until-reboot",
    action: endProcess(orphan, ["INT", "TERM"]),
  };
}
