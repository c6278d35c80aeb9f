import { debuggeeOf } from "../core/debuggee.ts";
import { probe } from "../core/probe.ts";

/** What became of the debugged program. */
export interface ProgramEnd {
  readonly pid: number;
  /** gone: no such process. dead: it has ended and dlv has not asked how. */
  readonly state: "alive" | "dead" | "gone";
  /** The signal that ended it, where the kernel still knows. */
  readonly signal?: number;
}

/**
 * Looks whether the debugged program is still there. Of a process that has ended and was not waited for, the last field of
 * its stat is what waitpid(2) would give (proc_pid_stat(5)).
 */
export const programEnd = probe<ProgramEnd | undefined>({
  id: "program-end",
  args: ({ timeline }) => [String(debuggeeOf(timeline)?.pid ?? ""), String(timeline.dlv?.pid ?? "")],
  sh: `
[ -n "$1" ] || exit 0
printf 'pid %s\\n' "$1"
stat=
{ read -r stat <"/proc/$1/stat"; } 2>/dev/null && printf 'stat %s\\n' "\${stat##*) }"
printf 'dlv %s\\n' "$2"
exit 0
`,
  read({ stdout }): ProgramEnd | undefined {
    const pid = /^pid (\d+)$/m.exec(stdout)?.[1];
    if (pid === undefined) return undefined;
    const given = /^stat (.+)$/m.exec(stdout)?.[1]?.split(" ");
    // A pid that is no child of dlv's is another program's by now.
    const stat = given?.[1] === /^dlv (\d+)$/m.exec(stdout)?.[1] ? given : undefined;
    const state = stat === undefined ? "gone" : "ZX".includes(stat[0] ?? "") ? "dead" : "alive";
    // The low seven bits of a wait status are the signal.
    const signal = state === "dead" ? Number(stat?.at(-1) ?? 0) & 0x7f : 0;
    return {
      pid: Number(pid),
      state,
      ...(signal > 0 && { signal }),
    };
  },
});
