import { setTimeout as sleep } from "node:timers/promises";
import { type AheadBuild, startAheadBuild } from "./aheadBuild.ts";
import type { Recipe } from "./recipe.ts";
import { isSpare } from "./spare.ts";
import type { Store } from "./store.ts";

/** How long (ms) nothing may be saved before a build begins; a busy machine is asked again ever later. */
const rest = { ms: 1000, longestMs: 60_000 };
/** How many launches are built ahead: who debugs a client and its server changes both. */
const learnt = 3;
/** How long (ms) a launch waits for a link that has begun: it has the lowest priority, and Delve's own would not. */
const linkMs = 10_000;

/** Builds the binaries of the last launches again after a save, one at a time and only while the machine has nothing to do. */
export interface Ahead {
  /** A launch that Delve has built: it is built ahead from now on. */
  learn(recipe: Recipe): void;
  /** A file that a build may be made of was saved. */
  saved(): void;
  /**
   * A launch is about to build. A build ahead of the same recipe that links already is waited for, and not for long; any
   * other is ended: what it has compiled is in go's cache.
   */
  makeWay(key: string): Promise<void>;
  /** Ends what is built and builds nothing more. */
  close(): Promise<void>;
}

/** `told` hears each build that ended by itself. */
export function makeAhead(
  store: Store,
  told: (line: string) => void,
  spare: () => Promise<boolean> = isSpare,
): Ahead {
  let recipes: readonly Recipe[] = [];
  let stale = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let running: AheadBuild | undefined;
  let launches = 0;
  let closed = false;

  const wait = (ms: number) => {
    clearTimeout(timer);
    if (closed || stale.size === 0) return;
    timer = setTimeout(() => void next(ms), ms);
    timer.unref();
  };
  const next = async (waited: number) => {
    const before = launches;
    const idle = await spare();
    if (running !== undefined || closed) return;
    if (!idle || launches !== before) return wait(Math.min(waited * 2, rest.longestMs));
    const recipe = recipes.find(({ key }) => stale.has(key));
    if (recipe === undefined) return;
    stale.delete(recipe.key);
    running = startAheadBuild(recipe, store, told);
    void running.done.then(() => {
      running = undefined;
      wait(rest.ms);
    });
  };
  return {
    learn(recipe) {
      recipes = [recipe, ...recipes.filter(({ key }) => key !== recipe.key)].slice(0, learnt);
    },
    saved() {
      stale = new Set(recipes.map(({ key }) => key));
      void running?.end();
      wait(rest.ms);
    },
    async makeWay(key) {
      launches += 1;
      const now = running;
      if (now?.key === key && now.links())
        await Promise.race([now.done, sleep(linkMs, undefined, { ref: false })]);
      if (now !== undefined && now === running) {
        // Another launch's is begun anew later; this one Delve builds itself.
        if (now.key !== key) stale.add(now.key);
        await now.end();
      }
      stale.delete(key);
      wait(rest.ms);
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await running?.end();
    },
  };
}
