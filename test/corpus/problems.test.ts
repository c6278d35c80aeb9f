import assert from "node:assert/strict";
import { parse } from "jsonc-parser";
import { unknownWorld } from "../../src/core/world.ts";
import { spliceOf, unsplice } from "../../src/fixes/splice.ts";
import { check, type Problem } from "../../src/language/check.ts";
import type { Document } from "../../src/language/document.ts";
import { openDocument } from "../../src/language/open.ts";
import { edit, fixAll, ignoreHere } from "../../src/language/quickFix.ts";
import { rules } from "../../src/rules/index.ts";
import { sampleWorld } from "../language/sampleWorld.ts";
import { corpus } from "./corpus.ts";

/** The same text for other eyes: line ends of Windows, tabs, a byte order mark. */
const guises = {
  "as it is": (text: string) => text,
  "with CRLF": (text: string) => text.replace(/\r?\n/g, "\r\n"),
  "with tabs": (text: string) => text.replace(/^ +/gm, (blanks) => "\t".repeat(Math.ceil(blanks.length / 4))),
  "with a byte order mark": (text: string) => `\uFEFF${text.replace(/^\uFEFF/, "")}`,
} as const;

const commentsOf = ({ comments }: Document) => comments.map(({ text }) => text);
const told = (problems: readonly Problem[]) =>
  problems.map(({ code, message }) => `${code} ${message}`).sort();

describe("the rules on real launch configurations", () => {
  it("say nothing of a file that only a look at its machine could tell", () => {
    const lookers = new Set([
      "program-missing",
      "cwd-missing",
      "env-file-missing",
      "unknown-task",
      "unknown-host",
    ]);
    const codes = new Set(rules.flatMap(({ id, code }) => (lookers.has(id) ? [code as string] : [])));
    assert.equal(codes.size, lookers.size);
    for (const { file, text } of corpus()) {
      const kind = file.endsWith(".code-workspace") ? "workspace" : "launch";
      const problems = check(openDocument(file, kind, text), rules, unknownWorld);
      assert.deepEqual(
        problems.filter(({ code }) => codes.has(code)),
        [],
      );
    }
  });

  for (const [guise, dress] of Object.entries(guises))
    it(`have edits that keep the rest, and can be taken back: ${guise}`, () => {
      let edits = 0;
      for (const { file, text: plain } of corpus()) {
        const text = dress(plain);
        const kind = file.endsWith(".code-workspace") ? "workspace" : "launch";
        const open = (one: string) => openDocument(file, kind, one);
        const problemsOf = (one: Document) => check(one, rules, sampleWorld);
        const document = open(text);
        const problems = problemsOf(document);
        for (const problem of problems) {
          const at = `${file} ${problem.code} ${text.slice(problem.start, problem.end)}`;
          assert.ok(problem.start < problem.end && problem.end <= text.length, at);
          for (const fix of problem.fixes) {
            const edited = edit(document, fix.edits);
            // A text with a fault in its JSON is a person's to mend first.
            if ("refused" in edited) {
              assert.ok(document.flaws.length > 0, `${at}: ${fix.title}: ${edited.refused}`);
              continue;
            }
            edits += 1;
            const after = open(edited.text);
            assert.deepEqual(after.flaws, document.flaws, at);
            assert.deepEqual(commentsOf(after), commentsOf(document), at);
            assert.equal(unsplice(edited.text, spliceOf(text, edited.text)), text);
            assert.equal(/(?<!\r)\n/.test(edited.text), /(?<!\r)\n/.test(text), `line ends: ${at}`);
            assert.equal(edited.text.startsWith("\uFEFF"), text.startsWith("\uFEFF"), at);
            assert.ok(
              told(problemsOf(after)).filter((one) => one.startsWith(problem.code)).length <
                told(problems).filter((one) => one.startsWith(problem.code)).length,
              `${at}: "${fix.title}" leaves it`,
            );
          }
          const ignored = ignoreHere(document, problem);
          if (problem.code === "DLV001" || ignored === undefined) continue;
          const quiet = text.slice(0, ignored.at) + ignored.inserted + text.slice(ignored.at);
          assert.deepEqual(parse(quiet.replace(/^\uFEFF/, "")), parse(text.replace(/^\uFEFF/, "")), at);
          const left = told(problemsOf(open(quiet)));
          assert.ok(left.length < problems.length, `${at}: is told though it is ignored`);
        }
        const whole = fixAll(document, problemsOf);
        assert.equal(fixAll(open(whole), problemsOf), whole, `${file}: all that is safe takes one go`);
      }
      assert.ok(edits > 20, `${edits} edits`);
    });
});
