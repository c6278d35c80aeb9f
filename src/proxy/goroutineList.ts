import type { Happening } from "../core/event.ts";
import { type Frame, headOf } from "./frames.ts";
import type { Lane } from "./splice.ts";

/** How long (ms) after a stop an editor may take to ask for the list; VS Code asks at once. */
const askMs = 5000;

/** As each goroutine begins in the list. The words cannot stand inside a JSON string, where quotes are escaped. */
const one = Buffer.from('{"id":');

/**
 * For an editor a stop is over only with its list of goroutines: records when that is asked for and answered, and then,
 * or where nobody asks, calls `done`.
 */
export function followList(
  lanes: readonly (Lane | undefined)[],
  record: (happening: Happening) => void,
  done: () => void,
): void {
  const timer = setTimeout(done, askMs).unref();
  let over = false;
  const look = (frame: Frame) => {
    const happening = over ? undefined : listHappening(frame);
    if (happening === undefined) return;
    clearTimeout(timer);
    record(happening);
    over = happening.kind === "response";
    if (over) done();
  };
  for (const lane of lanes) lane?.show(look);
}

/**
 * What a message says about the list of goroutines (`threads`). It is not parsed, because 100,000 goroutines are 4 MB:
 * its head says what it is (Delve writes the body last), and its goroutines are counted.
 */
export function listHappening(frame: Frame): Happening | undefined {
  const head = headOf(frame);
  const command = "threads";
  if (!/"command"\s*:\s*"threads"/.test(head)) return undefined;
  if (/"type"\s*:\s*"request"/.test(head)) return { kind: "request", command, seq: numberAt(head, "seq") };
  const answer = { kind: "response", command, seq: numberAt(head, "request_seq") } as const;
  if (!/"success"\s*:\s*true/.test(head)) return { ...answer, success: false };
  return { ...answer, success: true, count: countOf(frame) };
}

function numberAt(head: string, key: string): number {
  return Number(new RegExp(`"${key}"\\s*:\\s*(\\d+)`).exec(head)?.[1] ?? 0);
}

function countOf({ pieces }: Frame): number {
  const bytes = Buffer.concat(pieces);
  let count = 0;
  for (let at = bytes.indexOf(one); at >= 0; at = bytes.indexOf(one, at + one.length)) count += 1;
  return count;
}
