import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { dapClient } from "../../../test/dap/client.ts";
import { blackHole } from "../../../test/lab/blackHole.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { greetingFiles, moduleProxy } from "../../../test/lab/moduleProxy.ts";
import { preferredFix } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { startProcess, until } from "../../../test/lab/server.ts";
import { skip } from "../../../test/lab/skip.ts";
import { dlv } from "../../../test/lab/tools.ts";

/** The build that this dlv has started: its pid, once it is there. */
function buildOf(parent: number): number | undefined {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.map(Number).find((pid) => {
    try {
      const [, name, ppid] = /^\d+ \((.*)\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
      return (
        name === "go" &&
        Number(ppid) === parent &&
        readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("__debug_bin")
      );
    } catch {
      return false;
    }
  });
}

describe("a build whose dlv was killed", function () {
  this.timeout(240_000);
  const lab = makeFolder(greetingFiles);
  const { folder } = lab;
  const breakpoints = [{ file: join(folder, "main.go"), line: 10 }];

  before(async function () {
    if (!existsSync("/proc/self/stat")) skip(this, "there is no /proc");
    await warmCache();
  });

  after(() => lab.remove());

  it("is named in the next launch, ended by its fix and by pid, and not while its dlv lives", async () => {
    const [hole, proxy] = [await blackHole(), await moduleProxy()];
    const from = (GOPROXY: string, cache: string) =>
      labEnv({ GOPROXY, GOMODCACHE: join(folder, cache), GOFLAGS: "-modcacherw" });
    const [stuck, env] = [await from(hole.url, "stuck"), await from(proxy.url, "cache")];
    const server = await startProcess([await dlv(), "dap", "--listen=127.0.0.1:0"], folder, stuck);
    try {
      await until(() => /listening at: \S+/.test(server.printed()), "dlv listens");
      const socket = connect(Number(/:(\d+)\s/.exec(server.printed())?.[1]), "127.0.0.1");
      await once(socket, "connect");
      const client = dapClient(socket);
      await client.initialize();
      client.send("launch", { request: "launch", mode: "debug", program: folder });
      await until(() => buildOf(server.pid) !== undefined, "go builds");
      const build = buildOf(server.pid);

      const launch = () => labLaunch({ config: debugConfig(folder, env), folder, breakpoints });
      silent(await launch(), "another session builds, and its dlv waits for it");

      // What an editor does that was told to stop and got no answer.
      process.kill(server.pid, "SIGKILL");
      client.closed.catch(() => {});
      await until(() => buildOf(server.pid) === undefined, "the build has another parent");
      const finding = named(await launch(), "stop-ignored-while-building", "proven");
      assert.match(finding.because, new RegExp(`go build \\(pid ${build}\\)`));
      assert.match(finding.evidence.join("\n"), new RegExp(`-o ${folder}/__debug_bin\\S* in ${folder}`));

      const { action } = preferredFix(finding);
      assert.ok(action.kind === "command");
      const [file = "", ...args] = action.argv;
      execFileSync(file, args);
      assert.ok(!existsSync(`/proc/${build}`) || /\) Z /.test(readFileSync(`/proc/${build}/stat`, "utf8")));
      cured(finding, await launch());
      client.close();
    } finally {
      await server.end();
      await hole.close();
      await proxy.close();
    }
  });
});
