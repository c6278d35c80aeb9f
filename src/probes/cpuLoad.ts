import { probe } from "../core/probe.ts";

/** How busy the machine is; each part is there where the kernel tells it. */
export interface CpuLoad {
  /** The load of the last minute (proc_loadavg(5)), and the CPUs that there are. */
  readonly load?: number;
  readonly cpus?: number;
  /** The share of the last ten seconds, in percent, in which something waited for a CPU (PSI). */
  readonly waited?: number;
}

/** Reads the load and the pressure off /proc. */
export const cpuLoad = probe<CpuLoad>({
  id: "cpu-load",
  sh: `
[ -r /proc/loadavg ] && echo "load $(cut -d' ' -f1 /proc/loadavg)"
echo "cpus $(getconf _NPROCESSORS_ONLN 2>/dev/null || nproc 2>/dev/null)"
[ -r /proc/pressure/cpu ] && sed -n 's/^some avg10=\\([0-9.]*\\).*/waited \\1/p' /proc/pressure/cpu 2>/dev/null
exit 0
`,
  read({ stdout }): CpuLoad {
    const number = (key: string) => {
      const text = new RegExp(`^${key} ([\\d.]+)$`, "m").exec(stdout)?.[1];
      return text === undefined ? undefined : Number(text);
    };
    const [load, cpus, waited] = [number("load"), number("cpus"), number("waited")];
    return {
      ...(load !== undefined && { load }),
      ...(cpus !== undefined && { cpus }),
      ...(waited !== undefined && { waited }),
    };
  },
});
