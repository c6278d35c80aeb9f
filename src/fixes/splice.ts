/** One stretch of a text replaced by another: the smallest such difference between two texts. */
export interface Splice {
  /** Offset in UTF-16 units. */
  readonly at: number;
  readonly removed: string;
  readonly inserted: string;
}

/** The stretch in which two texts differ. */
export function spliceOf(before: string, after: string): Splice {
  const most = Math.min(before.length, after.length);
  let at = 0;
  while (at < most && before[at] === after[at]) at += 1;
  let tail = 0;
  while (tail < most - at && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  return {
    at,
    removed: before.slice(at, before.length - tail),
    inserted: after.slice(at, after.length - tail),
  };
}

/** Takes a splice back: gives the text that `after` was made from. */
export function unsplice(after: string, { at, removed, inserted }: Splice): string {
  return after.slice(0, at) + removed + after.slice(at + inserted.length);
}
