import assert from "node:assert/strict";
import { editorFile, factsOf, hollowLaunch } from "../../../test/lab/hollow.ts";
import { judge } from "../../../test/lab/judge.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import type { Config } from "../../core/config.ts";
import type { PathFacts } from "./pathMapping.ts";
import { symlinkedWorkspace } from "./symlinkedWorkspace.ts";

function find(facts: PathFacts, config: Config = {}) {
  return judge(symlinkedWorkspace, { ...facts }, hollowLaunch(["/w/pkg/a.go:3"], config));
}

const linked = (link: { from: string; to: string }) => ({
  ...editorFile("/w/pkg/a.go"),
  link,
  same: ["/true/pkg/a.go"],
});

describe("symlinked-workspace", () => {
  it("is proven by the same file behind the link, and its own fix silences it", () => {
    const sources = factsOf(["/true/pkg/a.go"], { editor: [linked({ from: "/w", to: "/true" })] });
    const found = find(sources);
    assert.equal(found?.certainty, "proven");
    assert.equal(found.evidence[0], "/w is a symbolic link to /true");
    const fixed = fixedConfig({}, { cause: "", title: "", ...found });
    assert.deepEqual(fixed["substitutePath"], [{ from: "/w", to: "/true" }]);
    assert.equal(find(sources, fixed), undefined);
  });

  it("maps a link inside the folder alone, and a file where no link explains that it is the same", () => {
    const rules = (link: { from: string; to: string }) => {
      const found = find(factsOf(["/true/pkg/a.go"], { knowsFolder: true, editor: [linked(link)] }));
      return fixedConfig({}, found && { cause: "", title: "", ...found })["substitutePath"];
    };
    const inside = { from: "/w/pkg", to: "/true/pkg" };
    assert.deepEqual(rules(inside), [inside]);
    // A bind mount of one directory over another.
    assert.deepEqual(rules({ from: "/w", to: "/elsewhere" }), [
      { from: "/w/pkg/a.go", to: "/true/pkg/a.go" },
    ]);
  });

  it("is clear where a link leads to a file that the program does not have", () => {
    const link = { from: "/w", to: "/true" };
    const editor = [{ ...editorFile("/w/pkg/a.go"), link, same: [] }];
    assert.equal(find(factsOf(["/true/other/a.go"], { editor })), undefined);
  });
});
