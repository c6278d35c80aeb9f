import type { Happening } from "../core/event.ts";
import type { Lane, Look } from "./splice.ts";

/** How long (ms) after a stop an editor may take to ask for the list; VS Code asks at once. */
const askMs = 5000;

/** How much (characters) of a message, its header block included, shows what it is: Delve writes the body last. */
const headLength = 256;

/** As each goroutine begins in the list. The words cannot stand inside a JSON string, where quotes are escaped. */
const one = Buffer.from('{"id":');
const none: Buffer = Buffer.alloc(0);

/**
 * For an editor a stop is over only with its list of goroutines: records when that is asked for and answered, and then,
 * or where nobody asks, calls `done`. Delve's messages are looked at only while the answer is due.
 */
export function followList(
  fromDlv: Lane | undefined,
  fromClient: Lane,
  record: (happening: Happening) => void,
  done: () => void,
): void {
  const timer = setTimeout(done, askMs).unref();
  const wait = (asked: Happening) => {
    clearTimeout(timer);
    record(asked);
    fromClient.splice(false);
    fromDlv?.show(
      createListReader(asked.kind === "request" ? asked.seq : 0, (answered) => {
        record(answered);
        done();
      }),
    );
  };
  fromDlv?.splice(true);
  fromClient.show(createListReader("request", wait));
}

/**
 * Looks at messages, piece by piece, for the first request for the list of goroutines (`threads`), or for the answer to
 * the request of this seq, and tells of it once it is whole. Neither is parsed or kept, because 100,000 goroutines are
 * 4 MB: a head says what a message is, and goroutines are counted as they come.
 */
export function createListReader(wanted: "request" | number, tell: (happening: Happening) => void): Look {
  let head = "";
  let count = 0;
  let end = none;
  let over = false;
  return (piece, last) => {
    if (over) return;
    if (head.length < headLength) head += piece.toString("latin1", 0, headLength - head.length);
    if (wanted !== "request" && (head.length < headLength || isWanted(head, wanted))) {
      const seam = Buffer.concat([end, piece.subarray(0, one.length - 1)]);
      count += countOf(seam) + countOf(piece);
      end = (piece.length < one.length ? seam : piece).subarray(1 - one.length);
    }
    if (!last) return;
    over = isWanted(head, wanted);
    if (over) tell(happeningOf(head, wanted, count));
    head = "";
    count = 0;
    end = none;
  };
}

function isWanted(head: string, wanted: "request" | number): boolean {
  if (!/"command"\s*:\s*"threads"/.test(head)) return false;
  return wanted === "request"
    ? /"type"\s*:\s*"request"/.test(head)
    : numberAt(head, "request_seq") === wanted;
}

function happeningOf(head: string, wanted: "request" | number, count: number): Happening {
  const command = "threads";
  if (wanted === "request") return { kind: "request", command, seq: numberAt(head, "seq") };
  const success = /"success"\s*:\s*true/.test(head);
  return { kind: "response", command, seq: wanted, success, ...(success && { count }) };
}

function numberAt(head: string, key: string): number {
  return Number(new RegExp(`"${key}"\\s*:\\s*(\\d+)`).exec(head)?.[1] ?? 0);
}

function countOf(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(one); at >= 0; at = bytes.indexOf(one, at + one.length)) count += 1;
  return count;
}
