import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { type Attaching, attaching } from "../../../test/lab/attaching.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { skip } from "../../../test/lab/skip.ts";

describe("a dlv in a pid namespace of its own", function () {
  this.timeout(240_000);
  const outer = ["unshare", "--pid", "--fork", "--kill-child"];
  const own = [...outer, "--mount-proc"];
  let lab: Attaching;

  before(async function () {
    try {
      execFileSync("unshare", [...own.slice(1), "true"], { stdio: "ignore" });
    } catch {
      skip(this, "unshare may not make a pid namespace here");
    }
    lab = await attaching();
  });
  afterEach(() => lab?.end());
  after(() => lab?.remove());

  it("with the /proc outside is found in a launch, which works with a /proc of its own", async () => {
    const failed = await lab.launch({}, outer);
    assert.match(String(failed.launch.timeline.failure?.text), /could not read auxiliary vector/);
    const finding = named(failed, "pid-namespace", "proven");
    assert.match(finding.evidence.join("\n"), /NSpid of \/proc\/self\/status: \d+ \d+/);

    // What the fix asks of a person: unshare with --mount-proc.
    const stopped = await lab.launch({}, own);
    cured(finding, stopped);
    silent(stopped, "a launch in a pid namespace with its own /proc");
  });

  it("is likely in an attach to a number that it never had", async () => {
    const { pid } = await lab.start([lab.program]);
    const refused = await lab.attach(pid, own);
    assert.match(String(refused.launch.timeline.failure?.text), /no such process/);
    const finding = named(refused, "pid-namespace", "likely");
    assert.match(finding.because, new RegExp(`never had a process ${pid}`));
  });
});
