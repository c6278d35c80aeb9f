import assert from "node:assert/strict";
import { editorFile, factsOf, hollowLaunch } from "../../../test/lab/hollow.ts";
import { judge } from "../../../test/lab/judge.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import type { Config } from "../../core/config.ts";
import { pathCaseOrDriveLetter } from "./pathCaseOrDriveLetter.ts";
import type { PathFacts } from "./pathMapping.ts";

function find(file: string, facts: PathFacts, config: Config = {}) {
  return judge(pathCaseOrDriveLetter, { ...facts }, hollowLaunch([`${file}:3`], config));
}

describe("path-case-or-drive-letter", () => {
  for (const [what, file, known, rule] of [
    ["a folder", "/Users/me/Shop/a/b.go", "/Users/me/shop/a/b.go", ["/Users/me/Shop", "/Users/me/shop"]],
    ["the workspace folder", "/W/a/b.go", "/w/a/b.go", ["/W", "/w"]],
    ["a file", "/w/a/B.go", "/w/a/b.go", ["/w/a/B.go", "/w/a/b.go"]],
    ["a drive", "C:\\shop\\a.go", "c:/shop/a.go", ["C:\\shop", "c:/shop"]],
    ["a program of Windows", "/w/a/b.go", "C:/Users/ci/shop/a/b.go", ["/w", "C:/Users/ci/shop"]],
  ] as const)
    it(`is proven for ${what} in another case or with a drive, and its own fix silences it`, () => {
      const sources = factsOf([known], { editor: [editorFile(file)] });
      const found = find(file, sources);
      assert.equal(found?.certainty, "proven");
      const fixed = fixedConfig({}, { cause: "", title: "", ...found });
      assert.deepEqual(fixed["substitutePath"], [{ from: rule[0], to: rule[1] }]);
      assert.equal(find(file, sources, fixed), undefined);
    });

  it("maps a single file where Delve would lose the case of its name", () => {
    const sources = factsOf(["C:/ci/a/Main.go"]);
    const found = find("/w/a/Main.go", sources);
    const fixed = fixedConfig({}, found && { cause: "", title: "", ...found });
    assert.deepEqual(fixed["substitutePath"], [{ from: "/w/a/Main.go", to: "C:/ci/a/Main.go" }]);
    assert.equal(find("/w/a/Main.go", sources, fixed), undefined);
  });

  it("is proven where the host says that both cases are one file, and clear where they are two", () => {
    const known = "/w/shop/a.go";
    const editor = { ...editorFile("/w/Shop/a.go", "/w/Shop") };
    const one = factsOf([known], { editor: [{ ...editor, same: [known] }] });
    assert.equal(find("/w/Shop/a.go", one)?.certainty, "proven");
    const two = factsOf([known], { knowsFolder: true, editor: [{ ...editor, other: [known] }] });
    assert.equal(find("/w/Shop/a.go", two), undefined);
  });
});
