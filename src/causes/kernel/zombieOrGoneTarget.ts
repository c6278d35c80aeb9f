import { cause, type Found } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import { say } from "../../core/say.ts";
import { type AttachTarget, attachTarget } from "../../probes/attachTarget.ts";
import { binary } from "../../probes/binary.ts";
import { isForeign, pidSpace, wasNeverHere } from "../../probes/pidSpace.ts";
import { type TargetAccess, targetAccess } from "../../probes/targetAccess.ts";
import { attachPid, lostLoad, saidBy, traces } from "../failure.ts";
import { noDwarf, noSuchProcess, ptraceDenied, yamaHint } from "../texts.ts";

const id = "zombie-or-gone-target";
const denied = new RegExp(`${ptraceDenied.source}|${yamaHint.source}`);

/** An attach needs a process that runs, and one whose program is Go's. */
export const zombieOrGoneTarget = cause({
  id,
  title: say`The process to attach to has ended, or is no Go program`,
  about: {
    what: "A number in `processId` is good until that process ends; a restarted service has another one, and a rebuilt program too. The kernel answers ESRCH (`no such process`). One that has ended and that its parent has not waited for yet is a zombie: it is still in the list of processes, and an attach gets `operation not permitted`. The number of a shell, of `go run` or of a container's runtime leads to a process without a line of the Go program: from 1.21 Delve attaches to it with the warning `no debug info found`, and no breakpoint is ever hit.",
    notThis:
      "A number from another pid namespace (a container's, the host's) is not known here at all, or is somebody else's. A zombie gets the same text as every other refusal: its state decides. A Go program linked with -s and -w gets the same warning: it still has Go's own tables.",
    sources: [
      "golang/vscode-go#1229",
      "https://man7.org/linux/man-pages/man2/ptrace.2.html",
      "https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html",
    ],
    seen: "real",
  },
  needs: { target: attachTarget, access: targetAccess, space: pidSpace, program: binary },
  when: (launch) => attachPid(launch) !== undefined && traces(launch),
  find({ target, access, space, program }, launch) {
    const pid = attachPid(launch);
    const { timeline } = launch;
    const failure = timeline.failure?.text ?? "";
    const before = timeline.totalMs === 0;
    if (pid === undefined || space === undefined || isForeign(space)) return undefined;
    if (target === undefined) {
      const refused = noSuchProcess.test(failure);
      if (!refused && (!before || space.hidden)) return undefined;
      if (!space.first && wasNeverHere(pid, space)) return undefined;
      return {
        certainty: refused ? "proven" : "likely",
        because: say`There is no process ${pid} any more.`,
        evidence: [
          say`/proc/${pid}: not there`,
          say`pid namespace ${space.name}: ${space.last} is the pid given last`,
          ...(refused ? [failure] : []),
        ],
        ...lostLoad(launch, noSuchProcess),
        fixes: [another(say`Process ${pid} has ended.`)],
      };
    }
    if (target.state === "Z") {
      const refused = denied.test(failure);
      if (!refused && !before) return undefined;
      return { ...zombie(target, access, refused), ...lostLoad(launch, denied) };
    }
    const complaint = saidBy(launch)
      .split("\n")
      .find((line) => noDwarf.test(line));
    if (program?.format !== "elf" || program.go || (complaint === undefined && !before)) return undefined;
    return {
      // A Go program that a packer has pressed into another one shows no sections either.
      certainty: complaint === undefined ? "possible" : "likely",
      because: say`${target.name} (pid ${pid}) runs ${program.path}, which is no Go program.`,
      evidence: [
        say`sections of ${program.path}: neither .gopclntab nor .go.buildinfo`,
        ...(complaint === undefined ? [] : [complaint]),
      ],
      ...lostLoad(launch, noDwarf),
      fixes: [another(say`${target.name} is no Go program; the one to debug may be a child of it.`)],
    };
  },
});

function zombie({ pid, name }: AttachTarget, access: TargetAccess | undefined, refused: boolean): Found {
  const parent = access === undefined ? say`its parent` : `${access.parent.name} (pid ${access.parent.pid})`;
  return {
    certainty: refused ? "proven" : "likely",
    because: say`${name} (pid ${pid}) has ended: it is a zombie until ${parent} waits for it.`,
    evidence: [
      `/proc/${pid}/status: State Z; PPid ${access?.parent.pid ?? say`unknown`}`,
      ...(refused ? [say`the attach was refused: operation not permitted`] : []),
    ],
    fixes: [another(say`Process ${pid} has ended; only its exit status is left.`)],
  };
}

function another(why: string): Fix {
  return {
    id: `${id}/another-process`,
    title: say`Attach to a process that runs the Go program now`,
    preferred: true,
    needsRoot: false,
    scope: "launch",
    action: {
      kind: "advice",
      text: say`${why} Start the program, and take the number that it has now (pgrep -x NAME). In VS Code "processId": "\${command:pickGoProcess}" shows the Go processes each time, and "processId": "NAME" finds it by its name.`,
    },
  };
}
