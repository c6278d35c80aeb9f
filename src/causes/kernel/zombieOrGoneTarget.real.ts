import assert from "node:assert/strict";
import { type Attaching, attaching } from "../../../test/lab/attaching.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { until } from "../../../test/lab/server.ts";

describe("an attach to what is no running Go program", function () {
  this.timeout(240_000);
  let lab: Attaching;

  before(async () => {
    lab = await attaching();
  });
  afterEach(() => lab?.end());
  after(() => lab?.remove());

  it("is found where the process has ended, and its new one can be attached to", async () => {
    const before = await lab.start([lab.program]);
    await before.end();
    const refused = await lab.attach(before.pid);
    assert.match(String(refused.launch.timeline.failure?.text), /no such process/);
    const finding = named(refused, "zombie-or-gone-target", "proven");

    const { pid } = await lab.start([lab.program]);
    const attached = await lab.attach(pid);
    cured(finding, attached, "initialized");
    silent(attached, "an attach to a Go program that runs", "initialized");
  });

  it("is found where it is a zombie, with the parent that does not wait for it", async () => {
    const parent = await lab.start([
      "perl",
      "-e",
      '$| = 1; $p = fork; exit 0 unless $p; print "$p.\\n"; sleep',
    ]);
    await until(() => parent.printed().includes("."), "perl does not fork");
    const refused = await lab.attach(Number.parseInt(parent.printed(), 10));
    assert.match(String(refused.launch.timeline.failure?.text), /operation not permitted/);
    const finding = named(refused, "zombie-or-gone-target", "proven");
    assert.match(finding.because, new RegExp(`until perl \\(pid ${parent.pid}\\) waits`));
  });

  it("is likely where the program is none of Go's, whose attach goes well", async () => {
    const { pid } = await lab.start(["sleep", "3600"]);
    const attached = await lab.attach(pid);
    assert.equal(attached.ended, "initialized");
    const finding = named(attached, "zombie-or-gone-target", "likely");
    assert.match(finding.because, /sleep .* is no Go program/);
  });
});
