import assert from "node:assert/strict";
import { editorFile, factsOf, hollowLaunch } from "../../../test/lab/hollow.ts";
import { judge } from "../../../test/lab/judge.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import type { Config } from "../../core/config.ts";
import type { PathFacts } from "./pathMapping.ts";
import { trimpath } from "./trimpath.ts";

const places = ["/w/pkg/a.go:3"];
const editor = [editorFile("/w/pkg/a.go")];
const trimmed = factsOf(["example.com/app/pkg/a.go"], { trimpath: true, editor });

function find(facts: PathFacts, config: Config = {}, goFlags = "", at = places) {
  return judge(trimpath, { ...facts, goFlags }, hollowLaunch(at, config));
}

function goFlagsOf({ env }: Config): string {
  return (env as { readonly GOFLAGS?: string } | undefined)?.GOFLAGS ?? "";
}

describe("trimpath", () => {
  for (const [what, config, expected] of [
    ["a text", { buildFlags: "-trimpath -race" }, { buildFlags: "-race" }],
    ["nothing else", { buildFlags: "--trimpath=true" }, {}],
    ["a list", { buildFlags: ["-race", "-trimpath"] }, { buildFlags: ["-race"] }],
    ["GOFLAGS", { env: { GOFLAGS: "-trimpath" } }, { env: { GOFLAGS: "-trimpath=false" } }],
    ["GOFLAGS with more", { env: { GOFLAGS: "-race -trimpath" } }, { env: { GOFLAGS: "-race" } }],
  ] as const)
    it(`is proven with the flag in ${what} of a build, and its own fix silences it`, () => {
      const debug: Config = { mode: "debug", ...config };
      const found = find(trimmed, debug, goFlagsOf(debug));
      assert.equal(found?.certainty, "proven");
      const fixed = fixedConfig(debug, { cause: "", title: "", ...found });
      assert.deepEqual(fixed, { mode: "debug", ...expected });
      // What is built then has the paths of the editor.
      const built = factsOf(["/w/pkg/a.go"], { knowsFolder: true, editor });
      assert.equal(find(built, fixed, goFlagsOf(fixed)), undefined);
    });

  it("overrules GOFLAGS that `go env -w` stored", () => {
    const found = find(trimmed, { mode: "debug" }, "-trimpath");
    assert.deepEqual(fixedConfig({}, found && { cause: "", title: "", ...found }), {
      env: { GOFLAGS: "-trimpath=false" },
    });
  });

  it("is likely by the flag alone where dlv has removed the program again", () => {
    const facts = factsOf(["/w/pkg/a.go"], { knowsFolder: true, editor });
    const { program: _, ...there } = facts.sources;
    const gone = { ...facts, sources: there };
    const found = find(gone, { mode: "debug", buildFlags: "-trimpath" });
    assert.equal(found?.certainty, "likely");
    assert.equal(find(gone, { mode: "debug" }), undefined);
    const mapped = [{ from: "/w", to: "example.com/app" }];
    assert.equal(find(gone, { mode: "debug", buildFlags: "-trimpath", substitutePath: mapped }), undefined);
  });

  it("maps what was built elsewhere: module, dependency and standard library, none to every relative path", () => {
    const cache = "/go/pkg/mod/github.com/x/y@v1.2.3";
    const sources = factsOf(["example.com/app/a.go", "github.com/x/y@v1.2.3/z.go", "fmt/print.go"], {
      trimpath: true,
      modules: ["example.com/app", "github.com/x/y"],
      editor: [
        editorFile("/w/a.go"),
        editorFile(`${cache}/z.go`, cache, "github.com/x/y"),
        editorFile("/sdk/src/fmt/print.go", "/sdk/src", "std"),
      ],
    });
    const at = ["/w/a.go:1", `${cache}/z.go:1`, "/sdk/src/fmt/print.go:1"];
    const found = find(sources, {}, "", at);
    const fixed = fixedConfig({}, found && { cause: "", title: "", ...found });
    assert.deepEqual(fixed["substitutePath"], [
      { from: cache, to: "github.com/x/y@v1.2.3" },
      { from: "/sdk/src/fmt", to: "fmt" },
      { from: "/w", to: "example.com/app" },
    ]);
    assert.equal(find(sources, fixed, "", at), undefined);
  });

  it("goes by the main module where the editor's files are on another machine", () => {
    const away = { path: "/w/pkg/a.go", same: [], other: [], copies: [] };
    const found = find(factsOf(["example.com/app/pkg/a.go"], { trimpath: true, editor: [away] }));
    assert.deepEqual(fixedConfig({}, found && { cause: "", title: "", ...found })["substitutePath"], [
      { from: "/w", to: "example.com/app" },
    ]);
  });

  it("is clear for a package of the module that is not linked in", () => {
    const other = factsOf(["example.com/app/other/a.go"], { trimpath: true, editor });
    assert.equal(find(other), undefined);
  });
});
