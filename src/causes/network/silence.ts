import { say } from "../../core/say.ts";

/** A quiet time shorter than this (ms) is no idle limit of anything. */
const idleMs = 1000;

/** Quiet for long enough (ms) that a usual idle limit of a load balancer or a router can have passed: 30 s and more. */
export const usualIdleMs = 20_000;

/**
 * True where a connection was quiet until it was lost, and its keep-alive (0 or absent is none) came too late for whatever
 * forgot it. A connection that was quiet for longer than its keep-alive lets it be was not kept alive by it.
 */
export function lostInQuiet(quietMs: number, keepAliveMs = 0): boolean {
  return (
    quietMs >= idleMs && (keepAliveMs === 0 || (quietMs >= keepAliveMs * 0.9 && quietMs <= keepAliveMs * 1.5))
  );
}

/** The keep-alive interval in whole seconds: at most half of every limit (ms) that is known, at most `mostS`, at least 1. */
export function keepAliveSeconds(mostS: number, ...limitsMs: readonly number[]): number {
  return Math.max(1, Math.floor(Math.min(mostS, ...limitsMs.map((ms) => ms / 2000))));
}

/** How a connection ended, in a word. */
export function endWord(how: "closed" | "reset" | "silence"): string {
  const words = { closed: say`closed`, reset: say`reset`, silence: say`silence` };
  return words[how];
}

/** A time (ms) in words. */
export function seconds(ms: number): string {
  return ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : `${(ms / 60_000).toFixed(1)} min`;
}
