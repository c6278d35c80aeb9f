import { rmSync } from "node:fs";
import { join } from "node:path";
import { type Figure, round, spread } from "./figure.ts";
import { runTo } from "./launch.ts";
import { type BenchModule, modules } from "./modules.ts";
import type { Bench, Spent } from "./sides.ts";

const aimPercent = 0.5;

/**
 * What the looks at dlv's process tree cost while a program is built: from an empty cache, and after an edit, where the build is
 * short and is looked at closely from its first moment to its last.
 */
export async function sampling(bench: Bench, quick: boolean): Promise<Figure[]> {
  // The smallest programs: their builds are over while they are still looked at most closely.
  const list = await modules(bench, true);
  const [program] = list;
  if (program === undefined) throw new Error("the bench has no programs");
  const cold: Build[] = [];
  for (let count = 0; count < (quick ? 1 : 3); count += 1) {
    const cache = join(bench.folder, "cold");
    cold.push(await build(bench, program, { GOCACHE: cache }));
    rmSync(cache, { recursive: true, force: true });
  }
  const edited: Build[] = [];
  for (const one of list)
    for (let count = 0; count < (quick ? 2 : 3); count += 1) {
      one.edit();
      edited.push(await build(bench, one, {}));
    }
  return [
    figure(`sampling_a_cold_build_of_${program.name}`, cold),
    figure("sampling_a_build_after_an_edit", edited),
  ];
}

/** One launch: how long (ms) it took, and what the proxy's process spent on it. */
interface Build extends Spent {
  readonly ms: number;
}

async function build(
  bench: Bench,
  { config, atStart }: BenchModule,
  env: Readonly<Record<string, string>>,
): Promise<Build> {
  const own = { ...config, env: { ...config.env, ...env } };
  const before = await bench.spent();
  const began = performance.now();
  const { client, close } = await bench.proxied(own);
  await runTo(client, own, atStart);
  const ms = performance.now() - began;
  const after = await bench.spent();
  await close();
  return {
    ms,
    cpuMs: after.cpuMs - before.cpuMs,
    sampleMs: after.sampleMs - before.sampleMs,
    samples: after.samples - before.samples,
  };
}

function figure(name: string, builds: readonly Build[]): Figure {
  const percents = spread(builds.map(({ sampleMs, ms }) => (sampleMs / ms) * 100));
  return {
    figure: name,
    aim: `percent_of_a_core <= ${aimPercent}`,
    met: percents.median <= aimPercent,
    rounds: builds.length,
    percent_of_a_core: percents,
    build_s: spread(builds.map(({ ms }) => ms / 1000)),
    samples: spread(builds.map(({ samples }) => samples)),
    us_per_sample: round(spread(builds.map(({ sampleMs, samples }) => (sampleMs * 1000) / samples)).median),
    why: "A look costs a third of a millisecond right after another one, and about a whole one when compilers had the processors since.",
    whole_process_percent: spread(builds.map(({ cpuMs, ms }) => (cpuMs / ms) * 100)),
  };
}
