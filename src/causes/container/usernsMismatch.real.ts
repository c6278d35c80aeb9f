import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { labLaunch } from "../../../test/lab/launch.ts";
import { labEnv, makeFolder } from "../../../test/lab/module.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { type LabProcess, startProcess } from "../../../test/lab/server.ts";
import { skip } from "../../../test/lab/skip.ts";
import { dlv, go } from "../../../test/lab/tools.ts";
import type { Host } from "../../core/host.ts";
import { localHost } from "../../hosts/local.ts";

/** What a rootless container puts around all that runs in it. */
const inside = ["unshare", "--user", "--map-root-user"];

/** This machine as it looks from inside a user namespace of its own. */
const insideHost: Host = {
  ...localHost,
  run: (command, limits) => localHost.run({ ...command, argv: [...inside, ...command.argv] }, limits),
};

describe("an attach across user namespaces", function () {
  this.timeout(240_000);
  const lab = makeFolder({
    "go.mod": "module example.com/sleeper\n\ngo 1.25\n",
    "main.go": 'package main\n\nimport "time"\n\nfunc main() {\n\ttime.Sleep(time.Hour)\n}\n',
  });
  const { folder } = lab;
  const program = join(folder, "sleeper");
  const wrapper = join(folder, "dlv-inside");
  const started: LabProcess[] = [];
  let env: Record<string, string> = {};

  before(async function () {
    try {
      execFileSync("unshare", [...inside.slice(1), "true"], { stdio: "ignore" });
    } catch {
      skip(this, "unshare may not make a user namespace here");
    }
    env = await labEnv();
    execFileSync(await go(), ["build", "-gcflags=all=-N -l", "-o", program, "."], {
      cwd: folder,
      env: { ...process.env, ...env },
    });
    writeFileSync(wrapper, `#!/bin/sh\nexec ${inside.join(" ")} '${await dlv()}' "$@"\n`, { mode: 0o755 });
  });
  afterEach(async () => {
    for (const one of started.splice(0)) await one.end();
  });
  after(() => lab.remove());

  async function attach(target: readonly string[], dlvToolPath: string, host: Host) {
    const { pid } = await start(target);
    const config = { name: "lab", type: "go", request: "attach", mode: "local", processId: pid };
    return labLaunch({ config: { ...config, dlvToolPath, env }, folder, host });
  }

  async function start(argv: readonly string[]): Promise<LabProcess> {
    const target = await startProcess(argv, folder);
    started.push(target);
    return target;
  }

  it("from inside one to the outside is found; from the target's own namespace it works", async () => {
    const refused = await attach([program], wrapper, insideHost);
    assert.equal(refused.ended, "failed");
    assert.match(String(refused.launch.timeline.failure?.text), /operation not permitted/);
    const finding = named(refused, "userns-mismatch", "proven");
    assert.match(finding.evidence.join("\n"), /uid_map: 0 \d+ 1; .*uid_map: \d/);

    // What the fix asks of a person: dlv in the namespace of the process.
    const healthy = await attach([program], await dlv(), localHost);
    cured(finding, healthy, "initialized");
  });

  it("from the outside into one works for root, and nothing is found", async () => {
    const allowed = await attach([...inside, program], await dlv(), localHost);
    silent(allowed, "from the outside into one works for root, and nothing is found", "initialized");
  });
});
