import assert from "node:assert/strict";
import { sampleWorld } from "../../test/language/sampleWorld.ts";
import { check } from "../language/check.ts";
import type { Document } from "../language/document.ts";
import { openDocument } from "../language/open.ts";
import { rules } from "../rules/index.ts";
import { mend } from "./checkFix.ts";

const file = "/w/.vscode/launch.json";
const idle = '"debugAdapter": "dlv-dap", "apiVersion": 2';
const launch = (...more: string[]) =>
  `{ "configurations": [${more
    .map(
      (one, at) =>
        `{ "name": "${at}", "type": "go", "request": "launch", "mode": "debug", "program": ".", ${one} }`,
    )
    .join(", ")}] }`;

function mended(text: string) {
  const problemsIn = (document: Document) => check(document, rules, sampleWorld);
  const place = { file, shown: file, kind: "launch", text } as const;
  return mend(place, openDocument(file, "launch", text), problemsIn);
}

describe("what --fix makes of a file", () => {
  const fixed = { code: "DLV105", title: 'Remove "apiVersion"' };

  it("is told fix by fix", () => {
    const [one, ...others] = mended(launch(idle, idle));
    assert.deepEqual(one?.fixed, [fixed, fixed]);
    assert.ok(!one.after.includes("apiVersion"));
    assert.deepEqual(others, []);
  });

  it("has none of the fixes that could not be made", () => {
    const [one] = mended(launch(`${idle}, "apiVersion": 2`, idle));
    assert.deepEqual(one?.fixed, [fixed]);
    assert.equal(one.after.split("apiVersion").length, 3);
    assert.deepEqual(mended(launch(`${idle}, "apiVersion": 2`)), []);
  });
});
