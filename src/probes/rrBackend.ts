import { probe } from "../core/probe.ts";

/** What rr needs of the host. */
export interface RrBackend {
  /** The rr that dlv's PATH finds. */
  readonly rr?: string;
  /** kernel.perf_event_paranoid; rr needs 1 or less. Undefined where the kernel has no such file. */
  readonly paranoid?: number;
}

/** Looks for rr where dlv looks for it, and reads the kernel's setting; rr is not run. */
export const rrBackend = probe({
  id: "rr-backend",
  sh: `
rr=$(PATH=$LAUNCH_PATH; command -v rr)
case $rr in /*) echo "rr $rr" ;; esac
echo "paranoid $(cat /proc/sys/kernel/perf_event_paranoid 2>/dev/null)"
`,
  read({ stdout }): RrBackend {
    const rr = /^rr (.+)$/m.exec(stdout)?.[1];
    const paranoid = /^paranoid (-?\d+)$/m.exec(stdout)?.[1];
    return { ...(rr !== undefined && { rr }), ...(paranoid !== undefined && { paranoid: Number(paranoid) }) };
  },
});
