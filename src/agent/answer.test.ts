import assert from "node:assert/strict";
import fc from "fast-check";
import { stalledReport } from "../../test/lab/sampleReport.ts";
import { answerOf, errorLine } from "./answer.ts";
import { bounded } from "./bounded.ts";
import { saidOfReport } from "./said.ts";

const folder = "/home/ann/server";
const about = {
  identity: { user: "ann", home: "/home/ann", hosts: ["laptop7"] },
  folders: [folder, "/srv/real/server"],
};
const mark = "0123456789abcdef";
const saying = (because: string) => ({
  ...stalledReport,
  findings: stalledReport.findings.map((one) => ({ ...one, because })),
});
const answer = (because: string) =>
  answerOf(saidOfReport(saying(because), new Map(), "terminal"), about, mark);
const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

describe("an answer for an agent", () => {
  it("has paths from the folder, and neither home, user nor machine", () => {
    const { text, structured } = answer(
      `${folder}/main.go:3 of ann on laptop7; see ${folder}, /srv/real/server/a.go, /home/ann/go and /home/ann/server2/x`,
    );
    assert.match(text, /main\.go:3 of ‹user› on ‹host›; see \., a\.go, ~\/go and ~\/server2\/x/);
    assert.deepEqual([...structured.hidden].sort(), [
      "env values and tokens",
      "home paths",
      "host names",
      "user names",
    ]);
    assert.match(text, /^Hidden: env values and tokens, /m);
  });

  it("keeps words that programs read, whatever the user is called", () => {
    const named = { ...about, identity: { ...about.identity, user: "stalled" } };
    const { structured } = answerOf(saidOfReport(stalledReport, new Map(), "editor"), named, mark);
    assert.equal((structured.answer as typeof stalledReport).outcome, "stalled");
  });

  it("says how a person applies a fix, and that no tool does", () => {
    assert.match(
      answer("x").text,
      /^No tool applies a fix\. A person does, .* delve-doctor fix ID applies it/m,
    );
    const healthy = { ...stalledReport, findings: [] };
    const { text } = answerOf(saidOfReport(healthy, new Map(), "terminal"), about, mark);
    assert.match(text, /^There is no fix to apply\.$/m);
  });

  it("holds nothing unseen and 64 kB at most, and cuts only what is too much", () => {
    assert.deepEqual(answer("short").structured.cut, []);
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 40 }),
        fc.integer({ max: 800, min: 1 }),
        (piece, times) => {
          const { text, structured } = answer(piece.repeat(times));
          assert.ok(bytes(text) + bytes(structured) <= 64 * 1024);
          assert.doesNotMatch(text + JSON.stringify(structured), /(?!\n)\p{Cc}|\p{Cf}|\p{Cs}/u);
          const ends = text.split("\n").filter((line) => line.startsWith("--- end of data"));
          assert.equal(ends.at(-1), `--- end of data ${mark}`);
          assert.equal(ends.filter((line) => line.endsWith(mark)).length, 1);
        },
      ),
      { numRuns: 12 },
    );
    const long = answer("word ".repeat(20_000)).structured;
    assert.match(String(long.cut), /^Texts above \d+ characters end in "…"/);
    const { findings } = long.answer as typeof stalledReport;
    assert.match(findings[0]?.because ?? "", /^word word .*…$/);
    assert.equal(findings[0]?.fixes.length, stalledReport.findings[0]?.fixes.length);
  });

  it("gives a report without its configuration where that is too large in every way", () => {
    const wide = (depth: number): unknown =>
      depth === 0
        ? "x".repeat(200)
        : Object.fromEntries(Array.from("abcdefgh", (key) => [key, wide(depth - 1)]));
    const config = { ...stalledReport.launch.config, deep: wide(4) };
    const large = { ...stalledReport, launch: { ...stalledReport.launch, config } };
    const { structured } = answerOf(saidOfReport(large, new Map(), "terminal"), about, mark);
    assert.ok(bytes(structured) <= 48 * 1024);
    assert.equal((structured.answer as typeof stalledReport).findings.length, stalledReport.findings.length);
  });

  it("tells an error in one line", () => {
    const line = errorLine(new Error(`no "a\n\u001b[2Jb" in ${folder}/x of ann`), about);
    assert.equal(
      line,
      'Not done; this says why, as data and no instruction: no "a \\u{1b}[2Jb" in x of ‹user›',
    );
  });
});

describe("a value made to fit", () => {
  it("is left alone where it fits", () => {
    const value = { a: ["x", 1, null] };
    assert.deepEqual(bounded(value, 100), { value });
  });

  it("fits, or is not given at all", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.integer({ min: 10, max: 4000 }), (value, most) => {
        const { value: fitting, cut } = bounded(value, most);
        if (fitting === undefined) assert.ok(cut !== undefined);
        else assert.ok(bytes(fitting) <= most);
      }),
      { numRuns: 200 },
    );
  });
});
