/** How long (UTF-16 units) a text may be and how many items a list or an object may have, from the widest to the narrowest. */
const sizes = [
  { units: 8000, items: 1000 },
  { units: 2000, items: 300 },
  { units: 600, items: 100 },
  { units: 300, items: 30 },
  { units: 200, items: 10 },
  { units: 120, items: 4 },
] as const;

/** How deep a value may be: the reports of version 1 are ten deep, and what is deeper is somebody's own. */
const deepest = 14;

/** A value that fits, and what was left out to make it fit: one sentence, undefined where it is whole. */
export interface Bounded {
  readonly value: unknown;
  readonly cut?: string;
}

/**
 * A value of JSON in at most `bytes` bytes: long texts end in "…" and long lists keep their beginning, only as short as they
 * must be. An object is never without one of its first properties, so its shape stays. Where even the narrowest size is too
 * large the value is undefined.
 */
export function bounded(value: unknown, bytes: number): Bounded {
  if (size(value) <= bytes && depth(value) <= deepest) return { value };
  for (const { units, items } of sizes) {
    const shorter = shorten(value, units, items, deepest);
    if (size(shorter) <= bytes)
      return {
        value: shorter,
        cut: `Texts above ${units} characters end in "…", and of lists above ${items} entries only the first are here.`,
      };
  }
  return { value: undefined, cut: "It is too large to be given at all." };
}

/** The first lines of a text that take at most `bytes` bytes in JSON, and how many are left out. */
export function boundedLines(text: string, bytes: number): { readonly text: string; readonly left: number } {
  const lines = text.split("\n");
  if (size(text) <= bytes) return { text, left: 0 };
  const kept: string[] = [];
  let room = bytes;
  for (const line of lines) {
    room -= size(line);
    if (room < 0) break;
    kept.push(line);
  }
  return { text: kept.join("\n"), left: lines.length - kept.length };
}

function shorten(value: unknown, units: number, items: number, levels: number): unknown {
  if (typeof value === "string") return value.length > units ? `${cutAt(value, units)}…` : value;
  if (typeof value !== "object" || value === null) return value;
  if (levels === 0) return "…";
  if (Array.isArray(value)) return value.slice(0, items).map((one) => shorten(one, units, items, levels - 1));
  // Objects of ours have at most a dozen properties: what has more is a map that somebody else filled.
  const most = Math.max(items, 12);
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, most)
      .map(([name, one]) => [cutAt(name, units), shorten(one, units, items, levels - 1)]),
  );
}

/** Not in the middle of a surrogate pair. */
function cutAt(text: string, units: number): string {
  return text.slice(0, units).replace(/[\ud800-\udbff]$/, "");
}

function size(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value) ?? "").length;
}

function depth(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  let most = 0;
  for (const one of Object.values(value)) most = Math.max(most, depth(one));
  return most + 1;
}
