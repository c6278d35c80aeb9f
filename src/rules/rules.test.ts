import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { sampleWorld } from "../../test/language/sampleWorld.ts";
import { causes } from "../causes/index.ts";
import type { Rule } from "../core/rule.ts";
import { check, type Problem } from "../language/check.ts";
import type { Document } from "../language/document.ts";
import type { Kind } from "../language/kind.ts";
import { openDocument } from "../language/open.ts";
import { edit } from "../language/quickFix.ts";
import { ruleGroups, rules } from "./index.ts";

const kindFor = ({ of }: Rule): Kind => (of === "configuration" || of === "section" ? "launch" : of);
const open = (rule: Rule, text: string) => openDocument("/w/sample", kindFor(rule), text);
const problems = (document: Document) => check(document, rules, sampleWorld);
const told = (list: readonly Problem[]) => list.map(({ code, message }) => `${code} ${message}`);

describe("the rules", () => {
  it("have codes and names of their own, in the form that comments and pages use", () => {
    const codes = rules.map(({ code }) => code);
    const ids = rules.map(({ id }) => id);
    assert.deepEqual([...new Set(codes)], codes);
    assert.deepEqual([...new Set(ids)], ids);
    assert.deepEqual(
      codes.filter((code) => !/^DLV[1-9]\d\d$/.test(code)),
      [],
    );
    assert.deepEqual(
      ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)),
      [],
    );
  });

  it("prevent causes that there are", () => {
    const known = new Set(causes.map(({ id }) => id));
    const unknown = rules.flatMap(({ prevents }) => prevents.filter((id) => !known.has(id)));
    assert.deepEqual(unknown, []);
  });

  it("are one a file, each listed", () => {
    const files = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" });
    const holders = files.filter(
      (name) =>
        /\.ts$/.test(name) && / = rule\(\{/.test(readFileSync(join(import.meta.dirname, name), "utf8")),
    );
    assert.deepEqual(
      holders.map((name) => basename(name, ".ts")).sort(),
      rules.map(({ id }) => id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())).sort(),
    );
  });

  it("are listed in the folder of their group", () => {
    const folders = readdirSync(import.meta.dirname, { withFileTypes: true });
    assert.deepEqual(
      folders.flatMap((one) => (one.isDirectory() ? [one.name] : [])).sort(),
      Object.keys(ruleGroups).sort(),
    );
  });
});

for (const rule of rules) {
  describe(`${rule.code} ${rule.id}`, () => {
    const wrong = open(rule, rule.about.wrong);

    it("complains of its sample, and of nothing else in it", () => {
      const found = problems(wrong);
      assert.deepEqual([...new Set(found.map(({ code }) => code))], [rule.code], told(found).join("\n"));
      for (const { start, end } of found) assert.ok(start < end && end <= wrong.text.length);
    });

    it("says nothing of the sample without the fault", () => {
      assert.deepEqual(told(problems(open(rule, rule.about.right))), []);
    });

    it("is silenced by each of its fixes, which bring nothing new", () => {
      for (const problem of problems(wrong))
        for (const { title, edits } of problem.fixes) {
          const edited = edit(wrong, edits);
          assert.ok("text" in edited, `${title}: ${JSON.stringify(edited)}`);
          const left = told(problems(open(rule, edited.text)));
          const before = told(problems(wrong));
          assert.ok(left.length < before.length, `${title} leaves ${left.join("\n")}`);
          assert.deepEqual(
            left.filter((one) => !before.includes(one)),
            [],
            title,
          );
        }
    });
  });
}
