import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type BlackHole, blackHole } from "../../../test/lab/blackHole.ts";
import { freePort, serverLab } from "../../../test/lab/dlvServer.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { makeFolder } from "../../../test/lab/module.ts";
import { fixedConfig, withoutAdapter } from "../../../test/lab/relaunch.ts";
import { cured, named } from "../../../test/lab/score.ts";
import { until } from "../../../test/lab/server.ts";
import { sampleTree } from "../../hosts/procfs.ts";

describe("the helper of golang.go that lists packages", function () {
  this.timeout(240_000);
  const lab = serverLab();
  const { folder, breakpoints } = lab;
  // A module that is nowhere: `all` wants it, and its proxy gives no answer.
  const needy = makeFolder({
    "go.mod": "module example.com/needy\n\ngo 1.25\n\nrequire example.com/missing v1.0.0\n",
    "main.go": 'package main\n\nimport _ "example.com/missing"\n\nfunc main() {}\n',
  });
  let hole: BlackHole;
  let helper: ChildProcess | undefined;
  before(async () => {
    await lab.prepare();
    hole = await blackHole();
  });
  afterEach(async () => {
    if (helper?.pid !== undefined && helper.exitCode === null && helper.signalCode === null) {
      process.kill(-helper.pid, "SIGKILL");
      await once(helper, "exit");
    }
    await lab.endAll();
  });
  after(async () => {
    await hole.close();
    needy.remove();
    lab.remove();
  });

  /** Runs it as the extension host does: a child of ours, here with the directory and environment that make it wait. */
  function guess(cwd: string, env: Readonly<Record<string, string>>): ChildProcess {
    helper = spawn(lab.dlv, ["substitute-path-guess-helper"], {
      cwd,
      env: { ...process.env, ...lab.env, ...env },
      stdio: "ignore",
      detached: true,
    });
    return helper;
  }

  it("is found while it waits for a module; with its fix nothing is listed, and the attach stops", async () => {
    const port = await freePort();
    await lab.headless(port, ["--accept-multiclient"]);
    const config = withoutAdapter(lab.attach(port));
    const { pid = 0 } = guess(needy.folder, { GOPROXY: hole.url, GONOSUMDB: "*", GOFLAGS: "-mod=mod" });
    const goList = () => sampleTree(pid).processes.find(({ name }) => name === "go");
    await until(
      () => (goList()?.sockets ?? []).some(({ state }) => state === "ESTABLISHED"),
      "go list waiting",
    );
    const began = performance.now();
    await until(() => performance.now() - began > 2500, "the helper's usual time");

    const verdicts = { findings: await lab.diagnose(config), clear: [], unknown: [] };
    const finding = named({ verdicts }, "remote-helper-go-list", "proven");
    assert.match(
      finding.evidence.join("\n"),
      new RegExp(`pid ${pid}: dlv subst.*by \\S+ \\(pid ${process.pid}\\)`),
    );
    assert.match(finding.evidence.join("\n"), new RegExp(`pid ${goList()?.pid}: go list, .* 1 TCP`));

    const fixed = fixedConfig(config, finding);
    assert.deepEqual(await lab.diagnose(fixed), []);
    const attached = await labLaunch({ config: fixed, folder, breakpoints });
    cured(finding, attached);
  });

  it("is no finding where everything is there", async () => {
    const port = await freePort();
    await lab.headless(port, ["--accept-multiclient"]);
    const done = once(guess(folder, {}), "exit");
    assert.deepEqual(await lab.diagnose(withoutAdapter(lab.attach(port))), []);
    assert.deepEqual(await done, [0, null]);
  });
});
