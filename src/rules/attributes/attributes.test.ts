import assert from "node:assert/strict";
import { sampleWorld } from "../../../test/language/sampleWorld.ts";
import { isOlderDelve } from "../../core/delveReleases.ts";
import type { World } from "../../core/world.ts";
import { check, type Problem } from "../../language/check.ts";
import { openDocument } from "../../language/open.ts";
import { edit, fixAll } from "../../language/quickFix.ts";
import { attributes as rules } from "./index.ts";
import { attributeOf, attributes } from "./table.ts";

type Config = Readonly<Record<string, unknown>>;

const launch = { name: "A", type: "go", request: "launch", mode: "debug", program: "${workspaceFolder}" };
const exec = { ...launch, mode: "exec", program: "/w/app" };
const local = { name: "A", type: "go", request: "attach", mode: "local", processId: 4711 };
const remote = { name: "A", type: "go", request: "attach", mode: "remote", port: 2345 };
const dapRemote = { ...remote, debugAdapter: "dlv-dap" };

const open = (config: Config) =>
  openDocument(
    "/w/.vscode/launch.json",
    "launch",
    JSON.stringify({ configurations: [config] }, undefined, 2),
  );
const ask = (config: Config, world: World = sampleWorld): readonly Problem[] =>
  check(open(config), rules, world);
const codes = (config: Config, world?: World) =>
  ask(config, world).map(({ code, severity }) => `${code} ${severity}`);

/** What the first fix of the only problem makes of a configuration. */
function fixed(config: Config): Config {
  const [problem, ...others] = ask(config);
  assert.ok(problem !== undefined && others.length === 0, JSON.stringify(ask(config)));
  const edited = edit(open(config), problem.fixes[0]?.edits ?? []);
  assert.ok("text" in edited);
  return JSON.parse(edited.text).configurations[0] as Config;
}

const cases = (table: readonly (readonly [what: string, config: Config, ...codes: string[]])[]) => {
  for (const [what, config, ...expected] of table)
    it(what, () => {
      assert.deepEqual(codes(config), expected, JSON.stringify(ask(config)));
    });
};

describe("the table of attributes", () => {
  it("has each name once, and finds it", () => {
    const names = attributes.map(({ name }) => name);
    assert.deepEqual([...new Set(names)], names);
    for (const one of attributes) assert.equal(attributeOf(one.name), one);
  });

  it("dates nothing before the first Delve that golang.go starts, or after the newest known", () => {
    for (const { name, since } of attributes)
      if (since !== undefined)
        assert.ok(isOlderDelve("1.7.0", since) && !isOlderDelve("1.27.1", since), `${name} ${since}`);
  });

  it("knows what has no name in an object's own right only", () => {
    assert.equal(attributeOf("constructor"), undefined);
  });
});

