import { rm } from "node:fs/promises";
import type { Config } from "../core/config.ts";
import type { DlvPlan, Env } from "../proxy/plan.ts";
import type { Ahead } from "./ahead.ts";
import { type Recipe, recipeOf } from "./recipe.ts";
import { inodeOf, type Store } from "./store.ts";

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
   * whether it is up to date and replaces it if not, so nothing stale ever runs, and a link is saved where it is. Never
   * rejects: where nothing can be lent the arguments stay as they are, but for the place.
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
  let lent: number | undefined;
  let isBuilt = false;
  let keeping: Promise<unknown> = Promise.resolve();
  return {
    async prepare(args, plan) {
      recipe = recipeOf(args, plan, folder, env);
      if (recipe === undefined) return args;
      const { key, binary, ours } = recipe;
      await ahead?.makeWay(key);
      lent = await store.lend(key, binary);
      return ours ? { ...args, output: binary } : args;
    },
    async built() {
      if (recipe === undefined || isBuilt) return;
      isBuilt = true;
      const { key, binary } = recipe;
      ahead?.learn(recipe);
      // What was lent and is still there was up to date.
      if (lent === undefined || inodeOf(binary) !== lent)
        keeping = store.keep(key, binary).catch(() => false);
      await keeping;
    },
    async close() {
      await keeping;
      if (recipe === undefined) return;
      const { ours, binary } = recipe;
      // Where the user chose the place, only what we laid there is ours to remove.
      if (ours || (lent !== undefined && inodeOf(binary) === lent))
        await rm(binary, { force: true }).catch(() => {});
    },
  };
}
