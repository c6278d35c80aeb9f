import assert from "node:assert/strict";
import { editorFile, factsOf, hollowLaunch } from "../../../test/lab/hollow.ts";
import { judge } from "../../../test/lab/judge.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import type { Config } from "../../core/config.ts";
import { bazelPaths } from "./bazelPaths.ts";
import type { PathFacts } from "./pathMapping.ts";
import { trimpath } from "./trimpath.ts";

function find(facts: PathFacts, config: Config = {}) {
  return judge(bazelPaths, { ...facts }, hollowLaunch(["/w/pkg/a.go:3"], config));
}

const editor = [editorFile("/w/pkg/a.go")];
const sandbox = "/home/me/.cache/bazel/_bazel_me/0a/sandbox/linux-sandbox/1/execroot/ws";

describe("bazel-paths", () => {
  for (const [known, to] of [
    ["pkg/a.go", ""],
    ["/proc/self/cwd/pkg/a.go", "/proc/self/cwd"],
    [`${sandbox}/pkg/a.go`, sandbox],
    ["external/app/pkg/a.go", "external/app"],
  ] as const)
    it(`is proven for ${known}, and its own fix silences it`, () => {
      // rules_go writes no module information.
      const sources = factsOf([known], { editor, modules: [] });
      const found = find(sources);
      assert.equal(found?.certainty, "proven");
      const fixed = fixedConfig({}, { cause: "", title: "", ...found });
      assert.deepEqual(fixed["substitutePath"], [{ from: "/w", to }]);
      assert.equal(find(sources, fixed), undefined);
    });

  it("is clear where go's own -trimpath did it, and for another place", () => {
    const trimmed = factsOf(["example.com/app/pkg/a.go"], { editor, trimpath: true });
    assert.equal(find(trimmed), undefined);
    assert.notEqual(judge(trimpath, { ...trimmed, goFlags: "" }, hollowLaunch(["/w/pkg/a.go:3"])), undefined);
    assert.equal(find(factsOf(["/build/pkg/a.go"], { editor })), undefined);
  });
});