describe("what golang.go and Delve take is left alone", () => {
  cases([
    ["a plain launch", launch],
    ["a launch without a mode", { name: "A", type: "go", request: "launch", program: "." }],
    [
      "a template's empty attributes in an attach",
      { ...local, program: "", args: [], env: {}, showLog: false },
    ],
    ["arguments in one text", { ...launch, args: "-a 'b c'" }],
    [
      "null wherever it stands",
      { ...launch, args: null, env: { A: null }, stopOnEntry: null, buildFlags: null },
    ],
    ["build flags in a list and in a text", { ...launch, buildFlags: ["-tags=a b"] }],
    ["a picked process", { ...local, processId: "${command:pickProcess}" }],
    ["a process by name", { ...local, processId: "server" }],
    ["no process: golang.go shows a list", { name: "A", type: "go", request: "attach" }],
    ["a port in quotes", { ...dapRemote, port: "2345" }],
    ["a port that is asked for", { ...dapRemote, port: "${input:port}" }],
    ["a number that is asked for", { ...launch, stackTraceDepth: "${input:depth}" }],
    ["an empty side of a pair", { ...launch, substitutePath: [{ from: "${workspaceFolder}", to: "" }] }],
    ["a pair in capital letters, which Delve reads", { ...exec, substitutePath: [{ From: "/a", TO: "/b" }] }],
    ["a log of several components", { ...launch, showLog: true, logOutput: "dap,debugger,fncall" }],
    ["truth in quotes where golang.go makes a flag of it", { ...launch, showLog: "true" }],
    [
      "attributes that golang.go's schema lacks",
      { ...launch, outputMode: "remote", dlvCwd: "/w", noDebug: true },
    ],
    ["an environment for dlv in a local attach, with a number", { ...local, env: { A: 1 } }],
    ["a remote attach as golang.go's own snippet has it", { ...remote, remotePath: "${workspaceFolder}" }],
    [
      "attributes of the legacy adapter with it",
      { ...remote, debugAdapter: "legacy", apiVersion: 2, cwd: "/w" },
    ],
    [
      "wrong types that the legacy adapter does not mind",
      { ...launch, debugAdapter: "legacy", stackTraceDepth: "9" },
    ],
    ["a program in an attach of unknown adapter", { ...remote, program: "${workspaceFolder}", cwd: "/w" }],
    [
      "notes in names that nobody takes for attributes",
      { ...launch, _note: "x", "//": "y", $schema: "z", comment: "c" },
    ],
    ["an attribute of another extension by its prefix", { ...launch, "bazel.target": "//a" }],
    ["our own attribute", { ...launch, delveDoctor: { on: "ssh:build7" } }],
    [
      "every attribute of VS Code",
      { ...launch, presentation: { hidden: true }, preLaunchTask: "b", serverReadyAction: {} },
    ],
    ["a mode that a variable makes", { ...launch, mode: "${input:mode}", buildFlags: "-race" }],
    [
      "a debugServer in place of a port",
      { ...remote, port: undefined, debugServer: 4711, debugAdapter: "dlv-dap" },
    ],
    [
      "a relative log file for a dlv in a terminal",
      { ...launch, console: "integratedTerminal", logDest: "dlv.log" },
    ],
  ]);

  it("what another debugger has is not looked at", () => {
    assert.deepEqual(codes({ name: "A", type: "node", request: "lunch", stopOnEntri: 1 }), []);
  });
});

