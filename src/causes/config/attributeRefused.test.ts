import assert from "node:assert/strict";
import { failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import type { Config } from "../../core/config.ts";
import { closest } from "../../core/distance.ts";
import { retyped } from "../../core/retyped.ts";
import { texts } from "../texts/index.ts";
import { attributeRefused } from "./attributeRefused.ts";
import { refusals } from "./refusals.ts";

const invalid = "Failed to launch: invalid debug configuration - ";

function look(config: Config, text: string, directory: string | undefined = undefined) {
  return judge(attributeRefused, { directory }, launchOf(config, failed(text)));
}

/** The configuration with the preferred fix, which must be an edit. */
function fixed(config: Config, text: string, directory?: string): Config {
  const found = look(config, text, directory);
  assert.ok(found !== undefined);
  return fixedConfig(config, { cause: attributeRefused.id, title: attributeRefused.title, ...found });
}

describe("an attribute that Delve refuses", () => {
  it("has a row of the table for each of its rules, with attributes", () => {
    const rows = Object.keys(refusals).map((id) => texts.find((row) => row.id === id));
    assert.ok(rows.every((row) => row?.means.attributes !== undefined));
  });

  it("corrects a slip of the pen in the mode, and is proven by the mode that stands there", () => {
    const text = `${invalid}unsupported 'mode' attribute "debgu"`;
    assert.equal(look({ mode: "debgu" }, text)?.certainty, "proven");
    assert.deepEqual(fixed({ mode: "debgu" }, text), { mode: "debug" });
    assert.equal(look({ mode: "debug" }, text)?.certainty, "likely");
  });

  it("gives advice where what was meant is not certain", () => {
    const found = look({ mode: "run" }, `${invalid}unsupported 'mode' attribute "run"`);
    assert.deepEqual(
      found?.fixes.map(({ action }) => action.kind),
      ["advice"],
    );
  });

  it("leaves the modes of an attach, and a server of the other kind, to their own causes", () => {
    const attach = { request: "attach", mode: "test" };
    assert.equal(look(attach, `${invalid}unsupported 'mode' attribute "test"`), undefined);
    assert.equal(
      look({ request: "attach", mode: "remote" }, "Failed to attach: no debugger found"),
      undefined,
    );
    assert.equal(look(attach, "Failed to attach: could not attach to pid 7: no such process"), undefined);
  });

  it("puts a number for a text, and a text for a number, where Delve reads the other", () => {
    const text = `${invalid}cannot unmarshal string into "processId" of type int`;
    assert.deepEqual(fixed({ request: "attach", processId: "7" }, text), { request: "attach", processId: 7 });
    const entry = `${invalid}cannot unmarshal number into "env" of type string`;
    assert.deepEqual(fixed({ env: { A: 1, B: "2" } }, entry), { env: { A: "1", B: "2" } });
  });

  it("knows the names that encoding/json gives to embedded attributes", () => {
    const text = `${invalid}cannot unmarshal string into "LaunchAttachCommonConfig.stopOnEntry" of type bool`;
    assert.deepEqual(fixed({ stopOnEntry: "true" }, text), { stopOnEntry: true });
    assert.deepEqual(fixed({ stopOnEntry: "soon", cwd: "/" }, text), { cwd: "/" });
  });

  it("joins a list of build flags for a Delve that reads one text", () => {
    const text = `${invalid}cannot unmarshal array into "buildFlags" of type string`;
    const config = { buildFlags: ["-race", "-ldflags=-X main.a=b"] };
    assert.deepEqual(fixed(config, text), { buildFlags: "-race '-ldflags=-X main.a=b'" });
  });

  it("takes entries that map nothing out of substitutePath, the last first", () => {
    const text = `${invalid}'substitutePath' requires both 'from' and 'to' entries`;
    const good = { from: "/a", to: "/b" };
    const found = look({ substitutePath: [{ from: "/a" }, good, {}] }, text);
    assert.match(found?.because ?? "", /substitutePath\[0\], substitutePath\[2\]/);
    assert.deepEqual(fixed({ substitutePath: [{ from: "/a" }, good, {}] }, text), { substitutePath: [good] });
  });

  it("shows no value of a variable", () => {
    const found = look(
      { env: { "TOKEN=hush": "hush" } },
      "Failed to launch: failed to setenv(TOKEN=hush) - invalid argument",
    );
    assert.equal(found?.certainty, "proven");
    assert.doesNotMatch(
      JSON.stringify([found.because, found.evidence, found.fixes.map(({ title }) => title)]),
      /hush/,
    );
  });

  it("blames cwd only where it is not there: execve says the same of a missing interpreter", () => {
    const text = "Failed to launch: could not launch process: fork/exec /w/app: no such file or directory";
    const config = { mode: "exec", program: "/w/app", cwd: "/none" };
    assert.equal(look(config, text, "missing")?.certainty, "proven");
    assert.deepEqual(fixed(config, text, "missing"), { mode: "exec", program: "/w/app" });
    assert.equal(look(config, text, "directory"), undefined);
    assert.equal(look({ mode: "exec", program: "/w/app" }, text), undefined);
  });

  it("tells a missing binary from a missing input", () => {
    const text = "Failed to launch: could not launch process: open /w/none: no such file or directory";
    assert.match(look({ mode: "exec", program: "none" }, text)?.because ?? "", /"program"/);
    assert.match(
      look({ mode: "exec", program: "/w/app", stdinFrom: "/w/none" }, text)?.because ?? "",
      /"stdinFrom"/,
    );
    assert.equal(look({ mode: "test", program: "/w" }, text), undefined);
  });

  it("removes a build flag only where no word behind it can be its value", () => {
    const text = "flag provided but not defined: -nope";
    const said = {
      ...failed("Failed to launch: Build error: …", "build"),
      buildError: `Build Error: go build\n${text}`,
    };
    const fix = (buildFlags: unknown) =>
      judge(attributeRefused, { directory: undefined }, launchOf({ buildFlags }, said))?.fixes[0]?.action;
    assert.deepEqual(fix("-v -nope"), { kind: "launch.json", edits: [{ at: ["buildFlags"], value: "-v" }] });
    assert.deepEqual(fix(["-nope=1"]), { kind: "launch.json", edits: [{ at: ["buildFlags"] }] });
    assert.equal(fix("-nope value")?.kind, "advice");
  });

  it("leaves a flag that was torn apart to buildflags-quoting", () => {
    const said = {
      ...failed("Failed to launch: Build error: …", "build"),
      buildError: "flag provided but not defined: -tags",
    };
    const launch = launchOf({ buildFlags: ["-tags a"] }, said);
    assert.equal(judge(attributeRefused, { directory: undefined }, launch), undefined);
  });

  it("judges by itself what kept dlv from being started, and only then", () => {
    const start = { totalMs: 5, phases: [{ name: "start", startMs: 0, ms: 5, parts: [] }] } as const;
    const text = "own words";
    const at = (config: Config, dlv: object = {}) => {
      const failure = { text, phase: "start", command: "initialize" } as const;
      const launch = launchOf(config, { ...start, failure, outcome: "failed", ...dlv });
      return judge(attributeRefused, { directory: undefined }, launch)?.fixes[0]?.action;
    };
    const edits = (...all: readonly object[]) => ({ kind: "launch.json", edits: all });
    assert.deepEqual(at({ dlvFlags: "--log -x" }), edits({ at: ["dlvFlags"], value: ["--log", "-x"] }));
    assert.deepEqual(at({ logDest: "dlv.log" }), edits({ at: ["logDest"] }));
    assert.deepEqual(at({ port: "x" }), edits({ at: ["port"] }));
    assert.equal(at({ request: "attach", mode: "remote", port: 70_000 })?.kind, "advice");
    assert.equal(at({ dlvFlags: ["--log"], logDest: "/tmp/x", port: "2345" }), undefined);
    assert.equal(at({ port: "x" }, { dlv: { pid: 1, argv: [], cwd: "/" } }), undefined);
  });

  it("is only likely where the text is all there is", () => {
    const found = look(
      { mode: "core", coreFilePath: "/w/core.gz" },
      "could not launch process: unrecognized core format",
    );
    assert.equal(found?.certainty, "likely");
    assert.match(found.because, /coreFilePath/);
  });

  it("takes a warning for true only where the configuration has the word", () => {
    const said = `Warning: unknown log output value "dapp", run 'dlv help log' for usage.`;
    const at = (config: Config) =>
      judge(attributeRefused, { directory: undefined }, launchOf(config, { ...underWay, said }));
    assert.equal(at({ showLog: true, logOutput: "rpc,dapp" })?.certainty, "proven");
    assert.equal(at({ showLog: true, logOutput: "rpc" }), undefined);
  });

  it("does not listen to what a program prints", () => {
    for (const row of texts.filter((one) => one.id !== "A5" && one.id !== "C17")) {
      const config = { stdinFrom: "/x", backend: "gdb", mode: "exec", program: "/w/none", dlvCwd: "/none" };
      const launch = launchOf(config, { ...underWay, printed: row.sample, said: row.sample });
      assert.equal(judge(attributeRefused, { directory: undefined }, launch), undefined, row.id);
    }
  });

  it("has a fix for every sample that it takes as its own, exactly one of them preferred", () => {
    const config = {
      mode: "x",
      coreFilePath: "/c",
      buildFlags: 3,
      backend: "gdb",
      outputMode: "both",
      dlvFlags: ["-x"],
    };
    for (const { sample } of texts.filter((row) => row.means.attributes !== undefined)) {
      const found = look(config, sample, "missing");
      if (found !== undefined) assert.equal(found.fixes.filter((fix) => fix.preferred).length, 1, sample);
    }
  });
});

describe("what was meant", () => {
  it("is the one word that is two letters away at most", () => {
    const modes = ["debug", "test", "exec"];
    assert.equal(closest("Debgu", modes), "debug");
    assert.equal(closest("launch", modes), undefined);
    assert.equal(closest("xexx", ["xexa", "xexb"]), undefined);
  });

  it("is a value of the type that Delve reads, where there is exactly one", () => {
    assert.equal(retyped("12", "int"), 12);
    assert.equal(retyped("12 ", "int"), undefined);
    assert.equal(retyped("false", "bool"), false);
    assert.equal(retyped(3, "*string"), "3");
    assert.deepEqual(retyped("-a  b", "[]string"), ["-a", "b"]);
    assert.equal(retyped("-a 'b c'", "[]string"), undefined);
  });
});
