import type { Action } from "./fix.ts";

/** One process for good: a pid may be another one's later, its start (ticks since boot) may not. */
export interface Identity {
  readonly pid: number;
  readonly start: number;
}

/**
 * Sends the signals in turn, the next one where it is still there after three seconds. A program that is gone meanwhile,
 * or whose pid is another's by now, is left alone.
 */
const script = `pid=$1 start=$2; shift 2
same() { [ "$(sed 's/.*) //' "/proc/$pid/stat" 2>/dev/null | cut -d' ' -f20)" = "$start" ] &&
  ! grep -q '^State:.Z' "/proc/$pid/status" 2>/dev/null; }
same || { echo "pid $pid is no longer that process: nothing was ended" >&2; exit 1; }
for signal in "$@"; do
  kill -s "$signal" "$pid" || exit 1
  tries=0
  while same && [ $tries -lt 30 ]; do sleep 0.1; tries=$((tries + 1)); done
  same || exit 0
done
echo "pid $pid is still there" >&2
exit 1`;

/** The command that ends exactly this process. */
export function endProcess({ pid, start }: Identity, signals: readonly string[]): Action {
  return { kind: "command", argv: ["sh", "-c", script, "end", String(pid), String(start), ...signals] };
}
