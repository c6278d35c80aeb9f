import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../test/lab/module.ts";
import { compare, type Figure, interleave, spread } from "./figure.ts";
import { launched } from "./launch.ts";
import { type BenchModule, modules } from "./modules.ts";
import type { Bench, Side } from "./sides.ts";

/** By how much of a direct launch a fast one may take: nothing changed, one package changed, and a cold cache. */
const aims = { same: 0.35, ahead: 0.6, atOnce: 1.02, cold: 1.02 } as const;

/** How many rounds of each. A cold build takes long, so only the smallest program is built so. */
const rounds = { full: 3, quick: 1, cold: 2 } as const;

const fixed =
  "what is left is Delve's own: it starts, go reads every package's files to see that nothing changed, Delve loads the debug information and runs to main";
const noise = "the same is built as without us, and the machine's noise is what differs";

/**
 * F5 to the first line of main, direct and with the last binary lent: after no change, after a change in one package that was
 * built ahead, after one that was not, and with nothing in Go's build cache.
 */
export async function fast(bench: Bench, quick: boolean): Promise<Figure[]> {
  const programs = await modules(bench, quick);
  const count = quick ? rounds.quick : rounds.full;
  const figures: Figure[] = [];
  for (const one of programs) {
    const same = await unchanged(bench, one, count);
    const { ahead, aheadMs, atOnce } = await changed(bench, one, count);
    figures.push(
      figureOf(one, "nothing_changed", aims.same, fixed, same),
      {
        ...figureOf(one, "one_package_changed_built_ahead", aims.ahead, fixed, ahead),
        built_ahead_ms: spread(aheadMs),
      },
      figureOf(one, "one_package_changed_at_once", aims.atOnce, noise, atOnce),
    );
  }
  for (const one of programs.slice(0, 1))
    figures.push(figureOf(one, "cold", aims.cold, noise, await cold(bench, one, quick ? 1 : rounds.cold)));
  return figures;
}

type Measured = Readonly<Record<"direct" | "proxied", number[]>>;

function figureOf(
  { name, packages }: BenchModule,
  what: string,
  aim: number,
  why: string,
  sides: Measured,
): Figure {
  const { rounds: count, ...compared } = compare(sides, "ms");
  return {
    figure: `fast_launch_of_${name}_${what}`,
    aim: `ratio <= ${aim}`,
    met: compared.ratio.median <= aim,
    why,
    rounds: count,
    packages,
    ...compared,
  };
}

function unchanged(bench: Bench, one: BenchModule, count: number): Promise<Measured> {
  return interleave(count, {
    direct: () => launched(bench.direct, one.config, one.atStart),
    proxied: () => launched(bench.fast, one.config, one.atStart),
  });
}

/** Every launch has a change of its own to build: what one side has compiled is of no use to another. */
async function changed(
  bench: Bench,
  one: BenchModule,
  count: number,
): Promise<{ readonly ahead: Measured; readonly aheadMs: readonly number[]; readonly atOnce: Measured }> {
  const aheadMs: number[] = [];
  const edited = (side: Side, before?: () => Promise<unknown>) => async () => {
    one.edit();
    await before?.();
    return launched(side, one.config, one.atStart);
  };
  const { direct, ...ours } = await interleave(count, {
    direct: edited(bench.direct),
    ahead: edited(bench.fast, async () => aheadMs.push(await bench.ahead())),
    atOnce: edited(bench.fast),
  });
  return { ahead: { direct, proxied: ours.ahead }, aheadMs, atOnce: { direct, proxied: ours.atOnce } };
}

/** Both build into one cache, which is emptied before each launch: for go a kept binary is then as new as its packages. */
async function cold(bench: Bench, one: BenchModule, count: number): Promise<Measured> {
  const cache = makeFolder({});
  const config = { ...one.config, env: { ...one.config.env, GOCACHE: cache.folder } };
  const emptied = (side: Side) => () => {
    for (const name of readdirSync(cache.folder)) rmSync(join(cache.folder, name), { recursive: true });
    return launched(side, config, one.atStart);
  };
  try {
    return await interleave(count, { direct: emptied(bench.direct), proxied: emptied(bench.fast) });
  } finally {
    cache.remove();
  }
}
