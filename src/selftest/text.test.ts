import assert from "node:assert/strict";
import { assertGolden } from "../../test/lab/golden.ts";
import { stalledReport } from "../../test/lab/sampleReport.ts";
import { openBook } from "./book.ts";
import { selfTestMarkdown } from "./markdown.ts";
import { expected, files, lines } from "./program.ts";
import { type SelfTest, type Step, stepIds } from "./steps.ts";
import { selfTestText } from "./text.ts";

const shown = { color: false, width: 100 };

/** All that may come of a step: a part that fails for a known reason, one that fails for none, and what was not tried. */
function mixed(): SelfTest {
  const book = openBook({ kind: "ssh", name: "build7" }, {});
  book.works("go", { ms: 11.6, detail: "/usr/local/go/bin/go, go1.26.8" });
  book.works("dlv", { ms: 31, detail: "/home/me/a|b/dlv, 1.27.1" });
  for (const id of ["listen", "build", "start", "breakpoint", "variable", "step", "output", "exit"] as const)
    book.works(id, { ms: 1234 });
  book.fails("cache", "the second build compiles selftest again", { ms: 900 });
  book.fails(
    "attach",
    "could not attach to pid 7: <b>operation not permitted</b>\u001b[2J",
    { ms: 412, detail: "ptrace_scope 1: only what dlv itself has started" },
    { ...stalledReport, findings: stalledReport.findings.slice(1) },
  );
  book.skips(["test"], "it was cancelled at http://build7/a|b");
  book.works("clean", { ms: 90 });
  return { ...book.close(), ms: 9876 };
}

describe("what a self-test says", () => {
  it("is a line a part, the sum, and the causes with their fixes, on a terminal", () => {
    assertGolden("selftest.txt", selfTestText(mixed(), shown));
  });

  it("is a table of words and signs on a page, in which nothing from outside means anything", () => {
    const page = selfTestMarkdown(mixed());
    assertGolden("selftest.md", page);
    const rows = page.split("\n").filter((line) => line.startsWith("| "));
    for (const row of rows) assert.equal(row.replaceAll("\\|", "").split("|").length, 6, row);
    assert.ok(!page.includes("<b>") && !page.includes("\u001b"));
  });

  it("says of one that works all that there is to say in a sentence", () => {
    const steps = stepIds.map((id): Step => ({ id, result: "works" }));
    const test: SelfTest = { ...mixed(), works: true, findings: [], steps };
    assert.match(
      selfTestText(test, shown),
      /\n\nAll 14 parts of a debug launch work\. It took 9\.9 s on build7\.\n$/,
    );
  });

  it("knows each cause once, and the steps that name it by its id", () => {
    const book = openBook({ kind: "local", name: "vm" }, {});
    book.fails("go", "there is none", {}, stalledReport);
    book.fails("build", "there is no go", {}, stalledReport);
    const { steps, findings, works } = book.close();
    const ids = stalledReport.findings.map(({ cause }) => cause);
    assert.deepEqual(
      findings.map(({ cause }) => cause),
      ids,
    );
    assert.deepEqual(
      steps.map(({ causes }) => causes),
      [ids, ids],
    );
    assert.equal(works, false);
  });

  it("is tried on a program whose lines are where launches stop", () => {
    const line = (file: string, at: number) => files[file]?.split("\n")[at - 1]?.trim();
    assert.match(line("main.go", lines.stop) ?? "", /^fmt\.Println/);
    assert.equal(lines.next, lines.stop + 1);
    assert.match(line("main.go", lines.wait) ?? "", /^time\.Sleep/);
    assert.match(line("main_test.go", lines.test) ?? "", new RegExp(expected.name));
  });
});
