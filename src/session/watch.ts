import type { Sample } from "../core/process.ts";
import { isWorking, workBetween } from "../core/work.ts";
import type { Harmless } from "./harmless.ts";

/** How a tree is watched: closely at first, when phases last tens of ms, then at leisure. Ages and intervals in ms. */
const pace: readonly { readonly until: number; readonly every: number }[] = [
  { until: 1000, every: 40 },
  { until: 5000, every: 100 },
  { until: 60_000, every: 250 },
  { until: Number.POSITIVE_INFINITY, every: 1000 },
];

/**
 * Samples until the returned function is called. A sample in which nothing moved since the last one is not handed on:
 * its silence is what a stall looks like, and a log of an hour's silence stays short. Once `harmless` has heard of a
 * failure no more samples are taken.
 */
export function watch(take: () => Sample, hand: (sample: Sample) => void, harmless: Harmless): () => void {
  const began = performance.now();
  let last: { readonly at: number; readonly sample: Sample } | undefined;
  let timer: NodeJS.Timeout | undefined;
  const tick = harmless(() => {
    const at = performance.now();
    const sample = take();
    if (last === undefined || moved(last.sample, sample, at - last.at)) {
      last = { at, sample };
      hand(sample);
    }
    timer = setTimeout(
      tick,
      nearTheEnd(sample) ? pace[0]?.every : pace.find(({ until }) => at - began < until)?.every,
    );
  });
  tick();
  return () => clearTimeout(timer);
}

/** A linker means that the build is about to end, and how it ends takes tens of ms. */
function nearTheEnd({ processes }: Sample): boolean {
  return processes.some((process) => process.name === "link");
}

/** Work, or a change that a diagnosis reads: a process that stopped, a socket that opened or lost its peer. */
function moved(before: Sample, after: Sample, ms: number): boolean {
  return isWorking(workBetween(before, after), ms) || shape(before) !== shape(after);
}

/** What matters of a sample besides work. R and S come and go at random; D, T, t and Z mean something. */
function shape({ processes }: Sample): string {
  return processes
    .map(({ pid, name, state, sockets }) => {
      const ends = (sockets ?? []).map((socket) => `${socket.state} ${socket.remote}`);
      return [pid, name, "DTtZ".includes(state) ? state : "", ...ends].join(" ");
    })
    .join("\n");
}
