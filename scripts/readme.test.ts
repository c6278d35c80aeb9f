import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./programs.ts";
import { readmeAlone } from "./readme.ts";

describe("the README of a package that knows no place on the web", () => {
  it("has no picture and no link to a file, and all of the words", () => {
    const text =
      "# A\n\n![One](media/one.png)\n\nSee [the page](docs/page.md#x), [there](https://go.dev) and [here](#a).\n";
    assert.equal(readmeAlone(text), "# A\n\nSee the page, [there](https://go.dev) and [here](#a).\n");
  });

  it("is so for ours", () => {
    assert.doesNotMatch(readmeAlone(readFileSync(join(root, "README.md"), "utf8")), /\]\((?!https:|#)/);
  });
});
