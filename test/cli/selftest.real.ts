import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { needDebian } from "../../scripts/setup/debian.ts";
import { type LabFolder, makeFolder, warmCache } from "../lab/module.ts";
import { noSeccomp, writeFilter } from "../lab/seccomp.ts";
import { assertSelfTest, outcomeOf } from "../lab/selfTest.ts";
import { skip } from "../lab/skip.ts";
import { dlv } from "../lab/tools.ts";
import { yamaOptions } from "../lab/yama.ts";
import { leftIn, run, start } from "./delveDoctor.ts";

describe("delve-doctor selftest", () => {
  let lab: LabFolder;
  before(warmCache.bind(undefined, undefined));
  beforeEach(() => {
    lab = makeFolder({});
    mkdirSync(tmp());
  });
  afterEach(() => {
    // The folder of the program is made there: nothing of it is left, and nothing runs in it.
    assert.deepEqual(readdirSync(tmp()), []);
    assert.deepEqual(leftIn(lab.folder), []);
    lab.remove();
  });

  const tmp = () => join(lab.folder, "tmp");
  const selfTest = async (
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
    inside: readonly string[] = [],
  ) => {
    const words = ["selftest", "--json", ...args];
    const { code, stdout, stderr } = await run(
      lab.folder,
      words,
      { TMPDIR: tmp(), ...env },
      undefined,
      inside,
    );
    return { code, stderr, test: assertSelfTest(stdout || stderr) };
  };
  /** A program in place of dlv. */
  const instead = (script: string) => {
    const file = join(lab.folder, "dlv");
    writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return file;
  };

  it("finds that all works, one line a part on the terminal", async () => {
    const args = ["selftest", "--dlv", await dlv()];
    const { code, stdout, stderr } = await run(lab.folder, args, { TMPDIR: tmp() });
    assert.match(stdout, /^ {2}✓ works +go is found +\d+ ms {2}\/\S+\/go, go1\./);
    assert.match(stdout, /^ {2}✓ works +Stack and variable are read .*main\.main, answer = 42$/m);
    assert.match(stdout, /^ {2}✓ works +The exit code arrives .* {2}7$/m);
    assert.match(stdout, /^ {2}✓ works +The build cache is used .*compiles nothing$/m);
    assert.match(stdout, /\n\nAll 14 parts of a debug launch work\. It took [\d.]+ m?s on \S+\.\n$/);
    assert.equal(stderr, "");
    assert.equal(code, 0);
  });

  it("names the cause where there is no dlv", async () => {
    const { code, test } = await selfTest(["--dlv", "/nowhere/dlv"]);
    assert.equal(code, 1);
    assert.deepEqual(outcomeOf(test), {
      works: ["go", "clean"],
      fails: { dlv: "dlv-dies-or-missing-at-start" },
    });
    assert.equal(test.findings[0]?.cause, "dlv-dies-or-missing-at-start");
  });

  it("names the cause where dlv says its version and dies", async () => {
    const dies = instead('[ "$1" = version ] && echo Version: 9.9.9 && exit\necho cannot start >&2\nexit 3');
    const { code, test } = await selfTest(["--dlv", dies]);
    assert.equal(code, 1);
    const { works, fails } = outcomeOf(test);
    assert.deepEqual(works, ["go", "dlv", "clean"]);
    assert.deepEqual(Object.keys(fails), ["listen"]);
    assert.match(test.steps.find(({ id }) => id === "listen")?.because ?? "", /cannot start/);
  });

  it("names the cause where PATH has no go", async function () {
    if (existsSync("/usr/bin/go") || existsSync("/bin/go"))
      skip(this, "this machine has a go of the system's");
    const { code, test } = await selfTest(["--dlv", await dlv()], { PATH: "/usr/bin:/bin" });
    assert.equal(code, 1);
    const cause = "go-not-on-extension-host-path";
    assert.deepEqual(outcomeOf(test), {
      works: ["dlv", "listen", "clean"],
      fails: { go: cause, build: cause },
    });
  });

  it("tells a program that may not be run from a build that fails", async function () {
    const inside = ["unshare", "-m", "sh", "-c", 'mount -t tmpfs -o noexec tmpfs "$0" && exec "$@"', tmp()];
    if (spawnSync("unshare", ["-m", "mount", "-t", "tmpfs", "tmpfs", tmp()]).status !== 0)
      skip(this, "this machine does not let us mount");
    const { code, test } = await selfTest(["--dlv", await dlv()], {}, inside);
    assert.equal(code, 1);
    assert.deepEqual(outcomeOf(test), {
      works: ["go", "dlv", "listen", "build", "cache", "clean"],
      fails: { start: "noexec-mount", test: "noexec-mount" },
    });
  });

  it("tells an attach that is denied from a launch that is not", async function () {
    await needDebian("bubblewrap");
    const why = noSeccomp();
    if (why !== undefined) skip(this, why);
    const filter = writeFilter(lab.folder, undefined, "attach");
    const scope1 = yamaOptions(lab.folder, 1).join(" ");
    const enter = `exec bwrap --dev-bind / / --die-with-parent ${scope1} --seccomp 9 "$@" 9<"$0"`;
    const { code, test } = await selfTest(["--dlv", await dlv()], {}, ["sh", "-c", enter, filter]);
    assert.equal(code, 1);
    const { fails, works } = outcomeOf(test);
    assert.deepEqual(fails, { attach: "yama-scope1-attach" });
    assert.equal(works.length, 13);
    const attach = test.steps.find(({ id }) => id === "attach");
    assert.equal(attach?.detail, "ptrace_scope 1: only what dlv itself has started");
  });

  it("ends on Ctrl+C at once, and says what was not tried", async () => {
    const args = ["selftest", "--json", "--dlv", await dlv()];
    const running = await start(lab.folder, args, { TMPDIR: tmp() });
    await running.said(/dlv is found/);
    const begun = performance.now();
    running.child.kill("SIGINT");
    const { code, stdout } = await running.ended;
    // A second where the machine is free; here other tests run beside it.
    assert.ok(performance.now() - begun < 5000);
    const test = assertSelfTest(stdout);
    assert.equal(test.steps.find(({ id }) => id === "test")?.because, "it was cancelled");
    assert.equal(test.steps.at(-1)?.result, "works", "nothing is left behind");
    assert.equal(code, 1);
  });

  it("cannot run where there is nowhere to write", async () => {
    const { code, stdout, stderr } = await run(lab.folder, ["selftest"], { TMPDIR: "/nowhere" });
    assert.match(stderr, /^delve-doctor: \S+ gives no temporary folder: .*\/nowhere/);
    assert.equal(stdout, "");
    assert.equal(code, 3);
  });
});
