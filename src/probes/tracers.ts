import { probe } from "../core/probe.ts";

/** A process that traces another. ptrace(2) is a thread's, so TracerPid names a thread: `pid` is its process. */
export interface Tracer {
  readonly pid: number;
  readonly thread: number;
  readonly name: string;
}

/** Who traces the process that an attach names, and who traces everything that is started here. */
export interface Tracers {
  readonly target?: Tracer;
  readonly own?: Tracer;
}

/** Reads TracerPid of both, and maps it to the tracer's process and name. */
export const tracers = probe({
  id: "tracers",
  args: (launch) => [String(launch.config["processId"] ?? "")],
  sh: `
look() {
  t=$(sed -n 's/^TracerPid:[[:space:]]*//p' "/proc/$2/status" 2>/dev/null)
  [ "\${t:-0}" = 0 ] && return
  g=$(sed -n 's/^Tgid:[[:space:]]*//p' "/proc/$t/status" 2>/dev/null)
  echo "$1 $t \${g:-$t} $(sed -n 's/^Name:[[:space:]]*//p' "/proc/$t/status" 2>/dev/null)"
}
case $1 in '' | 0 | *[!0-9]*) ;; *) look target "$1" ;; esac
look own self
exit 0
`,
  read({ stdout }): Tracers {
    const tracer = (whose: string): Tracer | undefined => {
      const [, thread, pid, name = ""] = new RegExp(`^${whose} (\\d+) (\\d+) (.*)$`, "m").exec(stdout) ?? [];
      return pid === undefined ? undefined : { pid: Number(pid), thread: Number(thread), name };
    };
    const [target, own] = [tracer("target"), tracer("own")];
    return { ...(target !== undefined && { target }), ...(own !== undefined && { own }) };
  },
});
