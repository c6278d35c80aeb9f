import assert from "node:assert/strict";
import { sampleWorld } from "../../test/language/sampleWorld.ts";
import { rules } from "../rules/index.ts";
import { check, type Problem } from "./check.ts";
import type { Document } from "./document.ts";
import type { Kind } from "./kind.ts";
import { openDocument } from "./open.ts";
import { ignoreHere } from "./quickFix.ts";

const open = (text: string, kind: Kind = "launch") => openDocument("/w/x", kind, text);
const problemsOf = (document: Document) => check(document, rules, sampleWorld);
const codes = (document: Document) => problemsOf(document).map(({ code }) => code);

/** The document with a comment that ignores a problem; undefined where there can be none. */
function quiet(document: Document, problem: Problem | undefined): Document | undefined {
  const made = problem && ignoreHere(document, problem);
  if (made === undefined) return undefined;
  const { text, kind } = document;
  return open(text.slice(0, made.at) + made.inserted + text.slice(made.at), kind);
}

const attach = (mode: string) =>
  `{\n  "configurations": [\n    { "name": "A", "type": "go", "request": "attach", ${mode}, "processId": 1 }\n  ]\n}\n`;

describe("a comment that ignores", () => {
  it("may stand on the line of what it ignores, in front of it or behind it", () => {
    for (const mode of [
      '/* delve-doctor-ignore DLV103 */ "mode": "exec"',
      '\n/* delve-doctor-ignore DLV103 */ "mode": "exec"',
      '"mode": "exec" /* delve-doctor-ignore DLV103 */',
      '\n/* delve-doctor-ignore\n DLV103 */ "mode": "exec"',
      '\n"mode": "exec" // delve-doctor-ignore DLV103\n',
    ])
      assert.deepEqual(codes(open(attach(mode))), [], mode);
    assert.deepEqual(codes(open(attach('"mode": "exec"'))), ["DLV103"]);
  });

  it("may stand above other comments", () => {
    const others = ["// delve-doctor-ignore DLV105", "// Whoever is on call.", "/* Two\nlines. */"];
    for (const other of others)
      assert.deepEqual(
        codes(open(attach(`\n// delve-doctor-ignore DLV103\n${other}\n"mode": "exec"`))),
        [],
        other,
      );
    assert.deepEqual(codes(open(attach('\n// delve-doctor-ignore DLV103\n\n"mode": "exec"'))), ["DLV103"]);
  });

  it("is put in for one problem after the other of a line", () => {
    let now = open(attach('"mode": "exec", "apiVersion": 2, "programm": "x"'));
    for (let left = codes(now).length; left > 0; left -= 1) {
      assert.equal(codes(now).length, left);
      const next = quiet(now, problemsOf(now)[0]);
      assert.ok(next !== undefined);
      assert.deepEqual(next.values, now.values);
      now = next;
    }
    assert.deepEqual(codes(now), []);
    assert.ok(now.comments.length >= 3);
  });

  it("is put where it is one, whatever the line of the problem begins with", () => {
    for (const mark of ["", "\uFEFF"]) {
      for (const text of [
        attach('"mode": "exec"').replaceAll("\n", ""),
        attach('"mode": "exec"').replaceAll("\n", "\r"),
        attach('/* What\n the team */ "mode": "exec"'),
        `\n\t${attach('"mode": "exec"').replaceAll("\n", "\r\n")}`,
      ]) {
        const document = open(mark + text);
        const after = quiet(document, problemsOf(document)[0]);
        assert.deepEqual(after && codes(after), [], JSON.stringify(text));
        assert.deepEqual(after?.values, document.values);
        assert.equal(after?.text.startsWith("\uFEFF"), mark !== "");
      }
    }
  });

  it("is put into no text of YAML, and is not offered where it would have to be", () => {
    const plain = "services:\n  api:\n    command: |\n      one\n    image: a\n    image: b\n";
    const flow = 'services: { api: { command: "one\n      two", image: a, image: b } }\n';
    const document = open(plain, "compose");
    const after = quiet(document, problemsOf(document)[0]);
    assert.deepEqual(after?.values, document.values);
    assert.deepEqual(after && codes(after), []);
    const inside = open(flow, "compose");
    assert.deepEqual(codes(inside), ["DLV002"]);
    assert.equal(quiet(inside, problemsOf(inside)[0]), undefined);
  });

  it("is not offered for a text that is not read", () => {
    const large = open(" ".repeat(3 * 1024 * 1024));
    assert.deepEqual(codes(large), ["DLV003"]);
    assert.equal(quiet(large, problemsOf(large)[0]), undefined);
  });
});
