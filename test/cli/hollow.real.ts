import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { warmCache } from "../lab/module.ts";
import { type BuiltElsewhere, builtElsewhere, doubleFiles } from "../lab/sources.ts";
import { dlv } from "../lab/tools.ts";
import { assertReport } from "./contract.ts";
import { run } from "./delveDoctor.ts";

describe("delve-doctor launch, where a breakpoint is not set", function () {
  this.timeout(300_000);
  let built: BuiltElsewhere;
  const launchJson = () => join(built.folder, ".vscode", "launch.json");

  before(async () => {
    await warmCache();
    built = await builtElsewhere(doubleFiles);
    mkdirSync(join(built.folder, ".vscode"));
    const { program } = built;
    const common = { type: "go", request: "launch", mode: "exec", program };
    const configurations = [
      { ...common, name: "Double" },
      { ...common, name: "Server", args: ["wait"] },
    ];
    writeFileSync(launchJson(), JSON.stringify({ version: "0.2.0", configurations }));
  });
  after(() => built?.remove());

  const launch = async (...more: readonly string[]) =>
    run(built.folder, ["launch", "--config", ...more, "--dlv", await dlv(), "--break", "main.go:12"]);

  it("does not wait for a program that nothing stops, and says why", async () => {
    const { code, stdout, stderr } = await launch("Server", "--json");
    assert.equal(code, 1, stdout + stderr);
    const report = assertReport(stdout);
    assert.equal(report.outcome, "initialized");
    assert.equal(report.findings[0]?.cause, "substitute-path-missing");
  });

  it("ends with status 1 and the finding, whose fix makes the same launch reach its stop", async () => {
    const ran = await launch("Double");
    assert.equal(ran.code, 1, ran.stdout + ran.stderr);
    const known = join(built.elsewhere, "main.go");
    assert.ok(
      ran.stdout.startsWith(
        `\nThe breakpoint at main.go:12 is not set: program knows the file as ${known}. Proven on `,
      ),
      ran.stdout,
    );
    assert.match(ran.stdout, /\nBreakpoints that are not set\n {2}\S+main\.go:12: could not find file /);

    const fixed = await run(built.folder, ["fix", "substitute-path-missing/map", "--yes"]);
    assert.equal(fixed.code, 0, fixed.stdout + fixed.stderr);
    const [double] = JSON.parse(readFileSync(launchJson(), "utf8")).configurations;
    assert.deepEqual(double.substitutePath, [{ from: built.folder, to: built.elsewhere }]);
    const again = await launch("Double");
    assert.equal(again.code, 0, again.stdout + again.stderr);
    assert.doesNotMatch(again.stdout, /not set/);
  });

  it("says which line it is where no cause is known", async () => {
    const { code, stdout } = await run(built.folder, [
      "launch",
      "--config",
      "Double",
      "--dlv",
      await dlv(),
      "--break",
      "main.go:2",
    ]);
    assert.equal(code, 1);
    assert.match(stdout, /Nothing was found\./);
    assert.match(stdout, /\nBreakpoints that are not set\n {2}\S+main\.go:2: could not find statement /);
  });
});
