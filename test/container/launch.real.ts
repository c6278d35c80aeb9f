import assert from "node:assert/strict";
import { assertReport } from "../cli/contract.ts";
import { run } from "../cli/delveDoctor.ts";
import { makeFolder } from "../lab/module.ts";
import { openPodman, type Podman } from "../lab/podman.ts";

const program = ["--program", "/work/hello", "--mode", "exec"];
const on = ["--on", "podman:api", "--remote-folder", "/work"];

describe("dlv in a podman container", function () {
  this.timeout(240_000);
  let podman: Podman;
  const here = makeFolder({ "main.go": "package main\n" });
  before(async function () {
    const made = await openPodman();
    if (typeof made === "string") {
      console.log(`      skipped: ${made}`);
      this.skip();
    }
    podman = made;
  });
  after(async () => {
    await podman?.remove();
    here.remove();
  });
  const env = () => podman.env as Readonly<Record<string, string>>;
  const processes = async (name: string) =>
    (await podman.run("exec", name, "ps", "-o", "args")).trim().split("\n");

  it("is launched through a relay to its breakpoint, and nothing is left in the container", async () => {
    const name = await podman.start("--name", "api");
    const launch = ["launch", ...program, "--break", `${podman.source}:6`, "--json", ...on];
    const answer = await run(here.folder, launch, env());
    const report = assertReport(answer.stdout);
    assert.equal(report.outcome, "stopped", answer.stderr);
    assert.deepEqual(report.findings, []);
    assert.deepEqual([report.host.kind, report.host.name], ["podman", "api"]);
    // Nobody buries the dead where process 1 is no init; those that ps shows in brackets run no more.
    assert.deepEqual(
      (await processes(name)).filter((words) => /^[^[]*(?:dlv|hello|dd_main)/.test(words)),
      [],
    );
  });
});