describe("what Delve, golang.go or VS Code does not take", () => {
  cases([
    ["a misspelt attribute", { ...launch, programm: "x" }, "DLV101 information"],
    ["a misspelt attribute that is free", { ...launch, buildFlag: "-race" }, "DLV101 warning"],
    ["an attribute of nobody", { ...launch, somethingElse: 1 }, "DLV101 information"],
    ["capital letters that Delve does not mind", { ...launch, StopOnEntry: true }, "DLV101 warning"],
    ["capital letters in what Delve alone reads", { ...launch, OutputMode: "remote" }, "DLV101 information"],
    ["a wrong type inside a list", { ...launch, args: ["a", 1] }, "DLV102 error"],
    ["a number in env", { ...launch, env: { A: 1, B: "2" } }, "DLV102 error"],
    ["env as a list", { ...launch, env: ["A=b"] }, "DLV102 warning"],
    ["half a pair", { ...launch, substitutePath: [{ from: "/a" }] }, "DLV102 error"],
    ["a broken number", { ...launch, stackTraceDepth: 1.5 }, "DLV102 error"],
    ["a process id in quotes in a local attach", { ...local, processId: "4711" }, "DLV104 warning"],
    [
      "a process id in quotes in a remote one",
      { ...dapRemote, processId: "4711" },
      "DLV106 information",
      "DLV102 error",
    ],
    ["a wrong type where the adapter is not known", { ...remote, stopOnEntry: "no" }, "DLV102 warning"],
    ["falsehood in quotes, of which golang.go makes flags", { ...launch, showLog: "false" }, "DLV102 error"],
    ["flags for dlv in one text", { ...launch, dlvFlags: "--log" }, "DLV102 warning"],
    ["a flag that is a number", { ...launch, dlvFlags: [1] }, "DLV102 error"],
    ["a port that is none", { ...dapRemote, port: "http" }, "DLV102 error"],
    ["a variable that golang.go takes for a name", { ...local, processId: "${input:pid}" }, "DLV104 warning"],
    [
      "an environment for nobody",
      { ...dapRemote, env: { A: "1" }, envFile: "/w/.env" },
      "DLV106 information",
      "DLV106 information",
    ],
    ["a backend that only a launch has", { ...local, backend: "rr" }, "DLV104 error"],
    ["a mode of an attach in a launch", { ...launch, mode: "remote" }, "DLV104 warning"],
    [
      "the same where the adapter is named",
      { ...launch, mode: "remote", debugAdapter: "dlv-dap" },
      "DLV104 error",
    ],
    ["a request that there is not", { ...launch, request: "lunch" }, "DLV104 error"],
    ["an adapter that there is not", { ...launch, debugAdapter: "dap" }, "DLV104 warning"],
    ["spaces between log components", { ...launch, showLog: true, logOutput: "dap, rpc" }, "DLV104 warning"],
    ["a relative log file", { ...launch, logDest: "dlv.log" }, "DLV104 error"],
    ["a program in a local attach", { ...local, program: "${workspaceFolder}" }, "DLV106 information"],
    ["a process id in a launch", { ...launch, processId: 4711 }, "DLV106 information"],
    ["a log of a dlv that somebody else started", { ...dapRemote, showLog: true }, "DLV106 information"],
    ["no program", { ...launch, program: "" }, "DLV108 error"],
    ["no port, where the adapter is not known", { ...remote, port: undefined }, "DLV108 warning"],
    ["no port for dlv-dap", { ...dapRemote, port: 0 }, "DLV108 error"],
    ["a setting in a configuration", { ...launch, "go.testEnvFile": "/w/.env" }, "DLV101 warning"],
  ]);

  it("says it of the block of the platform where it stands", () => {
    const text = JSON.stringify({ configurations: [{ ...launch, windows: { stopOnEntry: "true" } }] });
    const document = openDocument("/w/.vscode/launch.json", "launch", text);
    const [problem] = check(document, rules, sampleWorld);
    assert.equal(problem?.code, "DLV102");
    assert.equal(text.slice(problem.start, problem.end), '"true"');
  });

  it("knows the adapter that the settings choose", () => {
    const setting = () => ({ debugAdapter: "legacy" });
    assert.deepEqual(
      codes({ ...launch, dlvLoadConfig: { maxStringLen: 9 } }, { ...sampleWorld, setting }),
      [],
    );
  });

  it("mentions an attribute that the dlv is too old for, and only where its version is known", () => {
    const config = { ...exec, stdoutTo: "/tmp/out" };
    const at = (version: string) => codes(config, { ...sampleWorld, delve: () => version });
    assert.deepEqual(at("1.25.2"), ["DLV107 warning"]);
    assert.deepEqual(at("1.26.0"), []);
    assert.deepEqual(codes(config), []);
    const wrong = codes({ ...exec, stdoutTo: 3 }, { ...sampleWorld, delve: () => "1.25.2" });
    assert.deepEqual(wrong, ["DLV107 warning"]);
  });

  it("says that golang.go takes a list of build flags apart for an older dlv", () => {
    const config = { ...launch, buildFlags: ["-race", "-ldflags=-X main.v=1"] };
    const world = { ...sampleWorld, delve: () => "1.22.1" };
    assert.deepEqual(codes(config, world), ["DLV107 warning"]);
    assert.deepEqual(codes({ ...config, buildFlags: ["-race"] }, world), []);
  });
});

