import { splitBom } from "../config/text.ts";

/** One stretch of a text replaced by another: the smallest such difference between two texts. */
export interface Splice {
  /** Offset in UTF-16 units. */
  readonly at: number;
  readonly removed: string;
  readonly inserted: string;
}

/** The stretch in which two texts differ. It begins and ends between characters, and not inside \r\n: editors count so. */
export function spliceOf(before: string, after: string): Splice {
  const most = Math.min(before.length, after.length);
  let at = 0;
  while (at < most && before[at] === after[at]) at += 1;
  while (isInside(before, at) || isInside(after, at)) at -= 1;
  let tail = 0;
  while (tail < most - at && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  while (isInside(before, before.length - tail) || isInside(after, after.length - tail)) tail -= 1;
  return {
    at,
    removed: before.slice(at, before.length - tail),
    inserted: after.slice(at, after.length - tail),
  };
}

/** True between the two halves of a character outside the basic plane, and between \r and \n. */
function isInside(text: string, at: number): boolean {
  return /^(?:\r\n|[\ud800-\udbff][\udc00-\udfff])$/.test(text.slice(Math.max(at - 1, 0), at + 1));
}

/** Takes a splice back: gives the text that `after` was made from. */
export function unsplice(after: string, { at, removed, inserted }: Splice): string {
  return after.slice(0, at) + removed + after.slice(at + inserted.length);
}

/**
 * The stretch to replace in an editor's buffer that holds `before`, or undefined where the buffer holds something else. An
 * editor keeps a byte order mark out of its buffer and gives every line the same end.
 */
export function spliceIn(buffer: string, before: string, after: string): Splice | undefined {
  const eol = /\r\n|\n/.exec(buffer)?.[0] ?? "\n";
  const shown = (text: string) => splitBom(text).body.replace(/\r\n|\r|\n/g, eol);
  return buffer === shown(before) ? spliceOf(buffer, shown(after)) : undefined;
}
