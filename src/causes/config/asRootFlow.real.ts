import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chownSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { needDebian } from "../../../scripts/setup/debian.ts";
import {
  type Attaching,
  attaching,
  hostThrough,
  noSetpriv,
  powerless,
  wrapBehind,
} from "../../../test/lab/attaching.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { greetingFiles, moduleProxy } from "../../../test/lab/moduleProxy.ts";
import { noMounts } from "../../../test/lab/mounts.ts";
import { preferredFix } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { skip } from "../../../test/lab/skip.ts";
import { labTerminal, nobody, openToAll } from "../../../test/lab/userTerminal.ts";
import { quote } from "../../core/shell.ts";

describe("a dlv that sudo runs", function () {
  this.timeout(240_000);
  let lab: Attaching;
  let dlvToolPath = "";

  before(async function () {
    const why = noSetpriv() ?? noMounts();
    if (why !== undefined) skip(this, why);
    await needDebian("sudo");
    lab = await attaching();
    dlvToolPath = await openToAll(lab.folder);
  });
  after(() => lab?.remove());

  /** The real sudo for a user without a password, in a mount namespace with a sudoers of its own, and a pty to ask in. */
  function terminal(rule: string) {
    const script = `printf '%s\\n' "$1" >"$2" && mount --bind "$2" /etc/sudoers && shift 2 && exec "$@"`;
    const file = join(lab.folder, "sudoers");
    return labTerminal((argv) => [
      ...["unshare", "-m", "sh", "-c", script, "sh", `nobody ALL=(ALL:ALL) ${rule} ALL`, file],
      ...[...nobody, "script", "-qefc", argv.map(quote).join(" "), "/dev/null"],
    ]);
  }

  async function launch(rule: string) {
    const one = terminal(rule);
    const { program, folder, breakpoints } = lab;
    const common = { name: "root", type: "go", request: "launch", mode: "exec", program, __buildDir: folder };
    const config = { ...common, env: await labEnv(), dlvToolPath, asRoot: true };
    const { runInTerminal } = one;
    try {
      const stallAfter = rule === "" ? 3000 : 60_000;
      return {
        ...(await labLaunch({ config, folder, breakpoints, runInTerminal, stallAfter })),
        shown: one.shown(),
      };
    } finally {
      await one.end();
    }
  }

  it("is found while sudo asks for the password, and runs where it does not", async () => {
    const stuck = await launch("");
    assert.equal(stuck.ended, "stalled");
    assert.match(stuck.shown, /\[sudo\] password for nobody/);
    const finding = named(stuck, "as-root-flow", "proven");
    assert.match(finding.because, /sudo \(pid \d+\) waits in the terminal "Go Debug Terminal \(root\)"/);

    const stopped = await launch("NOPASSWD:");
    cured(finding, stopped);
    silent(stopped, "a launch as root by a sudo that asks nothing");
  });
});

describe("a module cache that another user has written", function () {
  this.timeout(240_000);
  const lab = makeFolder(greetingFiles);
  const { folder } = lab;

  before(async function () {
    const why = noSetpriv();
    if (why !== undefined) skip(this, why);
    await warmCache();
  });
  after(() => lab.remove());

  it("is found where go may not make a directory in it, and the fix gives it back", async () => {
    const cache = join(folder, "modules");
    mkdirSync(join(cache, "cache", "download"), { recursive: true });
    // Root without its rights is the user here, and the other one has made the cache.
    for (const path of [cache, join(cache, "cache"), join(cache, "cache", "download")])
      chownSync(path, 65534, 65534);
    const proxy = await moduleProxy();
    try {
      const env = {
        GOMODCACHE: cache,
        GOPROXY: `http://127.0.0.1:${proxy.port}`,
        GOSUMDB: "off",
        GOFLAGS: "-modcacherw",
      };
      const dlvToolPath = await wrapBehind(folder, powerless);
      const config = debugConfig(folder, await labEnv(env), { dlvToolPath });
      const breakpoints = [{ file: join(folder, "main.go"), line: 10 }];
      const run = () => labLaunch({ config, folder, breakpoints, host: hostThrough(powerless) });
      const failed = await run();
      assert.match(String(failed.launch.timeline.buildError), /mkdir .*: permission denied/);
      const finding = named(failed, "as-root-flow", "proven");
      assert.match(finding.because, /belongs to uid 65534/);

      const { action } = preferredFix(finding);
      assert.ok(action.kind === "command");
      const [command = "", ...args] = action.argv;
      execFileSync(command, args);
      cured(finding, await run());
    } finally {
      await proxy.close();
    }
  });
});
