import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { blackHole } from "../lab/blackHole.ts";
import { helloFiles, type LabFolder, makeFolder, warmCache } from "../lab/module.ts";
import { greetingFiles } from "../lab/moduleProxy.ts";
import { dlv } from "../lab/tools.ts";
import { assertReport } from "./contract.ts";
import { leftIn, run, start } from "./delveDoctor.ts";

const secret = "hunter2-hunter2";

/** One Go configuration, with whatever more it is to hold. */
function launchJson(more: Readonly<Record<string, unknown>> = {}): string {
  const common = { name: "Hello", type: "go", request: "launch", mode: "debug", program: "." };
  return JSON.stringify({ version: "0.2.0", configurations: [{ ...common, ...more }] });
}

describe("delve-doctor launch", () => {
  let hello: LabFolder;
  before(warmCache.bind(undefined, undefined));
  beforeEach(() => {
    hello = makeFolder({ ...helloFiles, ".vscode/launch.json": launchJson() });
  });
  afterEach(() => {
    assert.deepEqual(leftIn(hello.folder), []);
    hello.remove();
  });

  it("reaches a breakpoint with status 0, the phases on stderr and the report on stdout", async () => {
    const { code, stdout, stderr } = await run(hello.folder, [
      "launch",
      "--dlv",
      await dlv(),
      "--break",
      "main.go:6",
    ]);
    assert.equal(code, 0, stdout + stderr);
    assert.match(
      stdout,
      /^\n"Hello" \(debug\) reached its stop after [\d.]+ m?s on \S+\. Nothing was found\.\n/,
    );
    for (const phase of ["start", "handshake", "build", "load", "configure", "run"])
      assert.match(stderr, new RegExp(`✓ ${phase} `));
    assert.ok(!`${stdout}${stderr}`.includes("\u001b"));
  });

  it("writes one report as the contract has it, and no secret", async () => {
    hello.write(".vscode/launch.json", launchJson({ env: { TEST_SECRET: secret } }));
    const args = ["launch", "--json", "--dlv", await dlv(), "--until", "exit", "--env", `MORE=${secret}`];
    const { code, stdout, stderr } = await run(hello.folder, args);
    const report = assertReport(stdout);
    assert.equal(code, 0, stdout + stderr);
    assert.equal(report.outcome, "exited");
    assert.equal(report.launch.name, "Hello");
    assert.equal(report.timeline.phases.length, 6);
    assert.match(stderr, /^hello$/m);
    assert.doesNotMatch(stdout + stderr, /hunter2/);
  });

  it("is ready to run where no goal is given", async () => {
    const { code, stdout } = await run(hello.folder, ["launch", "--json", "--dlv", await dlv()]);
    assert.equal(assertReport(stdout).outcome, "initialized");
    assert.equal(code, 0, stdout);
  });

  it("runs a program without any launch.json", async () => {
    hello.write(".vscode/launch.json", "{}");
    const args = ["launch", "--json", "--program", ".", "--dlv", await dlv(), "--break", "main.go:6"];
    const { code, stdout } = await run(hello.folder, args);
    assert.equal(assertReport(stdout).outcome, "stopped");
    assert.equal(code, 0, stdout);
  });

  it("runs dlv in this terminal where the configuration asks for one", async () => {
    hello.write(".vscode/launch.json", launchJson({ console: "integratedTerminal" }));
    const args = ["launch", "--json", "--dlv", await dlv(), "--until", "exit"];
    const { code, stdout, stderr } = await run(hello.folder, args);
    assert.equal(assertReport(stdout).outcome, "exited", stderr);
    assert.match(stderr, /^hello$/m);
    assert.equal(code, 0);
  });

  it("ends with 1 and the compiler's words where the program does not build", async () => {
    hello.write("main.go", "package main\n\nfunc main() { undefinedThing() }\n");
    const { code, stdout } = await run(hello.folder, ["launch", "--json", "--dlv", await dlv()]);
    const report = assertReport(stdout);
    assert.equal(report.outcome, "failed");
    assert.match(JSON.stringify(report), /undefined: undefinedThing/);
    assert.equal(code, 1);
  });

  it("hands a program that does not exist to dlv, and says so", async () => {
    hello.write(".vscode/launch.json", launchJson({ program: "cmd/nowhere" }));
    const { code, stdout, stderr } = await run(hello.folder, ["launch", "--json", "--dlv", await dlv()]);
    assert.equal(assertReport(stdout).outcome, "failed");
    assert.match(stderr, /warning: configuration "Hello": "program" is .*cmd\/nowhere, which does not exist/);
    assert.equal(code, 1);
  });

  it("names a dlv that is not there", async () => {
    const { code, stdout } = await run(hello.folder, ["launch", "--json", "--dlv", "/nowhere/dlv"]);
    const report = assertReport(stdout);
    assert.equal(report.outcome, "failed");
    assert.match(report.timeline.failure?.text ?? "", /\/nowhere\/dlv/);
    assert.equal(code, 1);
  });

  it("gives up after --timeout, and says what the program waits for", async () => {
    hello.write(
      "main.go",
      'package main\n\nimport "os"\n\nfunc main() {\n\tos.Stdin.Read(make([]byte, 1))\n}\n',
    );
    const args = ["launch", "--json", "--dlv", await dlv(), "--until", "exit", "--timeout", "6000"];
    const { code, stdout } = await run(hello.folder, args);
    const report = assertReport(stdout);
    assert.equal(report.outcome, "cancelled");
    assert.equal(report.findings[0]?.cause, "stdin-in-debug-console");
    assert.equal(code, 1);
  });

  it("remembers times, and keeps the log, where XDG_STATE_HOME says", async () => {
    await run(hello.folder, ["launch", "--json", "--dlv", await dlv()]);
    const state = join(hello.folder, "state", "delve-doctor");
    assert.deepEqual(readdirSync(state).sort(), ["builds", "launches", "reports", "timings"]);
    assert.match(readdirSync(join(state, "launches"))[0] ?? "", /\.jsonl$/);
  });

  it("asks go what a configuration is built from once, and not again when nothing was compiled", async () => {
    const args = ["launch", "--json", "--dlv", await dlv(), "--env", `CGO_CFLAGS=-DKEY=${secret}`];
    await run(hello.folder, args);
    const builds = join(hello.folder, "state", "delve-doctor", "builds");
    const [name = ""] = readdirSync(builds);
    const text = readFileSync(join(builds, name), "utf8");
    const { at, inputs }: { at: number; inputs: Record<string, string> } = JSON.parse(text);
    assert.match(inputs["GOVERSION"] ?? "", /^go1\./);
    assert.doesNotMatch(text, /hunter2/);
    writeFileSync(join(builds, name), JSON.stringify({ at, inputs: { ...inputs, GOVERSION: "remembered" } }));
    await run(hello.folder, args);
    const again: { at: number; inputs: Record<string, string> } = JSON.parse(
      readFileSync(join(builds, name), "utf8"),
    );
    assert.ok(again.at > at);
    assert.equal(again.inputs["GOVERSION"], "remembered");
  });
});

describe("delve-doctor launch, interrupted", () => {
  it("cancels a stalled build on Ctrl+C at once, and leaves nothing", async () => {
    const silent = await blackHole();
    const caller = makeFolder({
      ...greetingFiles,
      ".vscode/launch.json": launchJson({ env: { GOPROXY: silent.url } }),
    });
    try {
      const env = { GOMODCACHE: join(caller.folder, "modules") };
      const running = await start(
        caller.folder,
        ["launch", "--json", "--stall-after", "60000", "--dlv", await dlv()],
        env,
      );
      await running.said(/handshake/);
      const begun = performance.now();
      running.child.kill("SIGINT");
      const { code, stdout } = await running.ended;
      // A second where the machine is free; here other tests run beside it.
      assert.ok(performance.now() - begun < 5000);
      assert.equal(assertReport(stdout).outcome, "cancelled");
      assert.equal(code, 1);
      assert.deepEqual(leftIn(caller.folder), []);
    } finally {
      await silent.close();
      caller.remove();
    }
  });
});
