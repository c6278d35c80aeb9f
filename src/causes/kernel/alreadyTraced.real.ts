import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { needDebian } from "../../../scripts/setup/debian.ts";
import { type Attaching, attaching } from "../../../test/lab/attaching.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { labEnv } from "../../../test/lab/module.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { until } from "../../../test/lab/server.ts";
import { dlv } from "../../../test/lab/tools.ts";

describe("a program that something else traces", function () {
  this.timeout(240_000);
  let lab: Attaching;

  before(async () => {
    await needDebian("strace");
    lab = await attaching();
  });
  afterEach(() => lab?.end());
  after(() => lab?.remove());

  const tracerOf = (pid: number) =>
    /^TracerPid:\t(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];

  it("is found in an attach, with the tracer's name, and the attach works once that has let go", async () => {
    const { pid } = await lab.start([lab.program]);
    const strace = await lab.start(["strace", "-f", "-o", "/dev/null", "-p", String(pid)]);
    await until(() => tracerOf(pid) !== "0", "strace does not attach");
    const refused = await lab.attach(pid);
    assert.equal(refused.ended, "failed");
    const finding = named(refused, "already-traced", "proven");
    assert.match(finding.because, new RegExp(`^strace \\(pid ${strace.pid}\\)`));

    // strace lets go at Ctrl+C.
    process.kill(strace.pid, "SIGINT");
    await until(() => tracerOf(pid) === "0", "strace does not let go");
    const attached = await lab.attach(pid);
    cured(finding, attached, "initialized");
    silent(attached, "an attach to a process that strace has left", "initialized");
  });

  it("is found in a launch under strace -f, and the fix runs dlv itself to the stop", async () => {
    const dlvToolPath = await lab.wrap(["strace", "-f", "-o", "/dev/null"]);
    const common = { name: "lab", type: "go", request: "launch", mode: "exec", program: lab.program };
    const config = { ...common, __buildDir: lab.folder, env: await labEnv(), dlvToolPath };
    const { folder, breakpoints } = lab;
    const refused = await labLaunch({ config, folder, breakpoints });
    const finding = named(refused, "already-traced", "proven");
    assert.match(finding.because, /^strace traces dlv/);

    const fixed = fixedConfig(config, finding);
    assert.equal(fixed["dlvToolPath"], await dlv());
    cured(finding, await labLaunch({ config: fixed, folder, breakpoints }));
  });

  it("is not what is found under an strace that follows no children", async () => {
    const dlvToolPath = await lab.wrap(["strace", "-o", "/dev/null"]);
    silent(await lab.launch({ dlvToolPath }), "a launch under strace without -f");
  });
});
