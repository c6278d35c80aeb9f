import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  debugConfig,
  helloFiles,
  type LabFolder,
  labEnv,
  makeFolder,
  warmCache,
} from "../../test/lab/module.ts";
import { planDlv } from "../proxy/plan.ts";
import { allPids } from "../proxy/tree.ts";
import { type Ahead, makeAhead } from "./ahead.ts";
import { type Recipe, recipeOf } from "./recipe.ts";
import { openStore, type Store, whatIs } from "./store.ts";

describe("building ahead with the real go", function () {
  this.timeout(180_000);
  let module: LabFolder;
  let kept: LabFolder;
  let store: Store;
  let recipe: Recipe;
  let ahead: Ahead;
  let lines: string[];
  let spare: boolean;
  let looks: number;
  before(() => warmCache());
  beforeEach(async () => {
    module = makeFolder();
    kept = makeFolder({});
    store = openStore(kept.folder);
    recipe = recipeIn(module.folder, await labEnv());
    lines = [];
    spare = true;
    looks = 0;
    const isSpare = async () => {
      looks += 1;
      return spare;
    };
    ahead = makeAhead(store, (line) => lines.push(line), isSpare);
  });
  afterEach(async () => {
    await ahead.close();
    module.remove();
    kept.remove();
  });

  function recipeIn(folder: string, env: Readonly<Record<string, string>>): Recipe {
    const config = debugConfig(folder, env);
    const made = recipeOf(
      config,
      planDlv(config, { folder, dlv: "dlv", env: process.env }),
      folder,
      process.env,
    );
    assert.ok(made !== undefined);
    return made;
  }
  /** Waits until a line is told. */
  async function told(count: number): Promise<string> {
    while (lines.length < count) await sleep(20);
    return lines[count - 1] ?? "";
  }
  const printed = async () => {
    const path = join(module.folder, "lent");
    assert.notEqual(await store.lend(recipe.key, path), undefined);
    return execFileSync(path, { encoding: "utf8" });
  };
  const goProcesses = () =>
    allPids().filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(kept.folder);
      } catch {
        return false;
      }
    });

  it("builds what was launched after a save, to the very binary that Delve would build", async () => {
    ahead.learn(recipe);
    ahead.saved();
    assert.match(await told(1), /^built ahead in \d+\.\d s$/);
    assert.equal(await printed(), "hello\n");
    // Delve's own command finds it up to date: it leaves the file as it is.
    const binary = join(module.folder, "__debug_bin1");
    const lent = await store.lend(recipe.key, binary);
    execFileSync("go", [...recipe.goArgs(binary)], { cwd: recipe.dir, env: recipe.env as NodeJS.ProcessEnv });
    assert.equal(whatIs(binary), lent);
    module.write("main.go", (helloFiles["main.go"] ?? "").replace("hello", "changed"));
    ahead.saved();
    await told(2);
    rmSync(join(module.folder, "lent"));
    assert.equal(await printed(), "changed\n");
    assert.equal(readdirSync(kept.folder).length, 1);
  });

  it("builds nothing while the machine is busy, and looks again later", async () => {
    spare = false;
    ahead.learn(recipe);
    ahead.saved();
    while (looks < 2) await sleep(20);
    assert.deepEqual([lines, readdirSync(kept.folder)], [[], []]);
    spare = true;
    assert.match(await told(1), /^built ahead/);
  });

  it("says that it could not build, and keeps nothing", async () => {
    module.write("main.go", "package main\n\nfunc main() { undefined() }\n");
    ahead.learn(recipe);
    ahead.saved();
    assert.match(await told(1), /^could not build ahead/);
    assert.deepEqual(readdirSync(kept.folder), []);
  });

  it("ends for a launch while it compiles, and leaves nothing", async () => {
    const cache = makeFolder({});
    try {
      recipe = recipeIn(module.folder, await labEnv({ GOCACHE: cache.folder }));
      ahead.learn(recipe);
      ahead.saved();
      while (goProcesses().length === 0) await sleep(20);
      await ahead.makeWay(recipe.key);
      assert.deepEqual(goProcesses(), []);
      assert.deepEqual([lines, readdirSync(kept.folder)], [[], []]);
    } finally {
      cache.remove();
    }
  });
});
