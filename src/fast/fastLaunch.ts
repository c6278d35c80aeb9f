import { rm, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Config } from "../core/config.ts";
import type { DlvPlan, Env } from "../proxy/plan.ts";
import type { Ahead } from "./ahead.ts";
import { isHazardous } from "./hazards.ts";
import { type Recipe, recipeOf } from "./recipe.ts";
import { type Store, whatIs } from "./store.ts";

/** How long (ms) a launch waits for a disk that lends: one that hangs must not hold it. */
const lendMs = 2000;
/** How long (ms) the end of a session waits for what is still being kept. */
const closeMs = 5000;

/** What a launch may be made faster with. */
export interface Fast {
  readonly store: Store;
  /** Builds before a launch asks for it; absent where nothing is built ahead. */
  readonly ahead?: Ahead;
}

/** One launch that finds the binary of the last one where Delve is about to build its own. */
export interface FastLaunch {
  /**
   * Lends the kept binary and gives the arguments for dlv: they say where it lies. Delve's own `go build` then looks
   * whether it is up to date and replaces it if not, so nothing stale ever runs, and a link is saved where it is. Where
   * nothing may be lent it gives the very arguments.
   */
  prepare(args: Config, plan: DlvPlan): Promise<Config>;
  /** Delve has built: what it runs is kept for the next launch. Only the first call counts. Never rejects. */
  built(): Promise<void>;
  /** The session is over and dlv gone: what was lent and Delve did not remove goes. Never rejects. */
  close(): Promise<void>;
}

/** Begins a launch; `folder` and `env` are what its configuration counts from. */
export function fastLaunch({ store, ahead }: Fast, folder: string, env: Env): FastLaunch {
  let recipe: Recipe | undefined;
  let lent: string | undefined;
  let lending: Promise<unknown> = Promise.resolve();
  let keeping: Promise<unknown> = Promise.resolve();
  let isBuilt = false;
  let closed = false;

  const lend = async ({ key, binary, ours }: Recipe) => {
    lent = await store.lend(key, binary);
    // An empty file stands there while Delve builds, as one of Delve's own would (1.21 and newer): git sees it.
    if (lent === undefined && ours) await writeFile(binary, "", { flag: "wx", mode: 0o600 }).catch(() => {});
  };
  const keep = async ({ key, binary }: Recipe) => {
    // What was lent and is still there was up to date.
    const good = lent !== undefined && whatIs(binary) === lent;
    return good || (await store.keep(key, binary).catch(() => false));
  };
  return {
    async prepare(args, plan) {
      const made = recipeOf(args, plan, folder, env);
      if (made === undefined || (await isHazardous(made))) return args;
      await ahead?.makeWay(made.key);
      if (closed) return args;
      recipe = made;
      lending = lend(made);
      await Promise.race([lending, sleep(lendMs, undefined, { ref: false })]);
      return made.ours ? { ...args, output: made.binary } : args;
    },
    async built() {
      if (recipe === undefined || isBuilt) return;
      isBuilt = true;
      const mine = recipe;
      keeping = keep(mine).then((good) => {
        if (good) ahead?.learn(mine);
      });
      await keeping;
    },
    async close() {
      closed = true;
      await Promise.race([Promise.all([lending, keeping]), sleep(closeMs, undefined, { ref: false })]);
      if (recipe === undefined) return;
      const { ours, binary } = recipe;
      // Where the user chose the place, only what we laid there is ours to remove.
      if (ours || (lent !== undefined && whatIs(binary) === lent))
        await rm(binary, { force: true }).catch(() => {});
    },
  };
}
