import assert from "node:assert/strict";
import { failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import type { Config } from "../../core/config.ts";
import type { Timeline } from "../../core/timeline.ts";
import type { Binary } from "../../probes/binary.ts";
import { noDebugInfo } from "./noDebugInfo.ts";

const stripped: Binary = {
  path: "/w/app",
  format: "elf",
  go: true,
  debugInfo: false,
  dwarf5: false,
  package: "example.com/app",
};

function find(config: Config, goFlags = "", program?: Binary, timeline: Partial<Timeline> = {}) {
  return judge(noDebugInfo, { program, goFlags }, launchOf(config, timeline));
}

/** Each configuration with GOFLAGS in it, and what its fix makes of it. */
const strips: readonly (readonly [string, Config, Config])[] = [
  ["a text", { buildFlags: "-ldflags='-s -w' -race" }, { buildFlags: "-race" }],
  ["nothing else", { buildFlags: "-ldflags=-w" }, {}],
  [
    "a list",
    { buildFlags: ["-ldflags=-s -w -X main.v=1", "-race"] },
    { buildFlags: ["-ldflags=-X main.v=1", "-race"] },
  ],
  ["a list in two words", { buildFlags: ["-ldflags", "-s -w", "-race"] }, { buildFlags: ["-race"] }],
  ["GOFLAGS", { env: { GOFLAGS: "-ldflags=-w" } }, { env: { GOFLAGS: "-ldflags=" } }],
  ["GOFLAGS with more", { env: { GOFLAGS: "-race '-ldflags=-s -w'" } }, { env: { GOFLAGS: "-race" } }],
];

function goFlagsOf(config: Config): string {
  const env = config["env"] as { readonly GOFLAGS?: string } | undefined;
  return env?.GOFLAGS ?? "";
}

describe("no-debug-info", () => {
  for (const [name, config, expected] of strips)
    it(`is likely with -s or -w in ${name}, and its own fix silences it`, () => {
      const found = find(config, goFlagsOf(config));
      assert.equal(found?.certainty, "likely");
      const fixed = fixedConfig(config, { cause: "", title: "", ...found });
      assert.deepEqual(fixed, expected);
      assert.equal(find(fixed, goFlagsOf(fixed)), undefined);
    });

  it("shows the flags that strip and no others: what -X sets may be secret", () => {
    const ldflags = "-s -w -X main.token=hunter22";
    const found = find({ buildFlags: `-ldflags='${ldflags}'` }, "", { ...stripped, ldflags });
    assert.deepEqual(found?.evidence, [
      "buildFlags: -s -w in -ldflags",
      "sections of /w/app: no .debug_info",
      "go version -m: -s -w in -ldflags",
    ]);
    assert.doesNotMatch(JSON.stringify(find({}, "-tags=hunter22 -ldflags=-w")?.evidence), /hunter22/);
  });

  it("overrules GOFLAGS that `go env -w` stored", () => {
    const found = find({}, "-ldflags=-s");
    assert.deepEqual(fixedConfig({}, { cause: "", title: "", ...(found ?? assert.fail()) }), {
      env: { GOFLAGS: "-ldflags=" },
    });
  });

  it("is proven by Delve's refusal, warning or hollow breakpoint, and by the program's sections", () => {
    const config = { buildFlags: "-ldflags=-w" };
    const message = "could not find file /w/main.go, binary is stripped";
    const refused = failed("Failed to launch: could not launch process: could not open debug info");
    const said = { ...underWay, said: "Warning: no debug info found, some functionality will be missing" };
    const hollow = { ...underWay, breakpoints: [{ at: "/w/main.go:6", verified: false, message }] };
    assert.deepEqual(find(config, "", undefined, refused)?.explains, { phase: "load", ms: 10 });
    for (const timeline of [refused, said, hollow])
      assert.equal(find(config, "", undefined, timeline)?.certainty, "proven");
    assert.equal(find(config, "", stripped)?.certainty, "proven");
  });

  it("is proven by its sections for a program that is run or attached to, with the command that builds it", () => {
    for (const config of [
      { mode: "exec", program: "/w/app" },
      { request: "attach", mode: "local", processId: 7 },
    ]) {
      const found = find(config, "", stripped);
      assert.equal(found?.certainty, "proven");
      const action = found.fixes[0]?.action;
      assert.match(action?.kind === "advice" ? action.text : "", /go build .* -o \/w\/app example\.com\/app/);
    }
  });

  it("is clear where buildFlags overrule GOFLAGS, and where the sections are there all the same", () => {
    assert.equal(find({ buildFlags: "-ldflags=-X=main.v=1" }, "-ldflags=-w"), undefined);
    assert.equal(find({ buildFlags: "-ldflags=-w" }, "", { ...stripped, debugInfo: true }), undefined);
  });

  it("is clear for a program that is no Go program, is missing, or may not be read", () => {
    const refused = failed("Failed to launch: could not launch process: could not open debug info");
    const exec = { mode: "exec", program: "/bin/true" };
    for (const more of [
      { go: false },
      { format: "missing" },
      { format: "unreadable" },
      { format: "other" },
    ] as const)
      assert.equal(find(exec, "", { ...stripped, ...more }, refused), undefined);
  });
});
