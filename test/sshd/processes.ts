import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** A process of a private sshd's machine, by this machine's numbers. */
export interface Running {
  readonly pid: number;
  readonly argv: readonly string[];
  /** One of sshd's own: the listener, or a connection's. */
  readonly sshd: boolean;
}

/** Every process in the PID namespace that `pid` lives in; none where it has ended. */
export function processesIn(pid: number): Running[] {
  const namespace = namespaceOf(pid);
  if (namespace === undefined) return [];
  return pids()
    .filter((one) => namespaceOf(one) === namespace)
    .map((one) => ({ pid: one, argv: argvOf(one), sshd: /\/sshd(-\w+)?( \(deleted\))?$/.test(exeOf(one)) }));
}

/** The only child of a process. */
export function childOf(parent: number): number {
  const child = pids().find((pid) => parentOf(pid) === parent);
  if (child === undefined) throw new Error(`process ${parent} has no child`);
  return child;
}

/** Sends a signal to each that is still there. */
export function signal(processes: readonly Running[], name: NodeJS.Signals): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, name);
    } catch {
      // It ended on its own.
    }
  }
}

function pids(): number[] {
  return readdirSync("/proc").map(Number).filter(Number.isInteger);
}

/** What /proc says of a process that may be gone by now. */
function orNothing(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function namespaceOf(pid: number): string | undefined {
  return orNothing(() => readlinkSync(`/proc/${pid}/ns/pid`));
}

function exeOf(pid: number): string {
  return orNothing(() => readlinkSync(`/proc/${pid}/exe`)) ?? "";
}

function argvOf(pid: number): string[] {
  const text = orNothing(() => readFileSync(`/proc/${pid}/cmdline`, "utf8")) ?? "";
  return text.split("\0").slice(0, -1);
}

function parentOf(pid: number): number {
  const stat = orNothing(() => readFileSync(`/proc/${pid}/stat`, "utf8")) ?? "";
  // The name may hold spaces and parentheses; the state and the parent follow its last one.
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
}

/** Whether a program runs on this machine with this word among its arguments. */
export function runsHere(word: string): boolean {
  return pids().some((pid) => argvOf(pid).includes(word));
}
