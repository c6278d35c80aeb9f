import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type LabResult, labLaunch } from "../../../test/lab/launch.ts";
import { fixedConfig, preferredFix } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { makeTextLab, type TextLab } from "../../../test/lab/textFaults.ts";
import { go } from "../../../test/lab/tools.ts";

const id = "attribute-refused";

type Config = Readonly<Record<string, unknown>>;

/** A fault in the configuration; `act` is what a person does where no edit is certain. */
interface Fault {
  readonly what: string;
  readonly config: () => Config;
  readonly attribute: string;
  readonly act?: (config: Config) => Config;
  readonly goal?: "initialized" | "stopped";
}

describe("an attribute that Delve refuses, with the real dlv", function () {
  this.timeout(300_000);
  let lab: TextLab;
  let target: ChildProcess;
  before(async () => {
    lab = makeTextLab(await go());
    target = spawn(lab.app, ["wait"], { stdio: "ignore" });
  });
  after(() => {
    target.kill("SIGKILL");
    lab.remove();
  });

  const exec = (more: Config = {}): Config => ({
    name: "lab",
    type: "go",
    request: "launch",
    mode: "exec",
    program: lab.app,
    __buildDir: lab.folder,
    env: lab.env,
    ...more,
  });
  const attach = (more: Config): Config => ({
    name: "lab",
    type: "go",
    request: "attach",
    mode: "local",
    ...more,
  });
  const launched = (config: Config, goal: Fault["goal"]): Promise<LabResult> =>
    labLaunch({
      folder: lab.folder,
      config,
      ...(goal === "initialized"
        ? { goal }
        : { breakpoints: [{ file: join(lab.folder, "main.go"), line: 13 }] }),
    });

  const faults: readonly Fault[] = [
    { what: "a slip of the pen in the mode", config: () => exec({ mode: "exce" }), attribute: "mode" },
    {
      what: "no program",
      config: () => ({ ...exec(), program: "" }),
      attribute: "program",
      act: (config) => ({ ...config, program: lab.app }),
    },
    {
      what: "a program that is not built yet",
      config: () => exec({ program: join(lab.folder, "later") }),
      attribute: "program",
      act(config) {
        copyFileSync(lab.app, join(lab.folder, "later"));
        return config;
      },
    },
    {
      what: "a cwd that is not there",
      config: () => exec({ cwd: join(lab.folder, "none") }),
      attribute: "cwd",
    },
    { what: "a dlvCwd that is not there", config: () => exec({ dlvCwd: "/none" }), attribute: "dlvCwd" },
    {
      what: "flags for dlv in one text",
      config: () => exec({ dlvFlags: "--check-go-version=false" }),
      attribute: "dlvFlags",
    },
    { what: "a backend that there is not", config: () => exec({ backend: "gdb" }), attribute: "backend" },
    {
      what: "an output mode that there is not",
      config: () => exec({ outputMode: "both" }),
      attribute: "outputMode",
    },
    {
      what: "half a pair of paths",
      config: () => exec({ substitutePath: [{ from: "/a", to: "/b" }, { from: "/c" }] }),
      attribute: "substitutePath",
    },
    { what: "build flags that are a number", config: () => exec({ buildFlags: 3 }), attribute: "buildFlags" },
    { what: "arguments in one text", config: () => exec({ args: "-a b" }), attribute: "args" },
    {
      what: "a truth value in quotes",
      config: () => exec({ stopOnEntry: "false" }),
      attribute: "stopOnEntry",
    },
    {
      what: "a variable that is a number",
      config: () => exec({ env: { ...lab.env, LEVEL: 3 } }),
      attribute: "env",
    },
    {
      what: "a variable with = in its name",
      config: () => exec({ env: { ...lab.env, "LEVEL=": "3" } }),
      attribute: "env",
    },
    {
      what: "an input that is not there",
      config: () => exec({ stdinFrom: join(lab.folder, "input") }),
      attribute: "stdinFrom",
      act(config) {
        writeFileSync(join(lab.folder, "input"), "");
        return config;
      },
    },
    {
      what: "a build flag that go does not have",
      config: () => exec({ mode: "debug", program: lab.folder, buildFlags: "-nope -v" }),
      attribute: "buildFlags",
    },
    {
      what: "a process id in quotes",
      config: () => attach({ processId: String(target.pid) }),
      attribute: "processId",
      goal: "initialized",
    },
    {
      what: "an attach to nothing",
      config: () => attach({}),
      attribute: "processId",
      act: (config) => ({ ...config, processId: target.pid }),
      goal: "initialized",
    },
    {
      what: "a process id below 1",
      config: () => attach({ processId: -4 }),
      attribute: "processId",
      act: (config) => ({ ...config, processId: target.pid }),
      goal: "initialized",
    },
    {
      what: "two processes at once",
      config: () => attach({ processId: 4, waitFor: lab.app }),
      attribute: "processId",
      goal: "initialized",
    },
  ];

  for (const { what, config, attribute, act, goal = "stopped" } of faults)
    it(`is named, and put right: ${what}`, async () => {
      const broken = config();
      const result = await launched(broken, goal);
      assert.equal(result.ended, "failed");
      const finding = named(result, id, "proven");
      assert.ok(
        finding.because.includes(attribute) || finding.evidence.join().includes(attribute),
        finding.because,
      );
      const { action } = preferredFix(finding);
      assert.equal(action.kind, act === undefined ? "launch.json" : "advice");
      const right = act === undefined ? fixedConfig(broken, finding) : act(broken);
      cured(finding, await launched(right, goal), goal);
    });

  it("is named where dlv only warns of it", async () => {
    const config = exec({ showLog: true, logOutput: "dap,dapp" });
    const result = await launched(config, "stopped");
    assert.equal(result.ended, "stopped");
    const finding = named(result, id, "proven");
    cured(finding, await launched(fixedConfig(config, finding), "stopped"));
  });

  it("is not found where nothing was refused", async () => {
    silent(
      await launched(exec({ substitutePath: [], cwd: lab.folder, backend: "default" }), "stopped"),
      "exec with attributes that are right",
    );
  });
});
