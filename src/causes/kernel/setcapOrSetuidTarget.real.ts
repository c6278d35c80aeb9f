import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { needDebian } from "../../../scripts/setup/debian.ts";
import { type Attaching, attaching, noSetpriv, powerless } from "../../../test/lab/attaching.ts";
import { preferredFix } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { until } from "../../../test/lab/server.ts";
import { skip } from "../../../test/lab/skip.ts";

/** Real file capabilities, which the program really gets, and a dlv that has none. */
describe("an attach to a program with more rights than dlv", function () {
  this.timeout(240_000);
  const bounded = powerless.map((word) => (word.startsWith("--bounding") ? `${word},+net_raw` : word));
  let lab: Attaching;

  before(async function () {
    const why = noSetpriv();
    if (why !== undefined) skip(this, why);
    await needDebian("libcap2-bin");
    lab = await attaching();
  });
  afterEach(() => lab?.end());
  after(() => lab?.remove());

  it("is found where they are file capabilities, and a plain copy of the program can be attached to", async function () {
    const capable = join(lab.folder, "capable");
    copyFileSync(lab.program, capable);
    try {
      execFileSync("setcap", ["cap_net_raw+ep", capable], { stdio: "ignore" });
    } catch {
      skip(this, "this file system keeps no file capabilities");
    }
    const { pid } = await lab.start([...bounded, capable]);
    const refused = await lab.attach(pid, powerless);
    assert.match(String(refused.launch.timeline.failure?.text), /operation not permitted/);
    const finding = named(refused, "setcap-or-setuid-target", "proven");
    assert.match(finding.because, /cap_net_raw/);
    assert.equal(preferredFix(finding).id, "setcap-or-setuid-target/plain-copy");

    // What the fix asks of a person: cp loses the capabilities.
    const copy = join(lab.folder, "copy");
    copyFileSync(capable, copy);
    const { pid: plain } = await lab.start([...bounded, copy]);
    const attached = await lab.attach(plain, powerless);
    cured(finding, attached, "initialized");
    silent(attached, "an attach to a program with no more rights than dlv", "initialized");
  });

  it("is likely where the program may not be dumped, as far as its exe tells", async () => {
    const number = process.arch === "x64" ? 157 : 167; // prctl(2)
    const script = `syscall(${number}, 4, 0); $| = 1; print "hidden\\n"; sleep`;
    const target = await lab.start([...powerless, "perl", "-e", script]);
    await until(() => target.printed().includes("hidden"), "perl does not hide itself");
    const refused = await lab.attach(target.pid, powerless);
    const finding = named(refused, "setcap-or-setuid-target", "likely");
    assert.match(finding.because, /may not be dumped/);
  });
});
