import assert from "node:assert/strict";
import { chmodSync, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { causes } from "../../src/causes/index.ts";
import { keepReport } from "../../src/cli/state.ts";
import { planned } from "../../src/core/launch.ts";
import { noTimeline } from "../../src/core/timeline.ts";
import { localHost } from "../../src/hosts/local.ts";
import { makeReport } from "../../src/report/report.ts";
import { helloFiles, type LabFolder, makeFolder } from "../lab/module.ts";
import { skip } from "../lab/skip.ts";
import { dlv } from "../lab/tools.ts";
import { assertReport } from "./contract.ts";
import { run } from "./delveDoctor.ts";

describe("delve-doctor causes", () => {
  it("lists every cause, and explains one by its id", async () => {
    const folder = makeFolder({});
    try {
      const list = await run(folder.folder, ["causes"]);
      assert.equal(list.code, 0);
      for (const { id, title } of causes)
        assert.ok(list.stdout.includes(id) && list.stdout.includes(title), id);
      const one = await run(folder.folder, ["causes", "noexec-mount"]);
      assert.match(one.stdout, /^# .*noexec/);
      assert.equal(one.code, 0);
    } finally {
      folder.remove();
    }
  });
});

describe("delve-doctor diagnose", () => {
  let hello: LabFolder;
  before(() => {
    hello = makeFolder(helloFiles);
  });
  after(() => hello.remove());

  it("looks without launching", async () => {
    const args = ["diagnose", "--json", "--program", ".", "--dlv", await dlv()];
    const { code, stdout } = await run(hello.folder, args);
    const report = assertReport(stdout);
    assert.equal(report.outcome, "diagnosed");
    assert.deepEqual(report.timeline.phases, []);
    assert.deepEqual(report.findings, []);
    assert.equal(code, 0);
  });

  it("finds what a configuration has wrong, with status 1, and a fix that silences it", async () => {
    const config = {
      name: "A",
      type: "go",
      request: "launch",
      mode: "debug",
      program: ".",
      dlvLoadConfig: {},
    };
    hello.write(".vscode/launch.json", JSON.stringify({ configurations: [config] }, null, 2));
    const { code, stdout } = await run(hello.folder, ["diagnose", "--json", "--dlv", await dlv()]);
    const [finding] = assertReport(stdout).findings;
    assert.equal(finding?.cause, "wrong-popular-settings");
    assert.equal(code, 1);
    const fix = finding.fixes.find((one) => one.preferred)?.id ?? "";
    const applied = await run(hello.folder, ["fix", fix, "--yes"]);
    assert.match(applied.stdout, /^verified: wrong-popular-settings is gone on \S+$/m);
    assert.equal(applied.code, 0);
  });
});

describe("delve-doctor fix with a command that needs root", () => {
  let folder: LabFolder;
  let made: string;
  beforeEach(async () => {
    folder = makeFolder(helloFiles);
    made = join(folder.folder, "made");
    await keep(folder.folder, made);
  });
  afterEach(() => folder.remove());

  it("shows it with sudo, and changes nothing with --preview", async () => {
    const { code, stdout } = await run(folder.folder, ["fix", "no-debug-info/made", "--preview"]);
    assert.match(stdout, new RegExp(`^\\$ sudo touch ${made}$`, "m"));
    assert.equal(code, 0);
    assert.ok(!existsSync(made));
  });

  it("runs it where we are root already and were told yes, and takes it back", async function () {
    if (process.getuid?.() !== 0) skip(this, "only root runs a root command without sudo");
    const { code, stderr } = await run(folder.folder, ["fix", "no-debug-info/made", "--yes"]);
    assert.equal(code, 0, stderr);
    assert.ok(existsSync(made));
    const undone = await run(folder.folder, ["fix", "--undo", "--yes"]);
    assert.equal(undone.code, 0, undone.stderr);
    assert.ok(!existsSync(made));
  });

  it("never runs it as somebody else without a terminal, whatever was said", async () => {
    const uid = process.getuid?.() === 0 ? 65_534 : undefined;
    for (const path of ["", "state", "state/delve-doctor", "state/delve-doctor/reports"])
      chmodSync(join(folder.folder, path), 0o777);
    // What is kept is its owner's alone.
    const reports = join(folder.folder, "state/delve-doctor/reports");
    for (const name of readdirSync(reports)) chmodSync(join(reports, name), 0o666);
    const { code, stderr } = await run(folder.folder, ["fix", "no-debug-info/made", "--yes"], {}, uid);
    assert.match(stderr, /needs root and a terminal where sudo can ask. Run it yourself: sudo touch /);
    assert.equal(code, 1);
    assert.ok(!existsSync(made));
  });
});

/** Keeps a report whose one fix would make a file as root, as an earlier launch would have. */
async function keep(folder: string, file: string): Promise<void> {
  const state = join(folder, "state");
  const before = process.env["XDG_STATE_HOME"];
  process.env["XDG_STATE_HOME"] = state;
  const launch = { ...planned({ name: "A" }, folder), timeline: noTimeline };
  const action = { kind: "command" as const, argv: ["touch", file], cwd: folder, undo: ["rm", file] };
  const fix = { id: "no-debug-info/made", title: "Make it", preferred: true, needsRoot: true, action };
  const finding = {
    cause: "no-debug-info",
    title: "For the test",
    certainty: "possible" as const,
    because: "It is asked for.",
    evidence: [],
    fixes: [{ ...fix, scope: "machine" as const }],
  };
  const report = makeReport(localHost, launch, { findings: [finding], clear: [], unknown: [] }, "diagnosed");
  await keepReport({ folder, program: folder }, report);
  if (before === undefined) delete process.env["XDG_STATE_HOME"];
  else process.env["XDG_STATE_HOME"] = before;
}
