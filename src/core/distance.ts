/** The number of letters to insert, remove or change to get from one text to the other (Levenshtein). */
export function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The one of `allowed` that a slip of the pen made into `word`. */
export function closest(word: string, allowed: readonly string[]): string | undefined {
  const near = allowed.map((one) => ({ one, far: distance(word.toLowerCase(), one) }));
  const [best, second] = near.sort((a, b) => a.far - b.far);
  if (best === undefined || best.far > 2 || best.far >= best.one.length) return undefined;
  return second?.far === best.far ? undefined : best.one;
}