describe("the fixes for single attributes", () => {
  it("keep the value under the right name", () => {
    assert.deepEqual(fixed({ ...launch, buildFlag: "-race" }), { ...launch, buildFlags: "-race" });
    assert.deepEqual(fixed({ ...launch, buildTags: "slow" }), { ...launch, buildFlags: "-tags=slow" });
    assert.deepEqual(fixed({ ...launch, dlvTrace: true }), { ...launch, showLog: true, logOutput: "dap" });
  });

  it("write the value that was meant", () => {
    assert.deepEqual(fixed({ ...launch, env: { A: 1 } }), { ...launch, env: { A: "1" } });
    assert.deepEqual(fixed({ ...launch, stackTraceDepth: "9" }), { ...launch, stackTraceDepth: 9 });
    assert.deepEqual(fixed({ ...launch, logOutput: "dap, rpc" }), { ...launch, logOutput: "dap,rpc" });
    assert.deepEqual(fixed({ ...launch, backend: "Native" }), { ...launch, backend: "native" });
  });

  it("turn remotePath into a pair", () => {
    assert.deepEqual(fixed({ ...dapRemote, remotePath: "/src/app" }), {
      ...dapRemote,
      substitutePath: [{ from: "${workspaceFolder}", to: "/src/app" }],
    });
  });

  it("are safe only where they change nothing that works", () => {
    const safe = (config: Config) => ask(config).flatMap(({ fixes }) => fixes.map((fix) => fix.safe));
    assert.deepEqual(safe({ ...exec, buildFlags: "-race" }), [true]);
    assert.deepEqual(safe({ ...launch, apiVersion: 2 }), [false]);
    assert.deepEqual(safe({ ...launch, debugAdapter: "dlv-dap", apiVersion: 2 }), [true]);
    assert.deepEqual(safe({ ...launch, somethingElse: 1 }), [false]);
  });

  it("calls nothing idle, and no fix safe, that counts on another platform", () => {
    const outside = { ...launch, buildFlags: "-tags=a", windows: { mode: "exec", program: "C:/app.exe" } };
    assert.deepEqual(codes(outside), []);
    assert.deepEqual(
      fixAll(open(outside), (one) => check(one, rules, sampleWorld)),
      open(outside).text,
    );
    const inside = { ...outside, windows: { ...outside.windows, buildFlags: "-tags=b" } };
    assert.deepEqual(codes(inside), ["DLV106 information"]);
    // Removed inside alone the outer one would show again, and removed outside it is missed elsewhere.
    assert.deepEqual(
      fixAll(open(inside), (one) => check(one, rules, sampleWorld)),
      open(inside).text,
    );
    const own = { ...launch, windows: { ...outside.windows, buildFlags: "-tags=b" } };
    const { buildFlags: _, ...left } = own.windows;
    assert.deepEqual(
      JSON.parse(fixAll(open(own), (one) => check(one, rules, sampleWorld))).configurations[0],
      { ...launch, windows: left },
    );
    const both = { ...exec, buildFlags: "-tags=a", windows: { program: "C:/app.exe" } };
    assert.deepEqual(codes(both), ["DLV106 information"]);
    assert.equal("buildFlags" in fixed(both), false);
    assert.equal(ask(both)[0]?.fixes[0]?.safe, true);
  });

  it("keeps what the legacy adapter reads of an attach, which a user's settings may choose", () => {
    const safe = (config: Config) => ask(config).map(({ fixes: [first] }) => first?.safe);
    assert.deepEqual(safe({ ...local, cwd: "/w" }), [false]);
    assert.deepEqual(safe({ ...local, cwd: "/w", debugAdapter: "dlv-dap" }), [true]);
    assert.deepEqual(safe({ ...local, dlvCwd: "/w" }), [true]);
  });

  it("offers another name only for a value that the attribute takes", () => {
    const titles = (config: Config) => ask(config).map(({ fixes }) => fixes.map(({ title }) => title));
    const list = [{ name: "A", value: "b" }];
    assert.deepEqual(titles({ ...launch, environment: list }), [['Remove "environment"']]);
    assert.equal(titles({ ...launch, environment: { A: "b" } })[0]?.[0], 'Call it "env"');
    // Tags that nobody can write as one flag are no arguments either.
    assert.deepEqual(titles({ ...launch, tags: "a b" }), [['Remove "tags"']]);
  });

  it("knows the tasks that VS Code runs at a restart", () => {
    assert.deepEqual(codes({ ...launch, preRestartTask: "build", postRestartTask: "build" }), []);
  });

  it("writes a log below the home directory where ~ was meant", () => {
    assert.equal(fixed({ ...launch, logDest: "~/dlv.log" })["logDest"], "${userHome}/dlv.log");
  });
});
