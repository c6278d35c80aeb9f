import { probe } from "../core/probe.ts";

/** A `go build` that Delve started and whose Delve is gone. */
export interface OrphanBuild {
  readonly pid: number;
  readonly ppid: number;
  /** What took it over: "systemd", "init" … */
  readonly parent: string;
  /** The kernel's ticks since boot when it started, and how many seconds ago that was. */
  readonly start: number;
  readonly seconds: number;
  readonly output: string;
  readonly cwd: string;
  /** Its own processes, compilers and the like. */
  readonly children: number;
  readonly foreign: boolean;
}

/**
 * Looks for builds of debug binaries whose parent is not the dlv that asked for them: a process whose parent ends is
 * given to process 1 or to a subreaper (systemd's user manager, a container's init).
 */
export const orphanBuilds = probe<readonly OrphanBuild[]>({
  id: "orphan-builds",
  sh: `ticks=$(getconf CLK_TCK 2>/dev/null || echo 100)
read -r up rest </proc/uptime
for file in $(grep -ls '__debug_bin' /proc/[0-9]*/cmdline); do
  pid=\${file#/proc/} pid=\${pid%/cmdline}
  read -r name <"/proc/$pid/comm" && [ "$name" = go ] || continue
  output=$(tr '\\000\\n' '\\n ' <"$file" | awk 'NR == 2 && !/^(build|test)$/ { exit } last == "-o" { print; exit } { last = $0 }')
  case \${output##*/} in __debug_bin*) ;; *) continue ;; esac
  stat=$(sed 's/.*) //' "/proc/$pid/stat")
  ppid=$(echo "$stat" | cut -d' ' -f2)
  start=$(echo "$stat" | cut -d' ' -f20)
  parent=
  read -r parent <"/proc/$ppid/comm"
  children=$(cat /proc/[0-9]*/stat | sed 's/.*) //' | awk -v pid="$pid" '$2 == pid' | wc -l)
  foreign=0
  case $(id -u) in 0|"$(sed -n 's/^Uid:[^0-9]*\\([0-9]*\\).*/\\1/p' "/proc/$pid/status")") ;; *) foreign=1 ;; esac
  printf 'build %s %s %s %s %s %s %s\\n' "$pid" "$ppid" "$start" "$((\${up%.*} - start / ticks))" "$((children))" "$foreign" "$parent"
  printf 'output %s\\ncwd %s\\n' "$output" "$(readlink "/proc/$pid/cwd")"
done 2>/dev/null
exit 0
`,
  read: ({ stdout }) =>
    Array.from(
      stdout.matchAll(/^build (\d+) (\d+) (\d+) (-?\d+) (\d+) ([01]) (.*)\noutput (.*)\ncwd (.*)$/gm),
      ([, pid, ppid, start, age, children, foreign, parent = "", output = "", cwd = ""]) => ({
        pid: Number(pid),
        ppid: Number(ppid),
        parent,
        start: Number(start),
        seconds: Math.max(0, Number(age)),
        output,
        cwd,
        children: Number(children),
        foreign: foreign === "1",
      }),
    ).filter(isOrphan),
});

/** A dlv that is process 1 of its container is the parent of its own build. */
function isOrphan({ ppid, parent }: OrphanBuild): boolean {
  return ppid <= 1 ? !/^dlv/.test(parent) : reapers.test(parent);
}

const reapers = /^(?:systemd|init|tini|dumb-init|catatonit|docker-init|conmon)$/;
