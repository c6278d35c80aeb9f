import type { Breakpoint, Timeline } from "./timeline.ts";

/** A line that dlv did not set a breakpoint at, and what it said. `file` is the editor's path. */
export interface Unset {
  readonly at: string;
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/**
 * The line breakpoints that were still not set when the configuration was done: from then on the program runs past them.
 * None before that, because an editor may still take a breakpoint back or send it anew.
 */
export function unsetBreakpoints({ phases, breakpoints }: Timeline): readonly Unset[] {
  if (!phases.some(({ name }) => name === "run")) return [];
  return breakpoints.flatMap((one) => {
    const place = placeOf(one);
    return one.verified || place === undefined ? [] : { at: one.at, ...place, message: one.message ?? "" };
  });
}

/** True where not one of its breakpoints was set: the program runs past all of them. */
export function nothingStops(timeline: Timeline): boolean {
  const unset = unsetBreakpoints(timeline);
  return unset.length > 0 && unset.length === timeline.breakpoints.length;
}

/** The file and line of a breakpoint; undefined for one at a function. */
function placeOf({ at }: Breakpoint): { readonly file: string; readonly line: number } | undefined {
  const [, file, line] = /^((?:[/\\]|[A-Za-z]:[/\\]).*):(\d+)$/s.exec(at) ?? [];
  return file === undefined ? undefined : { file, line: Number(line) };
}

/** How many files of breakpoints are looked into: one of each module and folder would do. */
const mostFiles = 20;

/** The files that breakpoints were asked for in, those with a breakpoint that is not set first. */
export function breakpointFiles({ breakpoints }: Timeline): readonly string[] {
  const order = [...breakpoints].sort((a, b) => Number(a.verified) - Number(b.verified));
  return [...new Set(order.flatMap((one) => placeOf(one)?.file ?? []))].slice(0, mostFiles);
}
