import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { assertReport } from "../cli/contract.ts";
import { run, start } from "../cli/delveDoctor.ts";
import { type SlowRelay, slowRelay } from "../lab/slowRelay.ts";
import { withBlocks } from "../sshd/channels.ts";
import { type Lab, makeLab, nothingLeft, skipWithout } from "./lab.ts";

describe("dlv on a machine that is far away", () => {
  let lab: Lab;
  let relay: SlowRelay;
  let launch: readonly string[];
  before(async function () {
    skipWithout(this);
    lab = await makeLab();
    relay = await slowRelay(lab.sshd.port, { delayMs: 0 });
    const { here, sshd, on } = lab;
    const config = withBlocks(
      sshd,
      "far",
      `Host lab\nPort ${relay.port}\nHostKeyAlias [127.0.0.1]:${sshd.port}\nServerAliveInterval 2`,
    );
    writeFileSync(join(here.folder, "ssh"), `#!/bin/sh\nexec /usr/bin/ssh -F '${config}' "$@"\n`, {
      mode: 0o755,
    });
    launch = ["launch", "--program", join(here.folder, "app"), "--mode", "exec", "--json", ...on];
  });
  after(async () => {
    await relay?.close();
    await lab?.close();
  });

  for (const rtt of [100, 300]) {
    it(`reaches its stop at a round trip of ${rtt} ms, and says how far it is`, async () => {
      relay.weather.delayMs = rtt / 2;
      const answer = await run(lab.here.folder, [...launch, "--break", "main.go:5"], lab.env);
      const report = assertReport(answer.stdout);
      assert.equal(report.outcome, "stopped", answer.stderr);
      assert.deepEqual(report.findings, []);
      const measured = report.host.rttMs ?? 0;
      assert.ok(measured >= rtt && measured < rtt + 400, `${measured} ms`);
      await nothingLeft(lab);
    });
  }

  it("says that a connection which nobody ended is lost, when two keep-alives had no answer", async () => {
    relay.weather.delayMs = 10;
    const { said, ended } = await start(lab.here.folder, [...launch, "--until", "exit"], lab.env);
    await said(/run /);
    const began = performance.now();
    relay.cut();
    const { code, stdout, stderr } = await ended;
    assert.equal(code, 1);
    assert.match(stderr, /lab: nothing came for \d\.\d s and two keep-alives had no answer/);
    // Two intervals of 2 s, and then what it takes to fail to ask the host why.
    assert.ok(performance.now() - began < 40_000);
    assert.equal(assertReport(stdout).host.name, "lab");
    relay.reset();
    await nothingLeft(lab);
  });
});
