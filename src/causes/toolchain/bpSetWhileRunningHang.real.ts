import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { duplexPair } from "node:stream";
import { needDelve } from "../../../scripts/setup/delve.ts";
import { needToolchain } from "../../../scripts/setup/go.ts";
import { dapClient } from "../../../test/dap/client.ts";
import { labEnv, makeFolder } from "../../../test/lab/module.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { until } from "../../../test/lab/server.ts";
import { planned } from "../../core/launch.ts";
import { firstUsual } from "../../core/usual.ts";
import { localHost } from "../../hosts/local.ts";
import { here } from "../../remote/place.ts";
import { openSession } from "../../session/session.ts";
import { causes } from "../index.ts";

/** The Go of that Delve's time, and the Delve that the fix installs for it, as the matrix of versions has them. */
const old = { delve: "v1.6.0", go: "go1.16.15" };
const newer = { delve: "v1.8.3", go: "go1.18.10" };

const files = {
  "go.mod": "module example.com/loop\n\ngo 1.16\n",
  "main.go":
    'package main\n\nimport "time"\n\nfunc main() {\n\tfor i := 0; ; i++ {\n\t\ttime.Sleep(50 * time.Millisecond)\n\t}\n}\n',
};

describe("a breakpoint that is set while the program runs", function () {
  this.timeout(600_000);
  const lab = makeFolder(files);
  const { folder } = lab;
  const program = join(folder, "loop");
  let env: Record<string, string> = {};
  before(async () => {
    env = await labEnv();
    execFileSync(await needToolchain(old.go), ["build", "-gcflags=all=-N -l", "-o", program, "."], {
      cwd: folder,
      env: { ...process.env, ...env, CGO_ENABLED: "0" },
    });
  });
  after(() => {
    endPrograms();
    lab.remove();
  });

  /** Launches without a breakpoint, sets one while the program runs, and waits for its stop or for an answer in vain. */
  async function setWhileRunning(dlvToolPath: string) {
    const [near, far] = duplexPair();
    const plan = planned({ request: "launch", mode: "exec", program, dlvToolPath, env }, folder);
    const session = openSession(far, { planned: plan, ...here, near: localHost, usual: firstUsual });
    const client = dapClient(near);
    try {
      await client.initialize();
      const launched = client.send("launch", { mode: "exec", program });
      await client.event("initialized");
      await client.request("configurationDone");
      await client.response(launched);
      client.send("setBreakpoints", {
        source: { path: join(folder, "main.go") },
        breakpoints: [{ line: 7 }],
      });
      const timeline = () => session.launch().timeline;
      const vain = () => (timeline().unanswered?.[0]?.ms ?? 0) > 3500;
      await until(() => vain() || timeline().outcome !== undefined, "a stop, or an answer in vain");
      return { ended: timeline().outcome ?? "running", verdicts: await session.diagnose(causes) };
    } finally {
      client.close();
      await session.done;
      endPrograms();
    }
  }

  /** A Delve of that time ends with its client, sooner or later, and lets the program run on. */
  function endPrograms(): void {
    for (const name of readdirSync("/proc").filter((one) => /^\d+$/.test(one))) endProgram(Number(name));
  }

  function endProgram(pid: number): void {
    try {
      if (readlinkSync(`/proc/${pid}/exe`) === program) process.kill(pid, "SIGKILL");
    } catch {
      // It has ended, or is not ours to look at.
    }
  }

  it("is found where Delve does not answer, and reached with the Delve that the fix installs", async () => {
    const hangs = await setWhileRunning(await needDelve(old.delve, old.go));
    assert.equal(hangs.ended, "running");
    const finding = named(hangs, "bp-set-while-running-hang", "likely");
    assert.match(JSON.stringify(finding.fixes), new RegExp(`dlv@${newer.delve}`));
    const again = await setWhileRunning(await needDelve(newer.delve, newer.go));
    cured(finding, again);
    silent(again, "a breakpoint that is set while the program runs");
  });
});
