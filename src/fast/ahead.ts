import { setTimeout as sleep } from "node:timers/promises";
import { type AheadBuild, startAheadBuild } from "./aheadBuild.ts";
import type { Recipe } from "./recipe.ts";
import { isSpare } from "./spare.ts";
import type { Store } from "./store.ts";

/** How long (ms) nothing may be saved before a build begins; a busy machine is asked again ever later. */
const rest = { ms: 1000, longestMs: 60_000 };
/** How many launches are built ahead: who debugs a client and its server changes both. */
const learnt = 3;
/** How long (ms) a launch waits for a link that has begun: longer than any link takes, shorter than for ever. */
const linkMs = 60_000;

/** Builds the binaries of the last launches again after a save, one at a time and only while the machine has nothing to do. */
export interface Ahead {
  /** A launch that Delve has built: it is built ahead from now on. */
  learn(recipe: Recipe): void;
  /** A file that a build may be made of was saved. */
  saved(): void;
  /**
   * A launch is about to build. A build ahead of the same recipe that links already is waited for; any other is ended: what
   * it has compiled is in go's cache.
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
  let closed = false;

  const wait = (ms: number) => {
    clearTimeout(timer);
    if (closed || stale.size === 0) return;
    timer = setTimeout(() => void next(ms), ms);
    timer.unref();
  };
  const next = async (waited: number) => {
    if (running !== undefined || closed) return;
    const idle = await spare();
    const recipe = recipes.find(({ key }) => stale.has(key));
    if (running !== undefined || closed || recipe === undefined) return;
    if (!idle) return wait(Math.min(waited * 2, rest.longestMs));
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
      clearTimeout(timer);
      stale.delete(key);
      const now = running;
      if (now === undefined) return;
      if (now.key === key && now.links())
        await Promise.race([now.done, sleep(linkMs, undefined, { ref: false })]);
      else await now.end();
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await running?.end();
    },
  };
}
