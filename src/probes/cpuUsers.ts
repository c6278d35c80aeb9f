import { probe } from "../core/probe.ts";
import { say } from "../core/say.ts";

/** Processes of one name outside dlv's tree, the busiest first. CPU in ms within the look, memory in bytes. */
export interface CpuUser {
  readonly name: string;
  readonly pids: readonly number[];
  readonly cpuMs: number;
  readonly rssBytes: number;
}

/** Who used this machine's CPUs for about half a second. */
export interface CpuUsers {
  readonly cpus: number;
  /** How long the look took, and how much CPU was used by anything in it, in ms. */
  readonly ms: number;
  readonly busyMs: number;
  /** dlv's tree: what it used, children that ended included, and how many of its processes were seen ready to run. */
  readonly tree: { readonly cpuMs: number; readonly runnable: number };
  readonly others: readonly CpuUser[];
  /** MemAvailable and MemTotal of proc_meminfo(5). */
  readonly memory: { readonly availableBytes: number; readonly totalBytes: number };
}

/** Reads the CPU times of every process that /proc shows twice, half a second apart: a diagnosis shall take no longer than a second. */
export const cpuUsers = probe({
  id: "cpu-users",
  // It is asked where CPUs are busy.
  limitMs: 20_000,
  args: ({ timeline }) => [String(timeline.dlv?.pid ?? "")],
  sh: `
[ -r /proc/stat ] || exit 71
look() {
  echo "$1"
  grep '^cpu ' /proc/stat
  cat /proc/[0-9]*/stat 2>/dev/null | awk '{
    end = match($0, /\\) [^)]*$/); open = index($0, "(")
    split(substr($0, end + 2), f, " ")
    print "p", $1, f[1], f[2], f[12] + f[13], f[14] + f[15], f[22], substr($0, open + 1, end - open - 1)
  }'
}
echo "root \${1:-0} self $$ cpus $(grep -c '^cpu[0-9]' /proc/stat) page $(getconf PAGESIZE 2>/dev/null || echo 4096)"
grep -E '^Mem(Total|Available):' /proc/meminfo
look before
sleep 0.5 2>/dev/null || sleep 1
look after
`,
  read({ code, stdout }): CpuUsers {
    const [head = "", first = "", second = ""] = stdout.split(/^(?=before$|after$)/m);
    const [, root, self, cpus, page] = (
      /^root (\d+) self (\d+) cpus (\d+) page (\d+)$/m.exec(head) ?? []
    ).map(Number);
    if (code !== 0 || second === "") throw new Error(say`there is no /proc to read CPU times from`);
    const before = readLook(first);
    const after = readLook(second);
    const memory = (name: string) =>
      Number(new RegExp(`^${name}:\\s*(\\d+)`, "m").exec(head)?.[1] ?? 0) * 1024;
    const mine = treeOf(root ?? 0, after);
    const asking = treeOf(self ?? 0, after);
    const used = (one: Seen, reaped: boolean) => {
      const was = before.processes.get(one.pid);
      const own = one.cpuMs - (was?.cpuMs ?? 0);
      return Math.max(0, own + (reaped ? one.reapedMs - (was?.reapedMs ?? 0) : 0));
    };
    const all = [...after.processes.values()];
    const tree = all.filter(({ pid }) => mine.has(pid));
    return {
      cpus: cpus ?? 1,
      ms: (after.allMs - before.allMs) / Math.max(1, cpus ?? 1),
      busyMs: after.busyMs - before.busyMs,
      tree: {
        cpuMs: tree.reduce((sum, one) => sum + used(one, true), 0),
        runnable: tree.filter(({ pid, state }) => [state, before.processes.get(pid)?.state].includes("R"))
          .length,
      },
      others: byName(
        all
          .filter(({ pid }) => !mine.has(pid) && !asking.has(pid))
          .map((one) => ({ ...one, cpuMs: used(one, false), rssBytes: one.pages * (page ?? 4096) })),
      ),
      memory: { availableBytes: memory("MemAvailable"), totalBytes: memory("MemTotal") },
    };
  },
});

interface Seen {
  readonly pid: number;
  readonly state: string;
  readonly ppid: number;
  readonly cpuMs: number;
  readonly reapedMs: number;
  readonly pages: number;
  readonly name: string;
}

/** USER_HZ is 100 on every Linux architecture that Go and Delve support (time(7)). */
const tickMs = 10;

function readLook(text: string) {
  // Steal is what other virtual machines took: no CPU was left over there. One line has it all, so that the parts fit together
  // however late a busy machine reads the next one.
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = (
    /^cpu +(.*)$/m.exec(text)?.[1] ?? ""
  )
    .split(" ")
    .map(Number);
  const processes = new Map<number, Seen>();
  for (const [, id, state = "", ...rest] of text.matchAll(/^p (\d+) (\S) (\d+) (\d+) (\d+) (\d+) (.*)$/gm)) {
    const [ppid = 0, own = 0, reaped = 0, pages = 0] = rest.slice(0, 4).map(Number);
    const pid = Number(id);
    const name = rest[4] ?? "";
    processes.set(pid, { pid, state, ppid, cpuMs: own * tickMs, reapedMs: reaped * tickMs, pages, name });
  }
  const busyMs = (user + nice + system + irq + softirq + steal) * tickMs;
  return { allMs: busyMs + (idle + iowait) * tickMs, busyMs, processes };
}

function treeOf(root: number, { processes }: ReturnType<typeof readLook>): ReadonlySet<number> {
  const tree = new Set([root]);
  for (let size = 0; size !== tree.size; ) {
    size = tree.size;
    for (const { pid, ppid } of processes.values()) if (tree.has(ppid)) tree.add(pid);
  }
  return tree;
}

function byName(seen: readonly (Seen & { readonly rssBytes: number })[]): CpuUser[] {
  const users = new Map<string, CpuUser>();
  for (const { name, pid, cpuMs, rssBytes } of seen) {
    if (cpuMs === 0) continue;
    const { pids = [], cpuMs: sum = 0, rssBytes: rss = 0 } = users.get(name) ?? {};
    users.set(name, { name, pids: [...pids, pid], cpuMs: sum + cpuMs, rssBytes: rss + rssBytes });
  }
  return [...users.values()].sort((a, b) => b.cpuMs - a.cpuMs);
}
