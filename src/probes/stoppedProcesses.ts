import { probe } from "../core/probe.ts";

/** A process that a signal has stopped: state T of proc_pid_stat(5), and nobody traces it. */
export interface StoppedProcess {
  readonly pid: number;
  readonly name: string;
  /** The kernel function that it sleeps in, where readable: do_signal_stop. */
  readonly wchan?: string;
  /** True when it belongs to a terminal's session, where Ctrl+Z, or reading in the background, stops it. */
  readonly terminal: boolean;
}

/** Looks again at the processes that were last seen stopped, and gives those that still are. */
export const stoppedProcesses = probe({
  id: "stopped-processes",
  args: ({ timeline }) =>
    (timeline.last?.processes ?? []).filter(({ state }) => state === "T").map(({ pid }) => String(pid)),
  sh: `
for p; do
  read -r stat <"/proc/$p/stat" || continue
  grep -q '^TracerPid:.0$' "/proc/$p/status" || continue
  echo "$p $(cat "/proc/$p/wchan" 2>/dev/null || echo 0) $stat"
done 2>/dev/null
exit 0
`,
  read({ stdout }): StoppedProcess[] {
    return Array.from(
      stdout.matchAll(/^(\d+) (\S+) \d+ \((.*)\) T \d+ \d+ \d+ (-?\d+) /gm),
      ([, pid, wchan = "0", name = "", tty]) => ({
        pid: Number(pid),
        name,
        ...(wchan !== "0" && { wchan }),
        terminal: Number(tty) > 0,
      }),
    );
  },
});
