import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isHazardous } from "./hazards.ts";
import type { Recipe } from "./recipe.ts";

describe("where a binary is not lent", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "delve-doctor-hazards-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** There is no go to ask: what one look does not settle is hazardous. */
  const judged = (files: Readonly<Record<string, string>>, more: Partial<Recipe> = {}) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const env = { PATH: folder };
    const binary = join(folder, "__debug_bin123");
    return isHazardous({
      key: "",
      binary,
      ours: true,
      dir: folder,
      program: ".",
      env,
      goArgs: () => [],
      ...more,
    });
  };
  const countTests = ["list", "."];
  const plain = "package a\n\nfunc TestA() {}\n";

  it("is nowhere to be found for a package with a test that nothing excludes", async () => {
    assert.equal(await judged({ "user_a_test.go": plain }, { countTests }), false);
    assert.equal(await judged({}, { countTests, program: folder }), false);
  });

  for (const [name, text] of [
    ["a_test.go", `//go:build never\n\n${plain}`],
    ["a_test.go", `  // +build never\n\n${plain}`],
    ["a_test.go", "package documentation\n"],
    ["a_linux_test.go", plain],
    ["_a_test.go", plain],
    ["a.go", plain],
  ] as const)
    it(`is a package whose tests may all be excluded: ${name}, ${JSON.stringify(text.slice(0, 20))}`, async () => {
      assert.equal(await judged({ [name]: text }, { countTests }), true);
    });

  it("is a package whose files an overlay may hide, or that is named by its import path", async () => {
    const files = { "a_test.go": plain };
    assert.equal(await judged(files, { countTests: ["list", "-overlay=o.json", "."] }), true);
    assert.equal(
      await judged(files, { countTests, env: { PATH: folder, GOFLAGS: "-overlay=o.json" } }),
      true,
    );
    assert.equal(await judged(files, { countTests, program: "a" }), true);
  });

  it("is a package that would embed it", async () => {
    const embeds = (pattern: string) => `package a\n\n//go:embed ${pattern}\nvar all embed.FS\n`;
    for (const pattern of ["*", "all:.", "x.txt __*", '"_[_]debug*"'])
      assert.equal(await judged({ "a.go": embeds(pattern) }), true, pattern);
    for (const pattern of ["*.html", "static", "static/*"])
      assert.equal(await judged({ "a.go": embeds(pattern) }), false, pattern);
  });
});
