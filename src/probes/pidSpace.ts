import { probe } from "../core/probe.ts";

/** The pid namespace that dlv starts in, and whether /proc is of the same one. */
export interface PidSpace {
  /** The machine's first namespace: its number is fixed (PROC_PID_INIT_INO of linux/proc_ns.h). */
  readonly first: boolean;
  /** The link /proc/self/ns/pid. */
  readonly name: string;
  /** /proc/self leads to a process: not so where /proc is of a namespace that does not know us. */
  readonly shown: boolean;
  /** Our own pids as NSpid of /proc/self/status lists them: two and more where /proc is of an outer namespace; none before Linux 4.1. */
  readonly pids: readonly number[];
  /** The pid given last in this namespace (proc_loadavg(5)), and whether the numbers have begun anew since. */
  readonly last: number;
  readonly wrapped: boolean;
  /** /proc is mounted with hidepid: it hides processes that are there. */
  readonly hidden: boolean;
}

/** Undefined where there is no Linux. */
export const pidSpace = probe({
  id: "pid-space",
  sh: `
[ "$(uname -s)" = Linux ] || exit 0
echo "name $(readlink /proc/self/ns/pid 2>/dev/null)"
[ -r /proc/self/status ] && echo shown
echo "pids" $(sed -n 's/^NSpid:[[:space:]]*//p' /proc/self/status 2>/dev/null)
echo "last $(cut -d' ' -f5 /proc/loadavg 2>/dev/null)"
echo "highest $(ls /proc | grep -E '^[0-9]+$' | sort -n | tail -n 1)"
grep -qE ' - proc .*hidepid=([12]|noaccess|invisible)' /proc/self/mountinfo 2>/dev/null && echo hidden
exit 0
`,
  read({ stdout }): PidSpace | undefined {
    const field = (name: string) => new RegExp(`^${name} (.*)$`, "m").exec(stdout)?.[1];
    const name = field("name");
    if (name === undefined) return undefined;
    const last = Number(field("last") ?? 0);
    return {
      first: name === "pid:[4026531836]",
      name,
      shown: /^shown$/m.test(stdout),
      pids: (field("pids") ?? "").split(" ").filter(Boolean).map(Number),
      last,
      // A pid above the last one was given before the numbers began anew; ours may be a little younger than "last".
      wrapped: Number(field("highest") ?? 0) > last + 1000,
      hidden: /^hidden$/m.test(stdout),
    };
  },
});

/** True where /proc is not of the namespace that our processes are in: every pid in it is another one. */
export function isForeign({ shown, pids }: PidSpace): boolean {
  return !shown || pids.length > 1;
}

/** True where this namespace has never given that pid: whoever has it is in another one. */
export function wasNeverHere(pid: number, { last, wrapped }: PidSpace): boolean {
  return last > 0 && !wrapped && pid > last;
}
