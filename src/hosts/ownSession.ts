import { setTimeout as sleep } from "node:timers/promises";
import { localProc } from "./procfs.ts";

/** How long (ms) one that is killed is still waited for: one that waits for a disk outlives that, and one of another user obeys nobody. */
const patienceMs = 3000;

/**
 * Ends every process of the session that a process of this number leads or has led: asks first, and kills what is left after
 * `graceMs`. A group is not enough: timeout(1) makes its command a group of its own, and one that is ended in the moment in
 * which it starts that command leaves it running. Resolves three seconds after that at the latest. Nothing is done where there
 * is no /proc.
 */
export async function endSession(leader: number, graceMs: number): Promise<void> {
  const until = performance.now() + graceMs;
  const enough = until + patienceMs;
  const asked = new Set<number>();
  for (let left = inSession(leader); left.length > 0; left = inSession(leader)) {
    const late = performance.now() >= until;
    if (performance.now() >= enough) return;
    for (const pid of left) if (late || !asked.has(pid)) signal(pid, late ? "SIGKILL" : "SIGTERM");
    for (const pid of left) asked.add(pid);
    await sleep(20);
  }
}

/** What runs in a session (proc(5), stat: state and session are the first and the fourth behind the name). */
function inSession(leader: number): number[] {
  return localProc.list("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    const stat = localProc.read(`/proc/${name}/stat`) ?? "";
    const [state, , , session] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return Number(session) === leader && state !== "Z" ? [Number(name)] : [];
  });
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended by itself.
  }
}
