import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** One line of the process table: proc_pid_stat(5). `started` tells a process from a later one of the same pid. */
interface Process {
  readonly pid: number;
  readonly ppid: number;
  readonly session: number;
  readonly alive: boolean;
  readonly started: string;
}

/** How long (ms) a tree that does not go away is still waited for: a process in state D outlives SIGKILL. */
const patienceMs = 3000;
const stepMs = 15;

/** Which processes belong to a dlv: its descendants, and its whole session where we started one for it. */
export interface Tree {
  readonly root: number;
  readonly ownsSession: boolean;
}

/** The pids of a tree that are alive now. Empty where there is no /proc. */
export function pidsOf(tree: Tree): number[] {
  return members(tree, processTable() ?? new Map(), new Map()).map(({ pid }) => pid);
}

/** Those of a tree that run on although the process that has started them has ended. Empty where there is no /proc. */
export function orphansOf(tree: Tree): number[] {
  const all = members(tree, processTable() ?? new Map(), new Map());
  const pids = new Set(all.map(({ pid }) => pid));
  return all.flatMap(({ pid, ppid }) => (pid === tree.root || pids.has(ppid) ? [] : [pid]));
}

/**
 * Ends a tree: `first` to every process of it, and SIGKILL to what is left `graceMs` later. A process that is started
 * meanwhile, or whose parent is gone already, is found too: it is still in the session. `found` hears every pid before
 * it is signalled. Resolves when all are gone, or after three seconds.
 */
export async function endTree(
  tree: Tree,
  first: NodeJS.Signals,
  graceMs: number,
  found: (pid: number) => void = () => {},
): Promise<void> {
  const doomed = new Map<number, string>();
  const begun = performance.now();
  for (;;) {
    const passed = performance.now() - begun;
    const table = processTable();
    if (table === undefined) {
      if (!signalGroup(tree, passed < graceMs ? first : "SIGKILL") || passed > patienceMs) return;
    } else {
      const alive = members(tree, table, doomed);
      if (alive.length === 0 || passed > patienceMs) return;
      for (const { pid, started } of alive) {
        const known = doomed.get(pid) === started;
        if (!known) found(pid);
        doomed.set(pid, started);
        if (passed >= graceMs) signal(pid, "SIGKILL");
        else if (!known) signal(pid, first);
      }
    }
    await sleep(stepMs);
  }
}

/** Every pid there is; none without /proc. */
export function allPids(): number[] {
  return [...(processTable() ?? new Map<number, Process>()).keys()];
}

/** True while a process of this pid exists and is not a zombie. */
export function isAlive(pid: number): boolean {
  const table = processTable();
  return table === undefined ? signal(pid, 0) : table.get(pid)?.alive === true;
}

function members(tree: Tree, table: ReadonlyMap<number, Process>, doomed: ReadonlyMap<number, string>) {
  const inside = new Set<number>();
  const belongs = (one: Process | undefined): boolean => {
    if (one === undefined) return false;
    if (inside.has(one.pid)) return true;
    const mine =
      one.pid === tree.root ||
      (tree.ownsSession && one.session === tree.root) ||
      doomed.get(one.pid) === one.started ||
      belongs(table.get(one.ppid));
    if (mine) inside.add(one.pid);
    return mine;
  };
  return [...table.values()].filter((one) => belongs(one) && one.alive);
}

function processTable(): Map<number, Process> | undefined {
  let names: string[];
  try {
    names = readdirSync("/proc");
  } catch {
    return undefined;
  }
  const table = new Map<number, Process>();
  for (const name of names) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "latin1");
      // The name in brackets may hold anything, so the fields are counted from its last bracket.
      const [state = "", ppid, , session, ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      table.set(Number(name), {
        pid: Number(name),
        ppid: Number(ppid),
        session: Number(session),
        alive: !"ZX".includes(state),
        started: rest[15] ?? "",
      });
    } catch {
      // It ended while the table was read.
    }
  }
  return table.size > 0 ? table : undefined;
}

function signalGroup(tree: Tree, name: NodeJS.Signals): boolean {
  return signal(tree.ownsSession ? -tree.root : tree.root, name);
}

/** Signals a process, or with a negative pid a process group; false where there is none, or it is not ours. */
export function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
