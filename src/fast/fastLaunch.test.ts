import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { skip } from "../../test/lab/skip.ts";
import type { Config } from "../core/config.ts";
import { planDlv } from "../proxy/plan.ts";
import type { Ahead } from "./ahead.ts";
import { fastLaunch } from "./fastLaunch.ts";
import type { Store } from "./store.ts";

describe("a fast launch whose store and builds ahead take their time", () => {
  let folder: string;
  let config: Config;
  before(function () {
    if (process.platform !== "linux") skip(this, "elsewhere a fast launch is left to dlv");
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "delve-doctor-fast-"));
    config = { request: "launch", mode: "debug", program: ".", __buildDir: folder };
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const plan = () => planDlv(config, { folder, dlv: "dlv", env: {} });
  /** Lends an empty file, when `lends` allows it. */
  const slow = (lends: Promise<void>): Store => ({
    async lend(_key, path) {
      await lends;
      writeFileSync(path, "");
      return "lent";
    },
    keep: async () => false,
    aside: () => join(folder, "aside"),
  });
  const ahead = (makeWay: () => Promise<void>): Ahead => ({
    learn() {},
    saved() {},
    makeWay,
    close: async () => {},
  });
  function gate() {
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    return { opened, open };
  }

  it("lends nothing to a launch that was given up while a build ahead was waited for", async () => {
    const { opened, open } = gate();
    const launch = fastLaunch({ store: slow(Promise.resolve()), ahead: ahead(() => opened) }, folder, {});
    const prepared = launch.prepare(config, plan());
    await launch.close();
    open();
    assert.equal(await prepared, config);
    assert.deepEqual(readdirSync(folder), []);
  });

  it("takes back what is lent after the launch was given up", async () => {
    const { opened, open } = gate();
    const reached = gate();
    const store = slow(opened);
    const launch = fastLaunch(
      {
        store: {
          ...store,
          lend(key, path) {
            reached.open();
            return store.lend(key, path);
          },
        },
      },
      folder,
      {},
    );
    void launch.prepare(config, plan());
    await reached.opened;
    const closed = launch.close();
    open();
    await closed;
    assert.deepEqual(readdirSync(folder), []);
  });

  it("waits no longer than two seconds for a store that hangs", async () => {
    const { opened, open } = gate();
    const launch = fastLaunch({ store: slow(opened) }, folder, {});
    const { output } = await launch.prepare(config, plan());
    assert.match(String(output), /__debug_bin\d+$/);
    open();
    await launch.close();
    assert.deepEqual(readdirSync(folder), []);
  });

  it("leaves alone what is not built on Delve's side, and what a -toolexec has a part in", async () => {
    const launch = fastLaunch({ store: slow(Promise.resolve()) }, folder, {});
    for (const more of [{ mode: "exec" }, { buildFlags: "-toolexec=wrap" }]) {
      const other = { ...config, ...more };
      assert.equal(await launch.prepare(other, planDlv(other, { folder, dlv: "dlv", env: {} })), other);
    }
    assert.deepEqual(readdirSync(folder), []);
  });
});
