import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { envWithoutRecords, withoutRecords } from "../core/goRecords.ts";
import { noTraces, removeLeftovers, thisMoment, trace, traceBuild } from "../proxy/leftovers.ts";
import { withSurvivor } from "../proxy/survivor.ts";
import { endTree, pidsOf } from "../proxy/tree.ts";
import type { Recipe } from "./recipe.ts";
import { type Store, whatIs } from "./store.ts";

/** How long (ms) a go that was told to end may take to remove its work directory. */
const graceMs = 400;

/** A build that nobody waits for yet. */
export interface AheadBuild {
  readonly key: string;
  /** True while it links: nothing else is then left to do. */
  links(): boolean;
  /** Ends it and everything it started. */
  end(): Promise<void>;
  /** Resolves when it is over, well or badly, and its binary is kept. Never rejects. */
  readonly done: Promise<void>;
}

/** Starts a build into the store, on half of the CPUs and with the lowest priority. `told` hears how it went. */
export function startAheadBuild(recipe: Recipe, store: Store, told: (line: string) => void): AheadBuild {
  const out = store.aside();
  const since = thisMoment();
  const began = performance.now();
  const half = Math.max(1, Math.floor(availableParallelism() / 2));
  let child: ChildProcess | undefined;
  let ended = false;
  let ending: Promise<void> | undefined;
  const run = async (): Promise<boolean> => {
    // go links anew only where the binary that it finds is out of date.
    const lent = await store.lend(recipe.key, out);
    if (ended) return false;
    const started = withSurvivor(() =>
      spawn("nice", ["-n", "19", "go", ...withoutRecords(recipe.goArgs(out, [`-p=${half}`]))], {
        cwd: recipe.dir,
        env: envWithoutRecords(recipe.env),
        stdio: "ignore",
        detached: true,
      }),
    );
    child = started.child;
    const { pid = 0 } = child;
    await once(child, "spawn");
    yieldCpus(pid);
    const [code] = child.exitCode === null ? await once(child, "exit") : [child.exitCode];
    started.release();
    child = undefined;
    if (code !== 0 || ended) return false;
    return (lent !== undefined && whatIs(out) === lent) || (await store.keep(recipe.key, out));
  };
  const done = run()
    .catch(() => false)
    .then(async (isKept) => {
      await rm(out, { force: true }).catch(() => {});
      const took = `${((performance.now() - began) / 1000).toFixed(1)} s`;
      if (!ended) told(isKept ? `built ahead in ${took}` : `could not build ahead (${took})`);
    });
  const tree = () => (child?.pid === undefined ? [] : pidsOf({ root: child.pid, ownsSession: true }));
  const end = async () => {
    if (child?.pid !== undefined) {
      const traces = noTraces();
      await traceBuild(tree, traces);
      const root = child?.pid;
      if (root !== undefined)
        await endTree({ root, ownsSession: true }, "SIGINT", graceMs, (pid) => trace(pid, traces));
      await removeLeftovers(undefined, since(), traces);
    }
    await done;
  };
  return {
    key: recipe.key,
    done,
    // go asks its linker for its version, too, and first of all.
    links: () => tree().some((pid) => /\/link\0-o\0/.test(commandOf(pid))),
    end() {
      ended = true;
      ending ??= end();
      return ending;
    },
  };
}

/** Linux shares the CPUs among sessions first (sched(7), autogroup), and this build has one of its own. */
function yieldCpus(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/autogroup`, "19");
  } catch {
    // There are no such groups: nice(1) is enough.
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
