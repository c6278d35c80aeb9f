import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Attaching, attaching } from "../../../test/lab/attaching.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { labEnv } from "../../../test/lab/module.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { skip } from "../../../test/lab/skip.ts";
import { localHost } from "../../hosts/local.ts";

describe("a launch with rr", function () {
  this.timeout(240_000);
  let lab: Attaching;

  before(async () => {
    lab = await attaching();
  });
  after(() => lab?.remove());

  async function launch(more: Readonly<Record<string, unknown>>) {
    const env = { ...(await labEnv()), PATH: "/usr/sbin:/usr/bin:/sbin:/bin" };
    const { program, folder, breakpoints } = lab;
    const common = { name: "lab", type: "go", request: "launch", mode: "exec", program, __buildDir: folder };
    const config = { ...common, env, backend: "rr", ...more };
    return { config, result: await labLaunch({ config, folder, breakpoints }) };
  }
  const reads = async (path: string) =>
    (
      await localHost.run(
        { argv: ["sh", "-c", 'cat "$0" 2>/dev/null; command -v rr', path] },
        { ms: 5000, bytes: 1000 },
      )
    ).stdout;

  it("that is not installed is found, and the fix launches with Delve's own backend", async function () {
    if ((await reads("/dev/null")) !== "") skip(this, "this machine has an rr");
    const { config, result } = await launch({});
    assert.match(String(result.launch.timeline.failure?.text), /backend unavailable/);
    const finding = named(result, "rr-backend-perf", "proven");

    const { folder, breakpoints } = lab;
    cured(finding, await labLaunch({ config: fixedConfig(config, finding), folder, breakpoints }));
    silent((await launch({ backend: "native" })).result, "a launch with Delve's own backend");
  });

  it("is found where the kernel keeps its counters", async function () {
    if (Number.parseInt(await reads("/proc/sys/kernel/perf_event_paranoid"), 10) <= 1)
      skip(this, "this kernel lets everybody read its counters");
    // Delve looks for rr and at the kernel's value before it starts anything: a program of the name is enough.
    const bin = join(lab.folder, "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "rr"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
    const { result } = await launch({ env: { ...(await labEnv()), PATH: `${bin}:/usr/bin:/bin` } });
    assert.match(String(result.launch.timeline.failure?.text), /perf_event_paranoid <= 1/);
    const finding = named(result, "rr-backend-perf", "proven");
    assert.match(finding.because, /perf_event_paranoid is \d/);
  });
});
