import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../test/lab/module.ts";
import { compare, type Figure, interleave, spread } from "./figure.ts";
import { launched } from "./launch.ts";
import { type BenchModule, modules } from "./modules.ts";
import type { Bench, Side } from "./sides.ts";

/** By how much of a direct launch a fast one may take: nothing changed, one package changed, and a cold cache. */
const aims = { same: 0.35, ahead: 0.6, atOnce: 1.02, cold: 1.02 } as const;

/** How many rounds of each; a cold build takes long, and only the smallest programs are built so. */
const rounds = { full: 5, quick: 2, cold: 3, coldPrograms: 2 } as const;

const fixed =
  "what is left is Delve's own: it starts, asks go, which reads every package's files, and loads the program's debug information";

/**
 * F5 to the first line of main, direct and with the last binary lent: after no change, after a change in one package that was
 * built ahead, after one that was not, and with nothing in Go's build cache. A direct launch has the same change to build.
 */
export async function fast(bench: Bench, quick: boolean): Promise<Figure[]> {
  const programs = await modules(bench, quick);
  const count = quick ? rounds.quick : rounds.full;
  const figures: Figure[] = [];
  for (const one of programs) {
    figures.push(
      await figureOf(one, "nothing_changed", aims.same, fixed, () => unchanged(bench, one, count)),
    );
    figures.push(
      await figureOf(one, "one_package_changed_built_ahead", aims.ahead, fixed, () =>
        changed(bench, one, count, true),
      ),
    );
    figures.push(
      await figureOf(
        one,
        "one_package_changed_at_once",
        aims.atOnce,
        "there is nothing to gain: the change is compiled and linked as it is without us, and the machine's noise is what differs",
        () => changed(bench, one, count, false),
      ),
    );
  }
  for (const one of programs.slice(0, rounds.coldPrograms))
    figures.push(
      await figureOf(
        one,
        "cold",
        aims.cold,
        "the same is built, and the machine's noise is what differs",
        () => cold(bench, one, quick ? 1 : rounds.cold),
      ),
    );
  return figures;
}

type Measured = Readonly<Record<"direct" | "proxied", number[]>> & { readonly aheadMs?: readonly number[] };

async function figureOf(
  { name, packages }: BenchModule,
  what: string,
  aim: number,
  why: string,
  measure: () => Promise<Measured>,
): Promise<Figure> {
  const { aheadMs, ...sides } = await measure();
  const { rounds: count, ...compared } = compare(sides, "ms");
  return {
    figure: `fast_launch_of_${name}_${what}`,
    aim: `ratio <= ${aim}`,
    met: compared.ratio.median <= aim,
    why,
    rounds: count,
    packages,
    ...compared,
    ...(aheadMs !== undefined && { built_ahead_ms: spread(aheadMs) }),
  };
}

function unchanged(bench: Bench, one: BenchModule, count: number): Promise<Measured> {
  return interleave(count, {
    direct: () => launched(bench.direct, one.config, one.atStart),
    proxied: () => launched(bench.fast, one.config, one.atStart),
  });
}

/** Every launch has a change of its own to build: what one side has compiled is of no use to the other. */
async function changed(bench: Bench, one: BenchModule, count: number, ahead: boolean): Promise<Measured> {
  const aheadMs: number[] = [];
  const sides = await interleave(count, {
    async direct() {
      one.edit();
      return launched(bench.direct, one.config, one.atStart);
    },
    async proxied() {
      one.edit();
      if (ahead) aheadMs.push(await bench.ahead());
      return launched(bench.fast, one.config, one.atStart);
    },
  });
  return { ...sides, ...(ahead && { aheadMs }) };
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
