import type { Unknown } from "../core/finding.ts";

/** The reasons why causes were not checked, each with its causes, in the order of their first. */
export function reasons(unknown: readonly Unknown[]): readonly (readonly [string, readonly string[]])[] {
  const all = new Map<string, string[]>();
  for (const { cause, because } of unknown) all.set(because, [...(all.get(because) ?? []), cause]);
  return [...all];
}
