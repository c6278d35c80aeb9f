import assert from "node:assert/strict";
import { copyFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { delveFromOlderGo, needDelve } from "../../../scripts/setup/delve.ts";
import { needToolchain } from "../../../scripts/setup/go.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmFor } from "../../../test/lab/module.ts";
import { preferredFix } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { skip } from "../../../test/lab/skip.ts";
import { dlv, go } from "../../../test/lab/tools.ts";

const id = "dlv-install-offline";

describe("a machine without dlv", function () {
  this.timeout(300_000);
  // Without an import, so that an older Go has only its runtime to compile.
  const lab = makeFolder({
    "go.mod": "module example.com/hello\n\ngo 1.22\n",
    "main.go": 'package main\n\nfunc main() {\n\tprintln("hello")\n}\n',
  });
  const { folder } = lab;
  // A module proxy in files, which names one Delve (go.dev/ref/mod#goproxy-protocol).
  const versions = "proxy/github.com/go-delve/delve/@v";
  lab.write(`${versions}/list`, "v1.27.1\n");
  lab.write(`${versions}/v1.27.1.info`, '{"Version":"v1.27.1","Time":"2026-08-01T00:00:00Z"}');
  lab.write(`${versions}/v1.27.1.mod`, "module github.com/go-delve/delve\n\ngo 1.25.0\n");
  const breakpoints = [{ file: join(folder, "main.go"), line: 4 }];
  const own = join(folder, "bin", "dlv");

  before(function () {
    if (["/usr/bin/dlv", "/usr/local/bin/dlv"].some(existsSync))
      skip(this, "this machine has a dlv of its own");
    mkdirSync(dirname(own));
  });
  after(() => lab.remove());

  /** A home without a dlv, and a PATH that holds this go and the system's own programs. */
  async function config(goPath: string, more: Readonly<Record<string, string>>) {
    const cache = process.env["GOCACHE"] ?? join(process.env["HOME"] ?? "", ".cache", "go-build");
    const env = await labEnv({
      ...more,
      HOME: folder,
      GOCACHE: cache,
      PATH: `${dirname(goPath)}:/usr/bin:/bin`,
    });
    return debugConfig(folder, env, { dlvToolPath: own });
  }

  it("and without a way to a module proxy is found, and well once somebody brings a dlv along", async () => {
    const offline = await config(await go(), { GOPROXY: "off" });
    const failed = await labLaunch({ config: offline, folder, breakpoints });
    assert.equal(failed.ended, "failed");
    const finding = named(failed, id, "proven");
    assert.match(finding.because, /module lookup disabled by GOPROXY=off/);
    assert.equal(finding.explains?.phase, "start");

    const refused = await config(await go(), { GOPROXY: "http://127.0.0.1:1" });
    const other = named(await labLaunch({ config: refused, folder, breakpoints }), id, "proven");
    assert.match(other.because, /connection refused/);

    copyFileSync(await dlv(), own);
    cured(finding, await labLaunch({ config: offline, folder, breakpoints }));
  });

  it("with a Go that may not build the newest is found, and gets the Delve of its time", async () => {
    rmSync(own, { force: true });
    const older = await config(await needToolchain(delveFromOlderGo.go), {
      GOPROXY: `file://${folder}/proxy`,
      GOSUMDB: "off",
    });
    warmFor(folder, Object(older["env"]));
    const failed = await labLaunch({ config: older, folder, breakpoints });
    const finding = named(failed, id, "proven");
    assert.match(finding.because, /go1\.24\.13 may not build the newest/);
    const { action } = preferredFix(finding);
    assert.ok(action.kind === "command");
    assert.deepEqual(action.argv.slice(-1), [
      `github.com/go-delve/delve/cmd/dlv@${delveFromOlderGo.version}`,
    ]);
    // What that command builds, from the tests' own store.
    copyFileSync(await needDelve(delveFromOlderGo.version, delveFromOlderGo.go), own);
    const again = await labLaunch({ config: older, folder, breakpoints });
    cured(finding, again);
    silent(again, "a Delve of the Go's own time");
  });
});
