import assert from "node:assert/strict";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { type Launch, planned } from "../../core/launch.ts";
import { noTimeline, type Timeline } from "../../core/timeline.ts";
import type { GoModule } from "../../probes/goModule.ts";
import { wrongModuleDir } from "./wrongModuleDir.ts";

const none = "go: go.mod file not found in current directory or any parent directory; see 'go help modules'";
const outside = "directory /w/b outside main module or its selected dependencies";
const notUsed =
  "current directory is contained in a module that is not one of the workspace modules listed in go.work. You can add the module to the workspace using:";
const healthy: GoModule = {
  directory: "/w/b",
  mod: "/w/b/go.mod",
  work: "",
  modules: "",
  refusal: "",
  packageDirectory: "/w/b",
  nearest: "/w/b/go.mod",
  below: [],
  mains: [],
};
const { nearest: _, ...nowhere } = { ...healthy, mod: "/dev/null", refusal: none };
const failed = (text: string): Timeline => ({
  ...noTimeline,
  totalMs: 300,
  outcome: "failed",
  phases: [{ name: "build", startMs: 90, ms: 20, parts: [] }],
  buildError: `Build Error: go build -o x .\n${text} (exit status 1)`,
});
const config = { program: ".", __buildDir: "/w/b" };
const launchOf = (own: Readonly<Record<string, unknown>>, timeline: Timeline): Launch => ({
  ...planned(own, "/w"),
  timeline,
});

function judge(
  module: GoModule,
  own: Readonly<Record<string, unknown>> = config,
  timeline = failed(module.refusal),
) {
  const launch = launchOf(own, timeline);
  if (wrongModuleDir.when?.(launch) === false) return undefined;
  return wrongModuleDir.find({ module }, launch);
}

/** The configuration after the preferred fix of `module`'s finding. */
function fixed(module: GoModule, own: Readonly<Record<string, unknown>>) {
  const found = judge(module, own);
  assert.ok(found !== undefined);
  assert.equal(found.fixes.filter((fix) => fix.preferred).length, 1);
  return fixedConfig(own, { ...found, cause: wrongModuleDir.id, title: "" });
}

const preferred = (module: GoModule, own: Readonly<Record<string, unknown>> = config) =>
  judge(module, own)?.fixes.find((fix) => fix.preferred);

describe("wrong-module-dir", () => {
  it("asks go again, and says which module go sees and which the program is in", () => {
    const module = { ...healthy, directory: "/w/a", mod: "/w/a/go.mod", refusal: outside };
    const found = judge(module, { ...config, dlvCwd: "/w/a" });
    assert.equal(found?.certainty, "proven");
    assert.equal(found?.because, "go runs in /w/a, outside the program's module (/w/b/go.mod).");
    assert.ok(found?.evidence.includes(`in /w/a, go list: ${outside}`));
    assert.deepEqual(found?.explains, { phase: "build", ms: 20 });
  });

  it("removes a dlvCwd that leads elsewhere, and that silences it", () => {
    const module = { ...healthy, directory: "/w/a", mod: "/w/a/go.mod", refusal: outside };
    const after = fixed(module, { ...config, dlvCwd: "/w/a" });
    assert.deepEqual(after, config);
    assert.equal(judge(healthy, after, failed(outside)), undefined);
  });

  it("sets dlvCwd where dlv builds outside because of its own directory", () => {
    const module = { ...healthy, directory: "/w", mod: "/dev/null", refusal: outside };
    assert.equal(fixed(module, { program: "/w/b" })["dlvCwd"], "/w/b");
  });

  it("adds a module that go.work leaves out, and takes it out again", () => {
    const module = { ...healthy, work: "/w/go.work", refusal: notUsed };
    assert.deepEqual(preferred(module)?.action, {
      kind: "command",
      argv: ["go", "work", "use", "./b"],
      cwd: "/w",
      undo: ["go", "work", "edit", "-dropuse=./b"],
    });
    assert.equal(judge({ ...module, refusal: "" }, config, failed(notUsed)), undefined);
  });

  it("removes a GOWORK that the configuration itself sets", () => {
    const own = { ...config, env: { GOWORK: "/w/go.work" } };
    assert.deepEqual(fixed({ ...healthy, work: "/w/go.work", refusal: notUsed }, own)["env"], {});
  });

  it("turns modules on, by removing GO111MODULE where the configuration sets it", () => {
    const gopath = 'main.go:5:2: cannot find package "example.com/x" in any of:';
    const module = { ...healthy, mod: "", modules: "off", refusal: gopath };
    assert.deepEqual(fixed(module, { ...config, env: { GO111MODULE: "off" } })["env"], {});
    assert.deepEqual(fixed(module, config)["env"], { GO111MODULE: "on" });
  });

  it("points at the only main package below, and makes a module where there is none", () => {
    const one = { ...nowhere, below: ["/w/app/go.mod"], mains: ["/w/app/cmd/app"] };
    assert.equal(fixed(one, config)["program"], "${workspaceFolder}/app/cmd/app");
    const two = { ...one, mains: ["/w/app/cmd/a", "/w/app/cmd/b"] };
    assert.equal(preferred(two)?.id, "wrong-module-dir/point-program");
    assert.deepEqual(preferred(nowhere)?.action, {
      kind: "command",
      argv: ["go", "mod", "init", "b"],
      cwd: "/w/b",
      undo: ["rm", "go.mod"],
    });
  });

  it("also looks without a launch", () => {
    const found = judge(nowhere, config, noTimeline);
    assert.equal(found?.certainty, "proven");
    assert.equal(found?.explains, undefined);
  });

  it("is silent where go finds the package, in a module or as a single file", () => {
    assert.equal(judge(healthy, config, noTimeline), undefined);
    assert.equal(judge({ ...nowhere, refusal: "" }, config, noTimeline), undefined);
    assert.equal(judge(healthy, config, failed(none)), undefined);
  });

  it("leaves a symbolic link, a missing package and a compile error to others", () => {
    assert.equal(judge({ ...healthy, refusal: outside }), undefined);
    const missing = "main.go:3:8: no required module provides package example.com/x; to add it:";
    assert.equal(judge({ ...healthy, refusal: missing }), undefined);
    assert.equal(judge(healthy, config, failed("./main.go:4:2: undefined: x")), undefined);
  });
});
